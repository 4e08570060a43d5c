"""Promises as pages list them, and as a person who asks is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.inbox.queries import introduce
from entourage.web.today.models import Pledge
from entourage.web.today.queries.candidates import open_pledges

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.people.models import Person

#: Promises on one page: more than that is a team in trouble, and the earliest stand first.
SHOWN = 100


def pledges(brand: Brand, *, conversation: int | None = None) -> list[Pledge]:
    """What is promised and not yet kept, the earliest first; to one conversation, or to all. Three queries."""
    rows = open_pledges(brand)
    if conversation is not None:
        rows = rows.filter(conversation=conversation)
    found = list(rows[:SHOWN])
    introduce(brand, [row.conversation for row in found])
    return found


def promised_to(person: Person) -> list[dict[str, Any]]:
    """All that was promised to this person, kept or not; the oldest first."""
    rows = Pledge.objects.of(person.brand_id).filter(conversation__person_id=person.pk).order_by("at", "pk")
    return list(rows.values("what", "due_at", "at", "kept_at", "taken_back_at"))
