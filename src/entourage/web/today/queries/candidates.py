"""Who could stand on a member's Today: each question is answered by an index, and looks at some hundreds of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from entourage.web.inbox.models import Conversation, Note, Place
from entourage.web.inbox.queries import introduce, shown
from entourage.web.outbox.queries.leaving import UNSENT
from entourage.web.people.queries import horizon_of
from entourage.web.service.models import Seat
from entourage.web.today.models import Pace, Pledge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entourage.web.core.models import Brand, Member

#: Of each kind of urgency, so many are looked at; more does nobody do in a day.
LOOKED_AT = 150
#: Minutes of an answer where the brand has too few of its own to tell.
USUAL = {Place.PUBLIC: 4.0, Place.DIRECT: 4.0, Place.EMAIL: 6.0}
FEWEST = 20
#: A promise is shown from the day before on.
AHEAD = timedelta(days=1)
#: What planning looks at; the rest is read of those that are chosen.
WEIGHED = ("place", "sign", "vehemence", "waiting_since", "due_at", "person_id", "account_id")
#: Notes and promises shown at once.
MOST = 50


@dataclass(frozen=True, slots=True)
class Reach:
    """What a member may take: departments (none: all), and themself."""

    member: Member
    departments: tuple[str, ...]


def reach_of(member: Member) -> Reach:
    """Which departments the member sits in."""
    seat = Seat.objects.of(member.brand_id).filter(member=member).first()
    return Reach(member, tuple(seat.departments) if seat else ())


# What is written and has not left yet waits in the outbox, not here.
# Promised soonest, newest, waiting longest, given to me, and closest people who wait: each by its index.
_POOL = """
WITH pool AS (
    (SELECT id FROM inbox_conversation WHERE brand_id = %(brand)s AND state = 'open' AND due_at IS NOT NULL {desk}
     ORDER BY due_at, id LIMIT %(most)s)
    UNION
    (SELECT id FROM inbox_conversation WHERE brand_id = %(brand)s AND state = 'open' {desk}
     ORDER BY last_in_at DESC, id LIMIT %(most)s)
    UNION
    (SELECT id FROM inbox_conversation WHERE brand_id = %(brand)s AND state = 'open'
     AND waiting_since IS NOT NULL {desk} ORDER BY waiting_since, id LIMIT %(most)s)
    UNION
    (SELECT id FROM inbox_conversation WHERE assignee_id = %(member)s AND state = 'open'
     ORDER BY last_in_at DESC LIMIT %(most)s)
    UNION
    (SELECT c.id FROM (
        SELECT person_id FROM people_standing
        WHERE brand_id = %(brand)s AND asked > 0 AND answered < asked ORDER BY weeks DESC, person_id LIMIT %(most)s
     ) close JOIN inbox_conversation c ON c.brand_id = %(brand)s AND c.person_id = close.person_id
     WHERE c.state = 'open' {desk_c})
)
SELECT c.id, coalesce(s.weeks, 0) FROM pool JOIN inbox_conversation c USING (id)
LEFT JOIN people_standing s ON s.person_id = c.person_id
LEFT JOIN people_person p ON p.id = c.person_id
WHERE c.waiting_since IS NOT NULL AND coalesce(p.kind, 'public') = 'public'
  AND (c.assignee_id IS NULL OR c.assignee_id = %(member)s)
  AND (c.claimed_by_id IS NULL OR c.claimed_by_id = %(member)s OR c.claimed_until <= %(now)s)
  AND NOT EXISTS (SELECT FROM outbox_outgoing g WHERE g.brand_id = %(brand)s AND g.conversation_id = c.id
                  AND g.created_at >= c.last_in_at AND g.state = ANY(%(unsent)s))
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that waits for us (what planning needs of it), and how close its person is (0 to 1)."""

    it: Conversation
    closeness: float


def waiting(brand: Brand, reach: Reach, *, now: datetime) -> list[Waiting]:
    """The conversations that this member could answer, only with what is weighed; three queries for any number."""
    desk = "AND (department = ANY(%(desks)s) OR department = '')" if reach.departments else ""
    told: dict[str, Any] = {
        "brand": brand.pk, "member": reach.member.pk, "now": now, "most": LOOKED_AT, "desks": list(reach.departments),
        "unsent": list(UNSENT),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_POOL.format(desk=desk, desk_c=desk.replace("department", "c.department")), told)
        weeks = dict(cursor.fetchall())
    rows = Conversation.objects.of(brand).filter(pk__in=weeks).only(*WEIGHED)
    horizon = horizon_of(brand)
    return [Waiting(row, min(1.0, weeks[row.pk] / horizon)) for row in rows]


def introduced(brand: Brand, keys: Iterable[int]) -> dict[int, Conversation]:
    """These conversations with all that a line says about each; three queries."""
    found: dict[int, Conversation] = shown(brand).in_bulk(list(keys))
    introduce(brand, list(found.values()))
    return found


def minutes_of(brand: Brand) -> dict[str, float]:
    """How long an answer takes here, by place."""
    told = Pace.objects.of(brand).filter(answers__gte=FEWEST).values_list("place", "minutes")
    return {**USUAL, **dict(told)}


def pledges_of(brand: Brand, member: Member, *, now: datetime) -> list[Pledge]:
    """What this member promised, or nobody who is still here, from the day before on."""
    return _with_people(
        brand,
        open_pledges(brand).filter(Q(by=member) | Q(by=None), due_at__lte=now + AHEAD)[:MOST],
    )


def open_pledges(brand: Brand) -> Any:
    """What is promised and neither kept nor taken back, the earliest first."""
    return (
        Pledge.objects.of(brand)
        .filter(kept_at=None, taken_back_at=None)
        .select_related("by__user", "conversation__account", "conversation__last_message")
        .order_by("due_at", "id")
    )


def named_in(brand: Brand, member: Member) -> list[Note]:
    """Notes that name the member and that they have not seen."""
    notes = (
        Note.objects.of(brand)
        .filter(named__contains=[member.pk])
        .exclude(seen__contains=[member.pk])
        .select_related("by__user", "conversation__account", "conversation__last_message")
        .order_by("at")
    )
    return _with_people(brand, notes[:MOST])


def _with_people(brand: Brand, rows: Iterable[Any]) -> list[Any]:
    found = list(rows)
    introduce(brand, [row.conversation for row in found])
    return found
