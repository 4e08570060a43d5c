"""Bringing conversations to departments by the brand's rules; set-based, only where something changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from entourage.web.core.locks import hold
from entourage.web.core.permissions import May, may
from entourage.web.inbox.models import Conversation, Step
from entourage.web.service.actions.holding import keep
from entourage.web.service.queries import NEWEST, asking, rules, which_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.service.models import Rule

#: Conversations ruled in one transaction: what waits for its locks waits a second at most.
TURN = 5_000


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A conversation, what was looked at, and the place of the rule that fits its newest message (none: -1)."""

    conversation: int
    facts: int
    rule: int
    free: bool  # no member said the department
    department: str
    assignee: int | None
    labels: list[int]
    asks: str  # the rule that wants a yes before an answer leaves, by its name


def route(brand: Brand, *, now: datetime, most: int = TURN) -> int:
    """Rule the open conversations in which something changed; how many there were. Doing it twice changes nothing.

    The first rule that fits their newest message says department, label, assignee and urgency. What a member said
    stays. Where no rule fits, the department is the reading's. Any rule that fits may have answers wait for a yes.
    """
    total = 0
    while True:
        looked_at = _turn(brand, now=now, most=most)
        total += looked_at
        if looked_at < most:
            return total


@transaction.atomic
def _turn(brand: Brand, *, now: datetime, most: int) -> int:
    hold("service.route", brand.pk)
    known = rules(brand, active=True)
    rows = _look(brand, known, most=most)
    fits = [(row, known[row.rule]) for row in rows if row.rule >= 0]
    _departments(brand, fits, now=now)
    _labels(brand, fits, now=now)
    _assignees(brand, fits, now=now)
    keep(brand, [(row.conversation, row.asks) for row in rows], now=now)
    _remember(brand, rows, known)
    return len(rows)


def _look(brand: Brand, known: Sequence[Rule], *, most: int) -> list[_Ruled]:
    decides, values = which_of(known)
    asks, more = asking(known)
    with connection.cursor() as cursor:
        given = values | more | {"brand": brand.pk, "most": most}
        cursor.execute(_LOOK.format(rule=decides, asks=asks), given)
        return [_Ruled(*row) for row in cursor.fetchall()]


def _departments(brand: Brand, fits: Sequence[tuple[_Ruled, Rule]], *, now: datetime) -> None:
    told = [(row.conversation, rule) for row, rule in fits if rule.department and row.free]
    with connection.cursor() as cursor:
        cursor.execute(_DEPARTMENTS, {
            "brand": brand.pk, "now": now, "ids": [one for one, _ in told],
            "departments": [rule.department for _, rule in told],
        })  # fmt: skip
    moved = {row.conversation for row, rule in fits if row.free and row.department != rule.department}
    _steps(brand, "routed", now, {
        one: {"department": rule.department, "rule": rule.name} for one, rule in told if one in moved
    })  # fmt: skip


def _labels(brand: Brand, fits: Sequence[tuple[_Ruled, Rule]], *, now: datetime) -> None:
    told = [(row, rule.label) for row, rule in fits if rule.label is not None and rule.label_id not in row.labels]
    for number in {label.pk for _, label in told}:
        ids = [row.conversation for row, label in told if label.pk == number]
        with connection.cursor() as cursor:
            cursor.execute(_LABEL, {"brand": brand.pk, "now": now, "label": number, "ids": ids})
    _steps(brand, "labelled", now, {row.conversation: {"label": label.name} for row, label in told})


def _assignees(brand: Brand, fits: Sequence[tuple[_Ruled, Rule]], *, now: datetime) -> None:
    told = [(row.conversation, rule.assignee) for row, rule in fits if row.assignee is None]
    give(brand, [(one, to.pk, "rule") for one, to in told if to is not None and may(to, May.ANSWER)], now=now)


def give(brand: Brand, told: Sequence[tuple[int, int, str]], *, now: datetime) -> int:
    """Assign conversations to members, each for a reason, unless somebody got there first; how many were given."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE, {
            "brand": brand.pk, "now": now, "ids": [one for one, _, _ in told], "members": [to for _, to, _ in told],
        })  # fmt: skip
        given = {one for (one,) in cursor.fetchall()}
    _steps(brand, "assigned", now, {one: {"to": to, "why": why} for one, to, why in told if one in given})
    return len(given)


def _remember(brand: Brand, rows: Sequence[_Ruled], known: Sequence[Rule]) -> None:
    ruled = [known[row.rule] if row.rule >= 0 else None for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, {
            "brand": brand.pk,
            "ids": [row.conversation for row in rows],
            "facts": [row.facts for row in rows],
            "rules": [rule.pk if rule else None for rule in ruled],
            "said": [rule.department if rule and row.free else "" for row, rule in zip(rows, ruled, strict=True)],
            "urgent": [bool(rule and rule.urgent) for rule in ruled],
        })  # fmt: skip


def _steps(brand: Brand, what: str, at: datetime, told: dict[int, dict[str, Any]]) -> None:
    Step.objects.bulk_create(
        [Step(brand=brand, conversation_id=one, at=at, what=what, detail=detail) for one, detail in told.items()]
    )


def relieve(brand: Brand, conversations: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Take conversations from members who are away."""
    ids = [one for one, _ in conversations]
    Conversation.objects.of(brand).filter(pk__in=ids).update(assignee=None, changed_at=now)
    _steps(brand, "unassigned", now, {one: {"from": member, "why": "away"} for one, member in conversations})


# What routing looks at: another message, or another reading of it.
_FACTS = """
hashtextextended(concat_ws('|', c.last_in_at, c.intent, coalesce(c.sign::text, ''), coalesce(c.vehemence::text, ''),
                           c.language, coalesce(c.person_id::text, '')), 0)
"""
_LOOK = f"""
SELECT t.id, t.facts, {{rule}}, t.free, t.department, t.assignee_id, t.labels,
       {{asks}}
FROM (
    SELECT c.*, {_FACTS} AS facts,
           NOT c.department_said OR coalesce(h.said <> '' AND h.said = c.department, false) AS free
    FROM inbox_conversation c LEFT JOIN service_handling h ON h.conversation_id = c.id
    WHERE c.brand_id = %(brand)s AND c.state = 'open' AND h.facts IS DISTINCT FROM {_FACTS}
    ORDER BY c.id LIMIT %(most)s
) t
JOIN inbox_conversation c ON c.id = t.id
{NEWEST}
ORDER BY t.id
"""
_DEPARTMENTS = """
UPDATE inbox_conversation c SET department = told.department, department_said = true, changed_at = %(now)s
FROM unnest(%(ids)s::bigint[], %(departments)s::text[]) told (id, department)
WHERE c.id = told.id AND c.brand_id = %(brand)s AND (c.department <> told.department OR NOT c.department_said)
"""
_LABEL = """
UPDATE inbox_conversation c SET labels = c.labels || %(label)s::bigint, changed_at = %(now)s
WHERE c.id = ANY(%(ids)s::bigint[]) AND c.brand_id = %(brand)s AND NOT c.labels @> ARRAY[%(label)s::bigint]
"""
_GIVE = """
UPDATE inbox_conversation c SET assignee_id = told.member, changed_at = %(now)s
FROM unnest(%(ids)s::bigint[], %(members)s::bigint[]) told (id, member)
WHERE c.id = told.id AND c.brand_id = %(brand)s AND c.assignee_id IS NULL
RETURNING c.id
"""
_REMEMBER = """
INSERT INTO service_handling (conversation_id, brand_id, facts, rule_id, said, urgent)
SELECT id, %(brand)s, facts, rule, said, urgent
FROM unnest(%(ids)s::bigint[], %(facts)s::bigint[], %(rules)s::bigint[], %(said)s::text[], %(urgent)s::bool[])
    told (id, facts, rule, said, urgent)
WHERE EXISTS (SELECT FROM inbox_conversation c WHERE c.id = told.id)
ON CONFLICT (conversation_id) DO UPDATE SET
    facts = excluded.facts, rule_id = coalesce(excluded.rule_id, service_handling.rule_id),
    said = CASE WHEN excluded.said <> '' THEN excluded.said ELSE service_handling.said END,
    urgent = excluded.urgent OR service_handling.urgent
"""
