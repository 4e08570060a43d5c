"""What is about to be answered too late goes to whoever leads the department, by itself and once a promise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext, override

from entourage.web.core.locks import hold
from entourage.web.core.models import Member
from entourage.web.core.permissions import May, roles_that
from entourage.web.inbox.models import Label, Step
from entourage.web.service.models import Desk, Seat

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand

#: What was due longer ago is no news; an import of last year's messages wakes nobody.
NEWS = timedelta(days=7)
#: Escalated in one go.
MOST = 500


@transaction.atomic
def escalate(brand: Brand, *, now: datetime) -> int:
    """Mark what is due, or is so within the department's warning, and hand it to its lead; how many. Safe to repeat.

    Somebody who is answering it right now keeps it.
    """
    hold("service.escalate", brand.pk)
    desks = {desk.key: desk for desk in Desk.objects.of(brand)}
    longest = max((desk.warn_minutes for desk in desks.values()), default=0)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {
            "brand": brand.pk, "now": now, "news": now - NEWS, "soon": now + timedelta(minutes=longest), "most": MOST,
            "keys": list(desks), "warn": [desk.warn_minutes for desk in desks.values()],
        })  # fmt: skip
        due = cursor.fetchall()
        if not due:
            return 0
        leads = _leads(desks, brand, now=now)
        _mark(cursor, brand, [(one, leads.get(key)) for one, key, _, _ in due], now=now)
    Step.objects.bulk_create(
        [
            Step(brand=brand, conversation_id=one, at=now, what="escalated", detail=_detail(what, at, leads.get(key)))
            for one, key, what, at in due
        ]
    )
    return len(due)


def _leads(desks: dict[str, Desk], brand: Brand, *, now: datetime) -> dict[str, int | None]:
    """Who leads each department; nobody where they are away, or may not answer."""
    able = roles_that(May.ANSWER)
    answering = set(Member.objects.of(brand).filter(role__in=able).values_list("pk", flat=True))
    absent = set(Seat.objects.of(brand).filter(absent_until__gt=now).values_list("member_id", flat=True))
    return {key: desk.lead_id if desk.lead_id in answering - absent else None for key, desk in desks.items()}


def _mark(cursor: Any, brand: Brand, told: list[tuple[int, int | None]], *, now: datetime) -> None:
    with override(brand.language):
        label, _ = Label.objects.of(brand).get_or_create(brand=brand, name=gettext("too late"))
    cursor.execute(_MARK, {
        "brand": brand.pk, "now": now, "label": label.pk, "ids": [one for one, _ in told],
        "leads": [lead for _, lead in told],
    })  # fmt: skip
    cursor.execute(_REMEMBER, {"brand": brand.pk, "ids": [one for one, _ in told]})


def _detail(what: str, due: datetime, lead: int | None) -> dict[str, Any]:
    return {"what": what, "due": due.isoformat(), "to": lead}


_DUE = """
SELECT c.id, c.department, c.due_what, c.due_at
FROM inbox_conversation c LEFT JOIN service_handling h ON h.conversation_id = c.id
LEFT JOIN unnest(%(keys)s::text[], %(warn)s::int[]) d (key, minutes) ON d.key = c.department
WHERE c.brand_id = %(brand)s AND c.state = 'open' AND c.due_at > %(news)s AND c.due_at <= %(soon)s
  AND c.due_at <= %(now)s + coalesce(d.minutes, 0) * interval '1 minute'
  AND h.escalated_due IS DISTINCT FROM c.due_at
ORDER BY c.due_at, c.id LIMIT %(most)s
FOR UPDATE OF c
"""
_MARK = """
UPDATE inbox_conversation c
SET labels = CASE WHEN c.labels @> ARRAY[%(label)s::bigint] THEN c.labels ELSE c.labels || %(label)s::bigint END,
    assignee_id = CASE WHEN c.claimed_until > %(now)s THEN c.assignee_id ELSE coalesce(told.lead, c.assignee_id) END,
    changed_at = %(now)s
FROM unnest(%(ids)s::bigint[], %(leads)s::bigint[]) told (id, lead)
WHERE c.id = told.id AND c.brand_id = %(brand)s
"""
_REMEMBER = """
INSERT INTO service_handling (conversation_id, brand_id, said, urgent, escalated_due)
SELECT c.id, %(brand)s, '', false, c.due_at FROM inbox_conversation c WHERE c.id = ANY(%(ids)s::bigint[])
ON CONFLICT (conversation_id) DO UPDATE SET escalated_due = excluded.escalated_due
"""
