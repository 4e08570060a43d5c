"""Giving conversations to those who are there, speak the language, know the matter and have room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from entourage.web.core.locks import hold
from entourage.web.core.models import Member
from entourage.web.core.permissions import May, may, roles_that
from entourage.web.inbox.models import Conversation
from entourage.web.reading.models import VEHEMENT
from entourage.web.service.actions.routing import give, relieve
from entourage.web.service.queries import seats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.service.models import Seat

#: Conversations given in one go; what is left has its turn a minute later, when somebody may have room again.
MOST = 500
#: A reader that is not certain of the language names none.
UNKNOWN = ("", "und")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that nobody has."""

    conversation: int
    department: str
    language: str
    intent: str
    vehement: bool
    urgent: bool
    before: int | None  # the member who knows the person


def assign(brand: Brand, *, now: datetime) -> int:
    """Relieve who is away or may not answer, then give what nobody has to those with room; how many were given.

    Safe to repeat.
    """
    known = seats(brand)
    if not known:
        return 0
    # Whose role was changed has a seat still, and could do nothing with what is given to it.
    everybody = [seat for seat in known if may(seat.member, May.ANSWER)]
    with transaction.atomic():
        hold("service.assign", brand.pk)
        _relieve_the_absent(brand, everybody, now=now)
        there = [one for one in everybody if not away(one, now)]
        loads = Counter(_loads(brand))
        given: list[tuple[int, int, str]] = []
        for one in _waiting(brand):
            if found := fittest(one, there, everybody, loads):
                seat, why = found
                loads[seat.member_id] += 1
                given.append((one.conversation, seat.member_id, why))
        return give(brand, given, now=now)


def away(seat: Seat, at: datetime) -> bool:
    """Whether a member is away at this moment."""
    return seat.absent_until is not None and seat.absent_until > at


def fittest(
    one: Waiting, there: Sequence[Seat], everybody: Sequence[Seat], loads: Mapping[int, int]
) -> tuple[Seat, str] | None:
    """Who of those that are there should have it, and why: they know the person, or they are free; nobody may fit.

    Whoever works for the department, speaks the language and has room may; a language that nobody of the department
    speaks is anybody's. Who knows the person goes first, then who is good at the matter, then who has most room left.
    An urgent one needs no room.
    """
    team = [seat for seat in everybody if one.department in seat.departments]
    spoken = any(_speaks(seat, one.language) for seat in team)
    able = [
        seat
        for seat in there
        if one.department in seat.departments
        and (not spoken or _speaks(seat, one.language))
        and (one.urgent or loads[seat.member_id] < seat.capacity)
    ]
    if not able:
        return None
    best = min(able, key=lambda seat: (seat.member_id != one.before, -_skill(seat, one), _full(seat, loads), seat.pk))
    return best, "same" if best.member_id == one.before else "free"


def _speaks(seat: Seat, language: str) -> bool:
    return not seat.languages or language in UNKNOWN or language in seat.languages


def _skill(seat: Seat, one: Waiting) -> int:
    return (one.intent in seat.skills) + (one.vehement and "vehement" in seat.skills)


def _full(seat: Seat, loads: Mapping[int, int]) -> float:
    return loads[seat.member_id] / max(seat.capacity, 1)


def _relieve_the_absent(brand: Brand, everybody: Sequence[Seat], *, now: datetime) -> None:
    mute = Member.objects.of(brand).exclude(role__in=roles_that(May.ANSWER)).values_list("pk", flat=True)
    absent = [*(seat.member_id for seat in everybody if away(seat, now)), *mute]
    # Who is answering this very minute is not away, whatever was said.
    idle = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    theirs = Conversation.objects.of(brand).filter(idle, state="open", assignee__in=absent)
    found = list(theirs.select_for_update(of=("self",)).order_by("pk").values_list("pk", "assignee_id"))
    if found:
        relieve(brand, found, now=now)


def _loads(brand: Brand) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_LOADS, {"brand": brand.pk})
        return dict(cursor.fetchall())


def _waiting(brand: Brand) -> list[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"brand": brand.pk, "most": MOST, "vehement": VEHEMENT})
        return [Waiting(*row) for row in cursor.fetchall()]


_LOADS = """
SELECT assignee_id, count(*) FROM inbox_conversation
WHERE brand_id = %(brand)s AND state = 'open' AND assignee_id IS NOT NULL GROUP BY 1
"""
# Who answered the person last knows them; else who had them last.
_WAITING = """
SELECT c.id, c.department, c.language, c.intent, coalesce(c.vehemence, 0) >= %(vehement)s,
       coalesce(h.urgent, false), coalesce(wrote.by_id, had.assignee_id)
FROM (
    SELECT c.* FROM inbox_conversation c LEFT JOIN service_handling h ON h.conversation_id = c.id
    WHERE c.brand_id = %(brand)s AND c.state = 'open' AND c.assignee_id IS NULL AND c.department <> ''
      AND c.claimed_by_id IS NULL AND c.waiting_since IS NOT NULL
    ORDER BY coalesce(h.urgent, false) DESC, c.due_at NULLS LAST, c.waiting_since, c.id LIMIT %(most)s
) c
LEFT JOIN service_handling h ON h.conversation_id = c.id
LEFT JOIN LATERAL (
    SELECT o.by_id FROM outbox_outgoing o
    WHERE o.brand_id = %(brand)s AND o.person_id = c.person_id AND o.by_id IS NOT NULL AND o.purpose = 'answer'
    ORDER BY o.created_at DESC LIMIT 1
) wrote ON true
LEFT JOIN LATERAL (
    SELECT k.assignee_id FROM inbox_conversation k
    WHERE k.brand_id = %(brand)s AND k.person_id = c.person_id AND k.id <> c.id AND k.assignee_id IS NOT NULL
    ORDER BY k.last_in_at DESC LIMIT 1
) had ON true
ORDER BY coalesce(h.urgent, false) DESC, c.due_at NULLS LAST, c.waiting_since, c.id
"""
