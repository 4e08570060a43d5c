"""A plan for the minutes one has: promises first, then what is worth most a minute."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in this order: ``order`` (rows of the items), ``done`` (minutes from now at which each is done).

    ``kept`` says which of them end a promise in time; ``minutes`` is the whole. One item may be longer than the
    minutes one has: it then stands alone.
    """

    order: NDArray[np.int64]
    done: NDArray[np.float64]
    kept: NDArray[np.bool_]

    @property
    def minutes(self) -> float:
        """How long it takes."""
        return float(self.done[-1]) if len(self.done) else 0.0


def plan(minutes: Any, value: Any, due: Any, *, budget: float) -> Plan:
    """Choose what to do in the minutes one has, and in which order.

    Promises that end within these minutes come first, as many of them as can be kept, the earliest end first. Then
    what is promised and late already, then all the rest, each by its value per minute, as long as it fits.

    Parameters
    ----------
    minutes : N floats, positive
        How long each item takes.
    value : N floats, not negative
        What it is worth; in any unit, the same for all.
    due : N floats, minutes from now; NaN or infinite where nothing is promised
        When its promise ends; negative where it has ended.
    budget : float
        The minutes one has.

    Returns
    -------
    Plan

    Raises
    ------
    InvalidInput: a length is not positive, a value is negative, or the three do not have the same number of items.

    Notes
    -----
    Source: Moore (1968), Hodgson's rule: the fewest late jobs on one machine. Among the rest, greedy by value per
    minute: within one item of the best filling (Dantzig 1957). docs/methods/today.md

    Examples
    --------
    >>> nothing = float("nan")
    >>> ours = plan([5, 5, 2, 4], [1, 9, 1, 4], [10, nothing, nothing, -60], budget=15)
    >>> ours.order.tolist(), ours.kept.tolist()
    ([0, 3, 1], [True, False, False])
    """
    long, worth, ends = _checked(minutes, value, due, budget)
    urgent = np.flatnonzero((ends >= 0) & (ends <= budget))
    kept = _most_kept(long, ends, urgent)
    late = np.isfinite(ends) & (ends <= budget)
    late[kept] = False
    rest = np.lexsort((np.arange(len(long)), -worth / long, ~late))
    chosen, clock = [*kept], float(long[kept].sum())
    for item in rest.tolist():
        if item not in kept and clock + long[item] <= budget:
            chosen.append(item)
            clock += float(long[item])
    if not chosen and len(long):
        chosen = [int(rest[0])]
    order = np.array(chosen, dtype=np.int64)
    done = np.cumsum(long[order])
    return Plan(order, done, np.isfinite(ends[order]) & (done <= ends[order]))


def _checked(minutes: Any, value: Any, due: Any, budget: float) -> tuple[NDArray[np.float64], ...]:
    long, worth, ends = (np.asarray(each, dtype=np.float64) for each in (minutes, value, due))
    if not len(long) == len(worth) == len(ends):
        raise InvalidInput(
            f"`minutes`, `value` and `due` must have the same number of items. Got {len(long)}, {len(worth)} and "
            f"{len(ends)}."
        )
    if not (long > 0).all():
        raise InvalidInput(f"`minutes` must be positive. Got {long[~(long > 0)][0]:g}; give each item a length.")
    if not (worth >= 0).all():
        raise InvalidInput(f"`value` must not be negative. Got {worth[~(worth >= 0)][0]:g}; leave such items out.")
    if not budget > 0:
        raise InvalidInput(f"`budget` must be positive. Got {budget:g}; say how many minutes you have.")
    return long, worth, ends


def _most_kept(long: NDArray[np.float64], ends: NDArray[np.float64], urgent: NDArray[np.int64]) -> list[int]:
    """Hodgson's rule: take them by their ends; when one comes too late, the longest so far gives way."""
    taken: list[tuple[float, int]] = []  # a heap, the longest first
    clock = 0.0
    for item in urgent[np.argsort(ends[urgent], kind="stable")].tolist():
        heapq.heappush(taken, (-float(long[item]), item))
        clock += float(long[item])
        if clock > ends[item]:
            clock += heapq.heappop(taken)[0]
    return sorted((item for _, item in taken), key=lambda item: (ends[item], item))
