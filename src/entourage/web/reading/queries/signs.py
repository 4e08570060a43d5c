"""What was read in given messages, for the pages of rooms above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.web.reading.models import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from entourage.web.core.models import Brand


def readings_of(brand: Brand | int, activities: Iterable[UUID]) -> dict[UUID, Reading]:
    """The readings of these activities by their keys; what was not read is absent. One query."""
    return {one.pk: one for one in Reading.objects.of(brand).filter(pk__in=list(activities))}


def signs_of(brand: Brand | int, person_id: int) -> dict[UUID, int]:
    """The sign of each message of a person in which one was read: -1, 0 or 1 by the activity's key. One query."""
    rows = Reading.objects.of(brand).filter(account__person_id=person_id, sign__isnull=False)
    return dict(rows.values_list("pk", "sign"))
