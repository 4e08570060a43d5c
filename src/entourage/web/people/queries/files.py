"""The list of people as a CSV file, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.listen.queries import harmless
from entourage.web.people.models import Ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.people.models import Person

COLUMNS = (
    "weeks", "low", "high", "p_alive", "ring", "movement", "engaged", "acts", "asked", "answered", "warmth",
    "warmth_low", "warmth_high", "temper", "judged", "positive", "negative",
)  # fmt: skip
MOMENTS = ("first_at", "last_at")


def people_rows(people: Iterator[Person]) -> Iterator[list[Any]]:
    """The rows of the file, the header first."""
    yield ["person", "name", "handles", "networks", "standing", *COLUMNS, *MOMENTS]
    yield from map(_cells, people)


def _cells(person: Person) -> list[Any]:
    cells: list[Any] = [person.pk, *(harmless(text) for text in (person.name, person.handles, person.networks))]
    stands = getattr(person, "standing", None)
    if stands is None:
        return cells + [""] * (1 + len(COLUMNS) + len(MOMENTS))
    told = {name: getattr(stands, name) for name in COLUMNS} | {"ring": Ring(stands.ring).name.lower()}
    return [*cells, stands.name, *told.values(), *(getattr(stands, name).isoformat() for name in MOMENTS)]
