"""Which messages a rule fits: one condition in SQL, for the dry run before a rule is saved and for routing after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.reading.models import VEHEMENT
from entourage.web.service.models import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from entourage.web.core.models import Brand

#: Among the intents of a rule: the reader is not certain of any.
UNCERTAIN = "uncertain"
#: What a dry run looks back on.
MONTH = timedelta(days=30)
#: The newest messages of that month that a dry run looks at. Each costs four rows by their keys: so many are read in a
#: tenth of a second whatever the size of the brand, and the share that fits is known to two points in a hundred.
LOOKED_AT = 4_000
#: Rows that a dry run shows.
SHOWN = 50

Where = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """A message that a rule fits; ``earlier`` where a rule before it would decide."""

    activity: Any
    conversation: int
    at: datetime
    text: str
    network: str
    name: str
    person_id: int | None
    department: str
    earlier: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a rule would have done: of ``looked_at`` messages since a moment it fits ``fits``; the newest are rows.

    ``earlier`` of those would be decided by a rule before it. ``cut`` where the month holds more than was looked at.
    """

    since: datetime
    looked_at: int
    fits: int
    earlier: int
    cut: bool
    rows: list[Found]
    #: Of that month's ``answers`` so many would have waited for somebody's yes; only where the rule asks for it.
    answers: int = 0
    waited: int = 0


def rules(brand: Brand, *, active: bool = False) -> list[Rule]:
    """The rules in their order."""
    rows = Rule.objects.of(brand).select_related("label", "assignee__user").order_by("place", "id")
    return list(rows.filter(active=True) if active else rows)


def fitting(rule: Rule, *, prefix: str = "") -> Where:
    """The condition that a message fits a rule.

    Over ``a`` (listen_activity), ``c`` (inbox_conversation), ``r`` (reading_reading, maybe nulls) and ``s``
    (people_standing, maybe nulls). ``prefix`` keeps the values of several rules apart.
    """
    parts = list(_conditions(rule))
    values = {f"{prefix}{name}": value for name, _, value in parts}
    told = [condition.replace("%(", f"%({prefix}") for _, condition, _ in parts]
    return (f"({' AND '.join(told)})" if told else "true"), values


def which_of(several: Sequence[Rule], *, prefix: str = "rule") -> Where:
    """Of a message, the place of the first rule that fits it; -1 where none does."""
    parts = [fitting(rule, prefix=f"{prefix}{place}_") for place, rule in enumerate(several)]
    cases = " ".join(f"WHEN {condition} THEN {place}" for place, (condition, _) in enumerate(parts))
    values = {name: one for _, told in parts for name, one in told.items()}
    return (f"CASE {cases} ELSE -1 END" if cases else "-1"), values


def asking(several: Sequence[Rule]) -> Where:
    """Of a conversation ``c``, the name of the first rule that has an answer to it wait for a yes; else empty.

    Such a rule fits one of their messages that nobody has answered, or the newest one where all are.
    """
    those = [rule for rule in several if rule.approve]
    place, values = which_of(those, prefix="asks")
    return (_ASKS.format(place=place) if those else "''::text"), values | {"asks": [rule.name for rule in those]}


def dry_run(brand: Brand, rule: Rule, *, until: datetime) -> DryRun:
    """What the rule would have done with the last 30 days of messages before a moment; nothing is changed.

    The rule needs not be saved. A rule that is in force and stands before it decides first.
    """
    before = [one for one in rules(brand, active=True) if one.pk != rule.pk and _before(one, rule)]
    condition, values = fitting(rule)
    earlier, more = any_of(before)
    given = values | more | {
        "brand": brand.pk, "since": until - MONTH, "until": until, "most": LOOKED_AT + 1, "shown": SHOWN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TRY.format(fits=condition, earlier=earlier), given)
        told = cursor.fetchall()
    looked_at, fits, taken = told[0][:3]
    # Where nothing fits, the only row is that of the counts.
    rows = [Found(*row[3:]) for row in told if row[3] is not None]
    answers, waited = _answers(brand, rule, until=until) if rule.approve else (0, 0)
    return DryRun(until - MONTH, min(looked_at, LOOKED_AT), fits, taken, looked_at > LOOKED_AT, rows, answers, waited)


def _answers(brand: Brand, rule: Rule, *, until: datetime) -> tuple[int, int]:
    """How many answers we gave in the month before, and how many of them the rule would have had wait."""
    condition, values = fitting(rule)
    given = values | {"brand": brand.pk, "since": until - MONTH, "until": until, "most": LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(_WAITED.format(fits=condition), given)
        answers, waited = cursor.fetchone()
    return int(answers), int(waited)


def any_of(several: Sequence[Rule]) -> Where:
    """The condition that a message fits one of several rules."""
    parts = [fitting(rule, prefix=f"rule{place}_") for place, rule in enumerate(several)]
    told = " OR ".join(condition for condition, _ in parts)
    return (f"({told})" if told else "false"), {name: one for _, values in parts for name, one in values.items()}


def _before(one: Rule, other: Rule) -> bool:
    # A rule that is not saved yet comes last.
    return other.pk is None or (one.place, one.pk) < (other.place, other.pk)


def _conditions(rule: Rule) -> Iterator[tuple[str, str, Any]]:
    if rule.networks:
        yield "networks", "c.network = ANY(%(networks)s)", rule.networks
    if rule.languages:
        yield "languages", "coalesce(r.language, a.language) = ANY(%(languages)s)", rule.languages
    if rule.intents:
        # What was not read yet is not uncertain: it is ruled once it is read.
        known = ["" if one == UNCERTAIN else one for one in rule.intents]
        yield "intents", "coalesce(r.intent = ANY(%(intents)s), false)", known
    if rule.standings:
        yield "standings", "coalesce(s.name, 'unknown') = ANY(%(standings)s)", rule.standings
    if rule.words:
        yield "words", "a.text ~* %(words)s", _pattern(rule.words)
    if rule.sign is not None:
        yield "sign", "coalesce(r.sign = %(sign)s, false)", rule.sign
    if rule.vehement is not None:
        yield "vehement", f"coalesce(r.vehemence, 0) {'>=' if rule.vehement else '<'} %(vehement)s", VEHEMENT


def _pattern(words: list[str]) -> str:
    """One of the words where a word begins: "refund" finds "refunded", "ad" does not find "bad"."""
    told = [word.strip() for word in words if word.strip()]
    # Where a tag or an emoji begins, no word does.
    return "|".join((r"\m" if word[0].isalnum() else "") + re.escape(word) for word in told)


# They may say more before anybody answers: whatever they say last, what a rule is about is still to be answered.
_ASKS = """
coalesce((%(asks)s::text[])[1 + (
    SELECT min(nullif({place}, -1)) FROM inbox_message m
    JOIN listen_activity a ON a.id = m.activity_id LEFT JOIN reading_reading r ON r.id = m.activity_id
    LEFT JOIN people_standing s ON s.person_id = c.person_id
    WHERE m.conversation_id = c.id AND m.inward AND (m.at > coalesce(c.last_out_at, '-infinity') OR m.at = c.last_in_at)
)], '')
"""
# An answer waits by what nobody had answered when it was given, else by what they had said last.
_WAITED = """
WITH ours AS MATERIALIZED (
    SELECT m.activity_id, m.conversation_id, m.at FROM inbox_message m
    WHERE m.brand_id = %(brand)s AND NOT m.inward AND m.at >= %(since)s AND m.at < %(until)s
    ORDER BY m.at DESC LIMIT %(most)s
), answers AS (
    SELECT ours.activity_id, coalesce({fits}, false) AS waits
    FROM ours JOIN inbox_conversation c ON c.id = ours.conversation_id
    CROSS JOIN LATERAL (
        SELECT max(m.at) FILTER (WHERE m.inward) AS asked, max(m.at) FILTER (WHERE NOT m.inward) AS told
        FROM inbox_message m WHERE m.conversation_id = c.id AND (m.at < ours.at OR m.at = ours.at AND m.inward)
    ) last
    JOIN inbox_message m ON m.conversation_id = c.id AND m.inward AND m.at <= ours.at
        AND (m.at > coalesce(last.told, '-infinity') OR m.at = last.asked)
    JOIN listen_activity a ON a.id = m.activity_id
    LEFT JOIN reading_reading r ON r.id = m.activity_id
    LEFT JOIN people_standing s ON s.person_id = c.person_id
)
SELECT count(DISTINCT activity_id), count(DISTINCT activity_id) FILTER (WHERE waits) FROM answers
"""
#: What a rule looks at of a conversation ``c``: its newest message, how that was read, and who wrote it.
NEWEST = """
LEFT JOIN LATERAL (SELECT m.activity_id FROM inbox_message m WHERE m.conversation_id = c.id AND m.inward
                   ORDER BY m.at DESC, m.activity_id DESC LIMIT 1) newest ON true
LEFT JOIN listen_activity a ON a.id = newest.activity_id
LEFT JOIN reading_reading r ON r.id = newest.activity_id
LEFT JOIN people_standing s ON s.person_id = c.person_id
"""
# The words are looked at in the month's messages alone: OFFSET 0 keeps the planner from searching all others first.
_TRY = """
WITH month AS MATERIALIZED (
    SELECT m.activity_id, m.conversation_id, m.at FROM inbox_message m
    WHERE m.brand_id = %(brand)s AND m.inward AND m.at >= %(since)s AND m.at < %(until)s
    ORDER BY m.at DESC LIMIT %(most)s
), found AS MATERIALIZED (
    SELECT month.*, a.text, c.network, c.person_id, c.account_id, c.department, {earlier} AS earlier
    FROM month
    CROSS JOIN LATERAL (SELECT text, language, deleted_at FROM listen_activity WHERE id = month.activity_id OFFSET 0) a
    JOIN inbox_conversation c ON c.id = month.conversation_id
    LEFT JOIN reading_reading r ON r.id = month.activity_id LEFT JOIN people_standing s ON s.person_id = c.person_id
    WHERE a.deleted_at IS NULL AND {fits}
)
SELECT (SELECT count(*) FROM month), (SELECT count(*) FROM found), (SELECT count(*) FROM found WHERE earlier),
       f.activity_id, f.conversation_id, f.at, f.text, f.network,
       coalesce(p.name, nullif(o.name, ''), o.handle, ''), f.person_id, f.department, f.earlier
FROM (SELECT) one LEFT JOIN (SELECT * FROM found ORDER BY at DESC, activity_id LIMIT %(shown)s) f ON true
LEFT JOIN people_person p ON p.id = f.person_id LEFT JOIN listen_account o ON o.id = f.account_id
ORDER BY f.at DESC, f.activity_id
"""
