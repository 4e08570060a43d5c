"""Standing: the ring a person stands in, kept steady, and whether they have gone quiet or come back.

Rings are shares of the horizon's opportunities, so that they mean the same in weeks and in hours. One weak prediction
does not push anybody out: a ring is lost only below nine tenths of its threshold, twice in a row.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Floats

Flags: TypeAlias = NDArray[np.bool_]
Codes: TypeAlias = NDArray[np.int8]

#: Names of the codes 0 .. 3.
RINGS = ("passing", "known", "close", "inner")
PASSING, KNOWN, CLOSE, INNER = range(4)
#: The ring of somebody who has none yet.
NO_RING = -1
#: Names of the codes 0 .. 5.
MOVEMENTS = ("new", "same", "closer", "further", "gone_quiet", "came_back")
NEW, SAME, CLOSER, FURTHER, GONE_QUIET, CAME_BACK = range(6)

#: A ring is lost only below this share of its threshold ...
_HOLD = 0.9
#: ... for so many periods in a row.
_PERIODS = 2
#: Less likely alive than this, having been close: gone quiet.
QUIET = 0.2


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which share of the horizon's opportunities each ring begins; a brand may set its own.

    Examples
    --------
    >>> Thresholds(close=0.6)
    Traceback (most recent call last):
    ...
    entourage.engine.errors.InvalidInput: `thresholds` must rise: 0 < known < close < inner <= 1. Got 0.075, 0.6, 0.5.
    """

    inner: float = 0.50
    close: float = 0.23
    known: float = 0.075

    def __post_init__(self) -> None:
        if not 0 < self.known < self.close < self.inner <= 1:
            came = f"{self.known}, {self.close}, {self.inner}"
            raise InvalidInput(f"`thresholds` must rise: 0 < known < close < inner <= 1. Got {came}.")

    @property
    def shares(self) -> Floats:
        """Where each ring begins, passing first."""
        return np.array([0.0, self.known, self.close, self.inner])


@dataclass(frozen=True, slots=True)
class State:
    """What must be remembered of P people from one period to the next."""

    ring: Codes
    #: Periods in a row below what holds the ring.
    periods_below: Codes
    was_close: Flags
    quiet: Flags

    @classmethod
    def empty(cls, people: int) -> State:
        """People who never had a standing."""
        flags = np.zeros(people, dtype=np.bool_)
        return cls(np.full(people, NO_RING, np.int8), np.zeros(people, np.int8), flags, flags.copy())


@dataclass(frozen=True, slots=True)
class Standing(State):
    """The state of P people in this period, and how each moved (a code of ``MOVEMENTS``)."""

    movement: Codes


def rings(weeks: Floats, *, opportunities: int, thresholds: Thresholds | None = None) -> Codes:
    """The ring of each of P people by this period's prediction alone.

    Examples
    --------
    >>> [RINGS[ring] for ring in rings(np.array([0.2, 1.0, 3.0, 6.5]), opportunities=13)]
    ['passing', 'known', 'close', 'inner']
    """
    shares, ring = _shares(weeks, opportunities), np.zeros(len(weeks), dtype=np.int8)
    for begins in (thresholds or Thresholds()).shares[1:]:  # three comparisons: a search takes five times as long
        ring += shares >= begins
    return ring


def first_standing(
    weeks: Floats, p_alive: Floats, *, opportunities: int, thresholds: Thresholds | None = None
) -> Standing:
    """The standing of P people without a past: everybody is new.

    Raises
    ------
    InvalidInput: the arrays are not of one length.
    """
    nobody = State.empty(len(weeks))
    active = np.zeros(len(weeks), dtype=np.bool_)
    return next_standing(weeks, p_alive, active, previous=nobody, opportunities=opportunities, thresholds=thresholds)


def next_standing(
    weeks: Floats,
    p_alive: Floats,
    active: Flags,
    *,
    previous: State,
    opportunities: int,
    thresholds: Thresholds | None = None,
) -> Standing:
    """The new standing of P people, given the last one's.

    Parameters
    ----------
    weeks, p_alive : float arrays, P: this period's closeness
    active : bool array, P: engaged since the previous period
    previous : the last state of the same people in the same order; ``State.empty`` rows for newcomers

    Raises
    ------
    InvalidInput: the arrays are not of one length.
    """
    _check(weeks, p_alive, active, previous)
    limits = thresholds or Thresholds()
    shares = _shares(weeks, opportunities)
    ring, below = _held(shares, rings(weeks, opportunities=opportunities, thresholds=limits), previous, limits)
    was_close = previous.was_close | (ring >= CLOSE)
    quiet = ~active & (previous.quiet | (was_close & (p_alive < QUIET)))
    return Standing(ring, below, was_close, quiet, _movement(ring, quiet, active, previous))


def _held(shares: Floats, now: Codes, previous: State, thresholds: Thresholds) -> tuple[Codes, Codes]:
    """The ring after hysteresis, and for how many periods it has hung by a thread."""
    fallen = np.flatnonzero(now < previous.ring)
    holds = _HOLD * thresholds.shares[previous.ring[fallen]]
    weak = fallen[shares[fallen] < holds]
    below = np.zeros(len(now), dtype=np.int8)
    below[weak] = previous.periods_below[weak] + 1
    ring = np.maximum(now, previous.ring)
    lost = weak[below[weak] >= _PERIODS]
    ring[lost], below[lost] = now[lost], 0
    return ring, below


def _movement(ring: Codes, quiet: Flags, active: Flags, previous: State) -> Codes:
    moved = np.full(len(ring), SAME, dtype=np.int8)
    moved[ring > previous.ring] = CLOSER
    moved[ring < previous.ring] = FURTHER
    moved[quiet & ~previous.quiet] = GONE_QUIET
    moved[previous.quiet & active] = CAME_BACK
    moved[previous.ring == NO_RING] = NEW
    return moved


def _shares(weeks: Floats, opportunities: int) -> Floats:
    share: Floats = np.asarray(weeks, dtype=np.float64) / opportunities
    return share


def _check(weeks: Floats, p_alive: Floats, active: Flags, previous: State) -> None:
    sizes = {"p_alive": len(p_alive), "active": len(active)}
    sizes |= {f"previous.{column.name}": len(getattr(previous, column.name)) for column in fields(State)}
    for name, size in sizes.items():
        if size != len(weeks):
            raise InvalidInput(
                f"`{name}` must have {len(weeks)} rows, as `weeks` has. Got {size}; align them by person."
            )


@dataclass(frozen=True, slots=True)
class Flow:
    """A fixed cohort: how many stood in a ring and where they stand now; ``now`` is ``None`` for those who left."""

    before: str
    now: str | None
    people: int


def flows(before: Codes, now: Codes) -> tuple[Flow, ...]:
    """Where the people of the previous period stand now; leavers (``NO_RING`` now) are counted, newcomers are not."""
    cohort = before >= 0
    pairs, people = np.unique(np.stack([before[cohort], now[cohort]]), axis=1, return_counts=True)
    return tuple(
        Flow(RINGS[old], RINGS[new] if new >= 0 else None, int(count))
        for old, new, count in zip(pairs[0], pairs[1], people, strict=True)
    )
