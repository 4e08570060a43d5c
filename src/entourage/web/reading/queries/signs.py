"""Signs by their words, and what was read in given messages, for the pages of rooms above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.web.reading.models import Reading, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from entourage.web.core.models import Brand

#: The signs by the words that labels, filters and the columns of probabilities know them by.
SIGNS = {sign.name.lower(): sign for sign in Sign}
#: The same as choices of a form.
SIGN_CHOICES = [(word, sign.label) for word, sign in SIGNS.items()]


def readings_of(brand: Brand | int, activities: Iterable[UUID]) -> dict[UUID, Reading]:
    """The readings of these activities by their keys; what was not read is absent. One query."""
    return {one.pk: one for one in Reading.objects.of(brand).filter(pk__in=list(activities))}
