"""The picture of the rings: the closest people of each, around the brand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entourage.web.people.models import Ring, Standing

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.people.models import Person, Scoring

#: The picture is a square of so many units, the brand in its middle.
SIZE = 800
MIDDLE = SIZE / 2
#: Where a ring ends, where its people stand, and how many find room there without touching.
BANDS = {
    Ring.INNER: (140, 98, 9),
    Ring.CLOSE: (228, 186, 17),
    Ring.KNOWN: (312, 272, 25),
    Ring.PASSING: (392, 354, 33),
}
#: Names are written in the two rings where there is room for them.
NAMED = (Ring.INNER, Ring.CLOSE)
LETTERS = 10
#: How far below its upper edge a ring's word stands.
LABEL_BELOW = 14
# Neighbouring rings begin at different angles, so that faces do not line up into spokes.
GOLDEN = 2.399963


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody's face stands, and what is written below it."""

    person: Person
    standing: Standing
    # As SVG writes them, in every language.
    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """One ring: its word, its edge, how many people stand in it, and the closest of them."""

    key: str
    ring: Ring
    radius: int
    count: int
    places: list[Place]

    @property
    def label_y(self) -> str:
        """Just inside the upper edge."""
        return f"{MIDDLE - self.radius + LABEL_BELOW:.1f}"


def rings(brand: Brand, scoring: Scoring) -> list[Band]:
    """The rings from the outermost to the innermost, as they are drawn one over the other."""
    return [_band(brand, ring, scoring) for ring in Ring]


def _band(brand: Brand, ring: Ring, scoring: Scoring) -> Band:
    edge, radius, room = BANDS[ring]
    rows = Standing.objects.of(brand).filter(ring=ring).select_related("person").order_by("-weeks", "person")[:room]
    standings = list(rows)
    places = [_place(one, number, len(standings), radius) for number, one in enumerate(standings)]
    return Band(ring.name.lower(), ring, edge, scoring.counts["rings"].get(str(int(ring)), 0), places)


def _place(standing: Standing, number: int, people: int, radius: int) -> Place:
    angle = 2 * math.pi * number / people + GOLDEN * standing.ring
    x, y = MIDDLE + radius * math.cos(angle), MIDDLE + radius * math.sin(angle)
    label = standing.person.name.split(" ")[0][:LETTERS] if standing.ring in NAMED else ""
    return Place(standing.person, standing, f"{x:.1f}", f"{y:.1f}", label)
