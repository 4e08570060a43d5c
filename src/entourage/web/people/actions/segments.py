"""Segments: searches of the People page kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.people.models import Segment

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


@transaction.atomic
def save_segment(*, brand: Brand, name: str, query: str, by: Member | None, at: datetime) -> Segment:
    """Keep these filters under a name; the same name again replaces them."""
    segment: Segment
    segment, _ = Segment.objects.of(brand).update_or_create(brand=brand, name=name, defaults={"query": query, "by": by})
    record(brand=brand, by=by, at=at, what="segment.saved", subject=segment.pk)
    return segment


@transaction.atomic
def remove_segment(*, brand: Brand, segment_id: int, by: Member | None, at: datetime) -> None:
    """Take a segment away; the people in it stay. Twice changes nothing."""
    gone, _ = Segment.objects.of(brand).filter(pk=segment_id).delete()
    if gone:
        record(brand=brand, by=by, at=at, what="segment.removed", subject=segment_id)
