"""Histories: what each person did so far, counted in units (weeks, hours) by the frame's own engine.

A burst of thirty acts in a week is one engaged week; the acts stay beside it as *depth*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from numba import njit

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.log import checked, meaningful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.engine.ties.chances import Counts, Floats
    from entourage.engine.ties.ranking import Flags

_MICROSECOND = timedelta(microseconds=1)
#: Prime, so that ids handed out in steps of 2, 5 or 10 are sampled as fairly as others.
_MODULI = (1, 3, 7, 13, 29, 61, 127, 251, 509, 1021, 2039, 4093, 8191)


@dataclass(frozen=True, slots=True)
class Past:
    """P people's counts: ``x`` engaged units after the first, ``t_x`` the last of them, ``n`` units since the first."""

    x: Counts
    t_x: Counts
    n: Counts
    acts: Counts

    @property
    def gap(self) -> Counts:
        """Units since the last engaged one; 0 is the unit that just ended."""
        return self.n - self.t_x

    @property
    def depth(self) -> Floats:
        """Acts per engaged unit."""
        return self.acts / (self.x + 1)

    @property
    def returned(self) -> int:
        """How many people came back at least once."""
        return int((self.x > 0).sum())


@dataclass(frozen=True, slots=True)
class Histories:
    """P people, ordered by ``person``, with their past, their first and last acts, and their latest engaged units."""

    person: Counts
    past: Past
    first_us: Counts
    last_us: Counts
    recent: Counts


@dataclass(frozen=True, slots=True)
class Cells:
    """The engaged units of P people: C rows ordered by person and, within one, from the latest unit to the first.

    One reading of the log answers for every moment a whole number of units earlier: what was known then is the end of
    each person's rows, so each count is a difference of two places.
    """

    #: P, ordered.
    person: Counts
    #: P + 1: person i has the rows ``begin[i]`` to ``begin[i + 1]``.
    begin: Counts
    #: C: how many units ago.
    age: Counts
    #: C + 1: acts in all rows before this one.
    acts: Counts
    #: C: the last act of the unit.
    last_us: Counts
    #: P: the first act of all.
    first_us: Counts

    def at(self, back: int) -> tuple[Past, Counts]:
        """The past as it stood ``back`` units ago, and whose it is (places in ``person``)."""
        past, whose, _ = self._seen(back)
        return past, whose

    def history(self, back: int = 0, *, recent: int = 0) -> Histories:
        """What was known of each person ``back`` units ago; ``recent``: engaged units in so many before that."""
        past, whose, start = self._seen(back)
        late = self._place(back + recent)[whose] - start if recent else np.zeros_like(start)
        return Histories(self.person[whose], past, self.first_us[whose], self.last_us[start], late)

    def engaged(self, *, since: int, until: int) -> Counts:
        """Engaged units of each person from ``since`` to ``until`` units ago."""
        return self._place(since) - self._place(until)

    def rewound(self, back: int) -> Cells:
        """The units as they stood ``back`` units ago; later ones are not in them."""
        if not back:
            return self
        units = self.begin[1:] - self._place(back)
        return self._of(self.age >= back, np.flatnonzero(units), units, back=back)

    def one_in(self, so_many: int) -> Cells:
        """The units of about one person in so many, always the same ones."""
        if so_many == 1:
            return self
        chosen, units = self.person % so_many == 0, np.diff(self.begin)
        return self._of(np.repeat(chosen, units), np.flatnonzero(chosen), units)

    def _of(self, rows: Flags, whose: Counts, units: Counts, *, back: int = 0) -> Cells:
        """Some rows of some people, who keep so many ``units`` each."""
        return Cells(
            person=self.person[whose], begin=_running(units[whose]), age=self.age[rows] - back,
            acts=_running(np.diff(self.acts)[rows]), last_us=self.last_us[rows], first_us=self.first_us[whose],
        )  # fmt: skip

    def _place(self, back: int) -> Counts:
        """The row of each person from which on the units are at least ``back`` old."""
        return _place_kernel(self.begin, self.age, back) if back else self.begin[:-1]

    def _seen(self, back: int) -> tuple[Past, Counts, Counts]:
        """Of each person who had been seen by then the counts, the place, and the first row."""
        x, t_x, n, acts, whose, start = _past_kernel(self.begin, self.age, self.acts, back)
        return Past(x=x, t_x=t_x, n=n, acts=acts), whose, start


def opportunities(horizon: timedelta, unit: timedelta) -> int:
    """How many whole units a horizon has.

    Raises
    ------
    InvalidInput: one of them is not positive, or the horizon is not a whole number of units.

    Examples
    --------
    >>> opportunities(timedelta(weeks=13), timedelta(weeks=1))
    13
    """
    for name, span in (("unit", unit), ("horizon", horizon)):
        if span <= timedelta(0):
            raise InvalidInput(f"`{name}` must be positive. Got {span}; a week is timedelta(weeks=1).")
    if horizon % unit:
        raise InvalidInput(f"`horizon` must be a whole number of units. Got {horizon} in units of {unit}; round it.")
    return horizon // unit


def microseconds(span: timedelta) -> int:
    """A span in the log's unit of time."""
    return span // _MICROSECOND


def _units(log: Any, *, at_us: int, unit_us: int, exclude: Sequence[int]) -> nw.LazyFrame[Any]:
    """One row for each person and engaged unit before ``at_us``, its age counted backwards from there."""
    rows = meaningful(checked(log)).filter(nw.col("at_us") < at_us, ~nw.col("person").is_null())
    if len(exclude):
        rows = rows.filter(~nw.col("person").is_in(list(exclude)))
    aged = rows.with_columns(age=(at_us - 1 - nw.col("at_us")) // unit_us)
    return aged.group_by("person", "age").agg(
        nw.len().alias("acts"), nw.col("at_us").min().alias("first_us"), nw.col("at_us").max().alias("last_us")
    )


def cells(log: Any, *, at_us: int, unit_us: int, exclude: Sequence[int] = ()) -> Cells:
    """What each person did before ``at_us``, unit by unit.

    The group-by, which is nearly all of the work, runs in the frame's own engine; C rows come back.
    """
    table = _columns(_units(log, at_us=at_us, unit_us=unit_us, exclude=exclude))
    order = _by_person(table["person"], table["age"])
    person, age = table["person"][order], table["age"][order]
    end = np.flatnonzero(np.append(person[1:] != person[:-1], np.full(min(len(person), 1), True))) + 1
    return Cells(
        person=person[end - 1], begin=np.append(0, end), age=age, acts=_running(table["acts"][order]),
        last_us=table["last_us"][order], first_us=table["first_us"][order[end - 1]],
    )  # fmt: skip


def engaged(
    log: Any, *, since_us: int, until_us: int, unit_us: int, exclude: Sequence[int] = ()
) -> tuple[Counts, Counts]:
    """Who engaged from ``since_us`` on and before ``until_us``, ordered, and in how many units each."""
    later = checked(log).filter(nw.col("at_us") >= since_us)
    units = _units(later.to_native(), at_us=until_us, unit_us=unit_us, exclude=exclude)
    table = _columns(units.group_by("person").agg(nw.len().alias("units")))
    order = np.argsort(table["person"], kind="stable")
    return table["person"][order], table["units"][order]


def span(log: Any) -> tuple[int, int]:
    """The moments of the first and of the last meaningful act.

    Raises
    ------
    NotEnoughData: there is none.
    """
    edges = meaningful(checked(log)).select(nw.col("at_us").min().alias("first"), nw.col("at_us").max().alias("last"))
    table = edges.collect(backend="pyarrow").to_native()
    first, last = table["first"][0].as_py(), table["last"][0].as_py()
    if first is None:
        raise NotEnoughData("`log` must hold at least one meaningful act. Got none; import more, or name their `act`.")
    return int(first), int(last)


def sampling(people: int, *, most: int) -> int:
    """Take one person in how many, so that about ``most`` remain."""
    return next((modulus for modulus in _MODULI if people <= modulus * most), _MODULI[-1])


def _by_person(person: Counts, age: Counts) -> Counts:
    """The order by person and age: one sort of a joint number where that fits into 64 bits, else two."""
    low, ages = int(person.min(initial=0)), int(age.max(initial=0)) + 1
    if (int(person.max(initial=0)) - low + 1) * ages < 2**63:
        return np.argsort((person - low) * ages + age)
    return np.lexsort((age, person))


@njit(cache=True, nogil=True)
def _place_kernel(begin, age, back):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    # Cost: P, and one step for each unit that is younger.
    place = begin[:-1].copy()
    for i in range(len(place)):
        while place[i] < begin[i + 1] and age[place[i]] < back:
            place[i] += 1
    return place


@njit(cache=True, nogil=True)
def _past_kernel(begin, age, acts, back):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    # One pass where arrays would take twenty. Cost: P, and one step for each unit that is younger.
    x, t_x, n, done, whose, start = [np.empty(len(begin) - 1, np.int64) for _ in range(6)]
    seen = 0
    for i in range(len(begin) - 1):
        place, end = begin[i], begin[i + 1]
        while place < end and age[place] < back:
            place += 1
        if place < end:
            x[seen], t_x[seen], n[seen] = end - place - 1, age[end - 1] - age[place], age[end - 1] - back
            done[seen], whose[seen], start[seen] = acts[end] - acts[place], i, place
            seen += 1
    return x[:seen], t_x[:seen], n[:seen], done[:seen], whose[:seen], start[:seen]


def places(known: Counts, asked: Counts) -> Counts:
    """Where each of A asked stands among K known, both ordered; -1 for who is not there.

    Examples
    --------
    >>> places(np.array([2, 5, 9]), np.array([1, 5, 9]))
    array([-1,  1,  2])
    """
    place: Counts = _places_kernel(known, asked)
    return place


@njit(cache=True, nogil=True)
def _places_kernel(known, asked):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    # Both are ordered, so one walk finds all; a search for each takes ten times as long.
    place = np.full(len(asked), -1, np.int64)
    at = 0
    for i in range(len(asked)):
        while at < len(known) and known[at] < asked[i]:
            at += 1
        if at < len(known) and known[at] == asked[i]:
            place[i] = at
    return place


def _running(each: Counts | Flags) -> Counts:
    """The sum of all before each place, and of all at the end."""
    total = np.zeros(len(each) + 1, dtype=np.int64)
    np.cumsum(each, out=total[1:])
    return total


def _columns(frame: nw.LazyFrame[Any]) -> dict[str, Counts]:
    """The frame's columns as arrays of int64, computed by its engine and fetched over Arrow."""
    table = frame.collect(backend="pyarrow").to_native()
    return {name: table[name].to_numpy().astype(np.int64, copy=False) for name in table.column_names}
