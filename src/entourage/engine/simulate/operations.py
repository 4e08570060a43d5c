"""What happens to the brand: an advertising push, a contest, a tasting, a crisis of service, a deserted fortnight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from entourage.engine.errors import InvalidInput

#: How a person came, and the label that acts of an operation bear; "" is by themselves.
ORIGINS: Final = ("", "paid", "contest", "tasting")
PAID, CONTEST, TASTING = 1, 2, 3
#: Less than this leaves no room for the operations and what follows them.
SHORTEST: Final = 12


@dataclass(frozen=True)
class Operation:
    """An operation of recruitment as the brand knows it; ``origin`` is the label its acts bear, money in euros."""

    key: str
    name_fr: str
    hashtag: str
    starts: datetime
    ends: datetime
    media: int
    prizes: int
    fees: int

    @property
    def origin(self) -> str:
        """The label in ``entourage:origin`` and in the CSV column ``origin``."""
        return self.key


@dataclass(frozen=True)
class Plan:
    """Which weeks hold what; ``operations`` are in the order of ``ORIGINS``."""

    operations: tuple[Operation, ...]
    paid: int
    contest: int
    tasting: int
    crisis: tuple[int, ...]
    deserted: tuple[int, ...]

    def during(self, origin: int, index: int) -> bool:
        """Whether week ``index`` lies in the operation of this origin."""
        first, lasts = {PAID: (self.paid, 2), CONTEST: (self.contest, 2), TASTING: (self.tasting, 3)}[origin]
        return first <= index < first + lasts

    def first_week(self, origin: int) -> int:
        """The week in which the operation of this origin begins."""
        return {PAID: self.paid, CONTEST: self.contest, TASTING: self.tasting}[origin]


_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: The operations without their dates, and how many weeks each lasts.
_OPERATIONS: Final = (
    (
        Operation(
            key="paid", name_fr="Campagne de fans", hashtag="",
            starts=_UNDATED, ends=_UNDATED, media=2500, prizes=0, fees=400,
        ),
        2,
    ),
    (
        Operation(
            key="contest", name_fr="Jeu concours tablette", hashtag="TilleulTablette",
            starts=_UNDATED, ends=_UNDATED, media=3000, prizes=600, fees=1500,
        ),
        2,
    ),
    (
        Operation(
            key="tasting", name_fr="Dégustation à l'aveugle", hashtag="TilleulALAveugle",
            starts=_UNDATED, ends=_UNDATED, media=800, prizes=900, fees=900,
        ),
        3,
    ),
)  # fmt: skip


def plan(weeks: int, until: datetime) -> Plan:
    """The same story at any length: recruit badly, recruit well, fail, fall silent; with time to see who stays.

    Raises
    ------
    InvalidInput: fewer than 12 weeks.
    """
    if weeks < SHORTEST:
        raise InvalidInput(
            f"`weeks` of a simulation must be at least {SHORTEST}. Got {weeks}; operations need time after them."
        )
    paid, contest, tasting = (round(weeks * share) for share in (0.2, 0.4, 0.56))
    crisis, deserted = round(weeks * 0.79), weeks - max(4, round(weeks * 0.12))
    start = until - timedelta(weeks=weeks)
    first = {"paid": paid, "contest": contest, "tasting": tasting}
    return Plan(
        operations=tuple(_dated(one, start + timedelta(weeks=first[one.key]), lasts) for one, lasts in _OPERATIONS),
        paid=paid,
        contest=contest,
        tasting=tasting,
        crisis=(crisis, crisis + 1),
        deserted=(deserted, deserted + 1),
    )


def _dated(operation: Operation, starts: datetime, weeks: int) -> Operation:
    return replace(operation, starts=starts, ends=starts + timedelta(weeks=weeks))
