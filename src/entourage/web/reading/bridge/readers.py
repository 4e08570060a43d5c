"""The brand's reader: the shipped one, in the brand's languages, with what its members have taught it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.engine.text.reading import Reader
from entourage.web.reading.models import Label, Teaching

if TYPE_CHECKING:
    from entourage.engine.text.labels import Label as Taken
    from entourage.engine.text.teaching import Taught
    from entourage.web.core.models import Brand


def reader_of(brand: Brand) -> Reader:
    """Who reads the brand's messages: what members corrected word for word is laid over its readings by the room.

    So a correction holds from the moment it is made, and what the reader itself says is known when it is put back.
    """
    taught = _heads(brand)
    heads = taught.without_corrections() if taught and taught.heads else None
    return Reader(languages=brand.languages or None, taught=heads)


def taught_of(brand: Brand) -> Taught | None:
    """What members taught the brand's reader, with every correction that stands now; nothing where there is none."""
    from entourage.engine.text.teaching import Taught

    labels = labels_of(brand)
    taught = _heads(brand)
    if not labels and taught is None:
        return None
    return (taught or Taught()).with_corrections(labels)


def labels_of(brand: Brand) -> list[Taken]:
    """All labels of a brand with the words that they are about, oldest first."""
    from entourage.engine.text.labels import Label as Taken

    rows = Label.objects.of(brand).filter(activity__deleted_at=None).order_by("pk")
    return [Taken(*row) for row in rows.values_list("activity__text", "about", "value").iterator()]


def _heads(brand: Brand) -> Taught | None:
    kept = Teaching.objects.of(brand).exclude(taught=None).values_list("taught", flat=True).first()
    if not kept:
        return None
    from entourage.engine.text.teaching import Taught

    return Taught.from_bytes(bytes(kept))
