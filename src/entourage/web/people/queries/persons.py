"""One person or segment of a brand, and who asked for privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from entourage.web.listen.models import Erased
from entourage.web.people.models import Person, Segment

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

#: Objections on the privacy page; the People page lists all of them.
OBJECTIONS = 100


def person_or_404(brand: Brand, pk: int) -> Person:
    """The person with their standing; to another brand they do not exist."""
    found: Person | None = Person.objects.of(brand).select_related("standing", "brand").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def segment_or_404(brand: Brand, pk: int) -> Segment:
    """A saved search of this brand."""
    found: Segment | None = Segment.objects.of(brand).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def segments(brand: Brand) -> list[Segment]:
    """The brand's saved searches, by name."""
    return list(Segment.objects.of(brand).order_by("name"))


def objections(brand: Brand) -> dict[str, Any]:
    """Who asked to be left alone (the first of them by name), and how many accounts were erased for good."""
    alone = Person.objects.of(brand).filter(left_alone_at__isnull=False).order_by("sort_name", "pk")
    found = list(alone[: OBJECTIONS + 1])
    return {
        "objections": found[:OBJECTIONS],
        "more_objections": len(found) > OBJECTIONS,
        "erased": Erased.objects.of(brand).count(),
    }
