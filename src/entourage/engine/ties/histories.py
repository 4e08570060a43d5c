"""Histories: what each person did so far, counted in units (weeks, hours) by the frame's own engine.

A burst of thirty acts in a week is one engaged week; the acts stay beside it as *depth*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.log import checked, meaningful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.engine.ties.chances import Counts, Floats

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
    """The engaged units of a sample of people: C rows of who (0 .. people - 1), age in units, and acts."""

    people: int
    who: Counts
    age: Counts
    acts: Counts

    def at(self, back: int) -> tuple[Past, Counts]:
        """The past as it stood ``back`` units ago, and whose it is."""
        seen = self.age >= back
        who, age = self.who[seen], self.age[seen] - back
        units = np.bincount(who, minlength=self.people)
        oldest, newest = np.full(self.people, -1), np.full(self.people, np.iinfo(np.int64).max)
        np.maximum.at(oldest, who, age)
        np.minimum.at(newest, who, age)
        acts = np.bincount(who, weights=self.acts[seen], minlength=self.people).astype(np.int64)
        whose = np.flatnonzero(units)
        n = oldest[whose]
        return Past(x=units[whose] - 1, t_x=n - newest[whose], n=n, acts=acts[whose]), whose

    def engaged(self, *, since: int, until: int) -> Counts:
        """Engaged units of each person from ``since`` to ``until`` units ago."""
        inside = (self.age >= until) & (self.age < since)
        return np.bincount(self.who[inside], minlength=self.people)


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


def histories(log: Any, *, at_us: int, unit_us: int, exclude: Sequence[int] = (), recent: int = 0) -> Histories:
    """What each person did before ``at_us``; ``recent`` asks for the engaged units among the latest so many, too.

    The group-by runs in the frame's own engine; P rows come back.
    """
    units = _units(log, at_us=at_us, unit_us=unit_us, exclude=exclude)
    people = (
        units.with_columns(late=(nw.col("age") < recent).cast(nw.Int64))
        .group_by("person")
        .agg(
            nw.len().alias("units"), nw.col("age").max().alias("n"), nw.col("age").min().alias("gap"),
            nw.col("acts").sum(), nw.col("late").sum(), nw.col("first_us").min(), nw.col("last_us").max(),
        )
        .with_columns(nw.col("acts", "late").cast(nw.Int64))  # sums of integers are wider than integers in DuckDB
    )  # fmt: skip
    table = _columns(people)
    order = np.argsort(table["person"], kind="stable")
    table = {name: column[order] for name, column in table.items()}
    past = Past(x=table["units"] - 1, t_x=table["n"] - table["gap"], n=table["n"], acts=table["acts"])
    return Histories(table["person"], past, table["first_us"], table["last_us"], table["late"])


def cells(log: Any, *, at_us: int, unit_us: int, exclude: Sequence[int] = (), one_in: int = 1) -> Cells:
    """The engaged units of one person in ``one_in``, for the looks back that a choice of model needs."""
    rows = checked(log)
    if one_in > 1:
        rows = rows.filter(nw.col("person") % one_in == 0)
    units = _units(rows.to_native(), at_us=at_us, unit_us=unit_us, exclude=exclude)
    table = _columns(units.select("person", "age", "acts"))
    people, who = np.unique(table["person"], return_inverse=True)
    return Cells(people=len(people), who=who, age=table["age"], acts=table["acts"])


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


def _columns(frame: nw.LazyFrame[Any]) -> dict[str, Counts]:
    """The frame's columns as arrays of int64, computed by its engine and fetched over Arrow."""
    table = frame.collect(backend="pyarrow").to_native()
    return {name: table[name].to_numpy().astype(np.int64, copy=False) for name in table.column_names}
