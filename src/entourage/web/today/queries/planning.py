"""A plan for the minutes one has: promises first, then what is worth most a minute.

Plain numbers, so that a page can make it: no request loads the engine.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do: how many minutes it takes, what it is worth, and in how many minutes its promise ends.

    ``due`` is infinite where nothing is promised, and negative where the promise has ended. What is ``early``
    may not wait until its end is near: it stands with the promises that have ended.
    """

    minutes: float
    worth: float
    due: float = math.inf
    early: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Which jobs to do, in this order: their places, when each is done (minutes from now), which end in time.

    One job may be longer than the minutes one has: it then stands alone.
    """

    order: tuple[int, ...]
    done: tuple[float, ...]
    kept: tuple[bool, ...]

    @property
    def minutes(self) -> float:
        """How long it all takes."""
        return self.done[-1] if self.done else 0.0


def plan(jobs: Sequence[Job], *, budget: float) -> Plan:
    """Choose what to do in the minutes one has, and in which order.

    Promises that end within these minutes come first, as many of them as can be kept, the earliest end first. Then
    what is promised and late already or early, then all the rest, each by its worth per minute, as long as it fits.

    Source: Hodgson's rule (Moore 1968), the fewest late jobs on one machine; the rest by Dantzig's rule (1957), within
    one job of the best filling. docs/methods/today.md

    >>> ours = plan([Job(5, 1, 10), Job(5, 9), Job(2, 1), Job(4, 4, -60)], budget=15)
    >>> ours.order, ours.kept
    ((0, 3, 1), (True, False, False))
    """
    chosen = _most_kept(jobs, budget)
    taken, clock = set(chosen), sum(jobs[place].minutes for place in chosen)
    rest = sorted(
        (place for place in range(len(jobs)) if place not in taken), key=lambda place: _rank(jobs[place], budget)
    )
    for place in rest:
        if clock + jobs[place].minutes <= budget:
            chosen.append(place)
            clock += jobs[place].minutes
    if not chosen and rest:
        chosen = rest[:1]
    done, clock = [], 0.0
    for place in chosen:
        clock += jobs[place].minutes
        done.append(clock)
    kept = tuple(at <= jobs[place].due < math.inf for place, at in zip(chosen, done, strict=True))
    return Plan(tuple(chosen), tuple(done), kept)


def _rank(job: Job, budget: float) -> tuple[bool, float]:
    return job.due > budget and not job.early, -job.worth / job.minutes


def _most_kept(jobs: Sequence[Job], budget: float) -> list[int]:
    """Hodgson's rule: take them by their ends; when one comes too late, the longest so far gives way."""
    urgent = sorted(
        (place for place, job in enumerate(jobs) if 0 <= job.due <= budget), key=lambda place: jobs[place].due
    )
    taken: list[tuple[float, int]] = []  # a heap, the longest first
    clock = 0.0
    for place in urgent:
        heapq.heappush(taken, (-jobs[place].minutes, place))
        clock += jobs[place].minutes
        if clock > jobs[place].due:
            clock += heapq.heappop(taken)[0]
    return sorted((place for _, place in taken), key=lambda place: (jobs[place].due, place))
