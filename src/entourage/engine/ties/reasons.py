"""Reasons: the acts on which one person's closeness rests, as data; the words are the page's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entourage.engine.errors import InvalidInput
from entourage.engine.log import MEANINGFUL, WEEK, checked, moment_us
from entourage.engine.ties.histories import microseconds

if TYPE_CHECKING:
    from datetime import datetime, timedelta

#: From so many acts in one unit on, it is worth saying that they count once.
BURST = 5
#: A log without a column ``act`` still names its acts.
_UNNAMED = "act"


@dataclass(frozen=True, slots=True)
class EngagedUnit:
    """One engaged week (or hour): it counts once, whatever ``acts`` says."""

    start_us: int
    end_us: int
    acts: int
    by_act: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reasons:
    """What one person did: engaged units (newest first), what kinds of acts, and what was seen but does not count."""

    engaged: tuple[EngagedUnit, ...]
    engaged_units: int
    #: Units since the first act, that one included.
    units: int
    acts: int
    by_act: dict[str, int]
    bursts: tuple[EngagedUnit, ...]
    #: Likes, follows, views and the like: shown beside, never counted.
    presence: dict[str, int]
    first_us: int | None
    last_us: int | None


def reasons(log: Any, *, at: datetime, unit: timedelta = WEEK, limit: int = 13) -> Reasons:
    """Why this person is as close as that: which weeks, which acts, and since when.

    Parameters
    ----------
    log : frame, the rows of one person; columns as in ``engine.log``
    at, unit : as given to ``closeness``, so that the weeks are the same
    limit : how many engaged units to list; the counts are of all

    Raises
    ------
    InvalidInput: the log holds more than one person, or ``at`` has no time zone.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> import pyarrow as pa
    >>> log = pa.table({"person": [2] * 31, "at_us": list(range(31)), "act": ["reply"] * 30 + ["like"]})
    >>> bob = reasons(log, at=datetime(1970, 1, 5, tzinfo=UTC))
    >>> bob.engaged_units, bob.acts, bob.bursts[0].acts, bob.presence
    (1, 30, 30, {'like': 1})
    """
    at_us, unit_us = moment_us(at), microseconds(unit)
    rows = _rows(log, at_us)
    counting = [(when, act) for when, act in rows if act in MEANINGFUL or act == _UNNAMED]
    units = _units(counting, at_us=at_us, unit_us=unit_us)
    first = min((when for when, _ in counting), default=None)
    return Reasons(
        engaged=units[:limit],
        engaged_units=len(units),
        units=0 if first is None else (at_us - 1 - first) // unit_us + 1,
        acts=len(counting),
        by_act=dict(Counter(act for _, act in counting).most_common()),
        bursts=tuple(one for one in units if one.acts >= BURST),
        presence=dict(Counter(act for _, act in rows if act not in MEANINGFUL and act != _UNNAMED).most_common()),
        first_us=first,
        last_us=max((when for when, _ in counting), default=None),
    )


def _rows(log: Any, at_us: int) -> list[tuple[int, str]]:
    """Moments and acts before ``at_us``."""
    frame = checked(log).filter(nw.col("at_us") < at_us)
    named = frame if "act" in frame.collect_schema() else frame.with_columns(act=nw.lit(_UNNAMED))
    table = named.select("person", "at_us", "act").collect(backend="pyarrow").to_native()
    if (people := len(set(table["person"].to_pylist()))) > 1:
        raise InvalidInput(f"`log` of reasons must hold the rows of one person. Got {people}; filter it first.")
    return list(zip(table["at_us"].to_pylist(), table["act"].to_pylist(), strict=True))


def _units(rows: list[tuple[int, str]], *, at_us: int, unit_us: int) -> tuple[EngagedUnit, ...]:
    by_age: dict[int, Counter[str]] = {}
    for when, act in rows:
        by_age.setdefault((at_us - 1 - when) // unit_us, Counter())[act] += 1
    return tuple(
        EngagedUnit(at_us - (age + 1) * unit_us, at_us - age * unit_us, acts.total(), dict(acts.most_common()))
        for age, acts in sorted(by_age.items())
    )
