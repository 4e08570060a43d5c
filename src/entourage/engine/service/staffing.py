"""Staffing: the hours of the week in which people write and hardly anybody answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.stats import binom

from entourage.engine.errors import InvalidInput
from entourage.engine.proof.intervals import Estimate, share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

DAY_HOURS, WEEK_HOURS = 24, 168
#: Weekdays that are counted together, Monday being 0: an hour of one day alone holds too few messages to say anything.
DAYS = ((0, 1, 2, 3, 4), (5,), (6,))
#: Below this many questions or answers nothing is said: the hours would be those of a few people.
FEWEST = 20
#: Hardly anybody: an hour gets less than a quarter of the answers that it would get if we answered when people write.
HARDLY = 0.25
#: What must be ruled out before an hour is named: that it gets half of the answers due to it, or more.
HALF = 0.5
#: How often, at most, a page that answers when people write is told of such hours (over all stretches of the week).
FALSE_ALARM = 0.05
#: All stretches of whole hours in a day, for each group of days: any of them could have been named.
STRETCHES = len(DAYS) * DAY_HOURS * (DAY_HOURS + 1) // 2
#: One bad evening is no habit: the questions of a stretch must come from so many weeks.
WEEKS = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """From hour ``first`` to hour ``last`` (not included) of each of ``days``: what was asked, what was answered."""

    days: tuple[int, ...]
    first: int
    last: int
    asked: int
    answered: int

    @property
    def hours(self) -> tuple[int, ...]:
        """Its hours of the week, 0 being Monday at midnight."""
        return tuple(day * DAY_HOURS + hour for day in self.days for hour in range(self.first, self.last))


@dataclass(frozen=True, slots=True)
class Staffing:
    """When people write and when they are answered: counts of each of the 168 hours, and the ``gaps`` between the two.

    ``alone`` is the share of all questions that are asked in the gaps, ``then`` the share of all answers that are given
    in them (Wilson, 95 %).
    """

    asked: tuple[int, ...]
    answered: tuple[int, ...]
    gaps: tuple[Gap, ...]
    alone: Estimate
    then: Estimate

    def verdict(self) -> Literal["too_few", "gaps", "covered"]:
        """Whether there are hours to name; none where too little was asked or answered."""
        if min(sum(self.asked), sum(self.answered)) < FEWEST:
            return "too_few"
        return "gaps" if self.gaps else "covered"


def staffing(asked: NDArray[Any], answered: NDArray[Any], *, weeks: NDArray[Any]) -> Staffing:
    """Find the hours of the week in which people write and hardly anybody answers.

    If we were there when people write, each hour of the week would get the same share of our answers as of their
    questions. An hour is named where it gets less than a quarter of that, and where, with its neighbours, chance
    cannot have done it.

    Parameters
    ----------
    asked : int, N questions: the hour of the week of each, 0 being Monday at midnight
    answered : int, M answers: the same
    weeks : int, N: a number of the calendar week in which each was asked

    Returns
    -------
    Staffing

    Raises
    ------
    InvalidInput: an hour lies outside of the week, or ``weeks`` is not as long as ``asked``.

    Notes
    -----
    Source: the conditional test of two Poisson rates, Przyborowski & Wilenski (1940), doi:10.1093/biomet/31.3-4.313.
    Ours: the stretches, their bound (Bonferroni over all that could be named), three weeks. docs/methods/staffing.md

    Examples
    --------
    >>> noon, evening = np.full(100, 12), np.full(60, 20)  # Mondays
    >>> ours = staffing(np.concatenate([noon, evening]), noon, weeks=np.arange(160) % 8)
    >>> [(gap.days, gap.first, gap.last, gap.asked) for gap in ours.gaps], ours.alone.value
    ([((0, 1, 2, 3, 4), 20, 21, 60)], 0.375)
    """
    hours, weeks = _hours(asked, "asked"), np.asarray(weeks)
    if len(weeks) != len(hours):
        raise InvalidInput(f"`weeks` must have one week for each question. Got {len(weeks)} for {len(hours)}.")
    theirs = np.bincount(hours, minlength=WEEK_HOURS)
    ours = np.bincount(_hours(answered, "answered"), minlength=WEEK_HOURS)
    few = min(theirs.sum(), ours.sum()) < FEWEST
    gaps = () if few else tuple(gap for gap in _thin(theirs, ours) if _often(gap, hours, weeks))
    return Staffing(
        asked=tuple(theirs.tolist()),
        answered=tuple(ours.tolist()),
        gaps=gaps,
        alone=share(sum(gap.asked for gap in gaps), int(theirs.sum())),
        then=share(sum(gap.answered for gap in gaps), int(ours.sum())),
    )


def _hours(given: NDArray[Any], name: str) -> Counts:
    hours = np.asarray(given).astype(np.int64)
    if hours.size and not 0 <= hours.min() <= hours.max() < WEEK_HOURS:
        raise InvalidInput(f"`{name}` must be hours of the week, 0 to 167. Got {hours.min()} to {hours.max()}.")
    return hours


def _thin(asked: Counts, answered: Counts) -> list[Gap]:
    """The longest stretches in which no hour gets its answers, as far as chance is ruled out."""
    found = []
    for days in DAYS:
        theirs, mine = (counts.reshape(7, DAY_HOURS)[list(days)].sum(axis=0) for counts in (asked, answered))
        thin = mine * asked.sum() <= HARDLY * theirs * answered.sum()
        for first, last in _runs(thin, theirs):
            gap = Gap(days, first, last, int(theirs[first:last].sum()), int(mine[first:last].sum()))
            if _unlikely(gap, int(asked.sum()), int(answered.sum())):
                found.append(gap)
    return found


def _runs(thin: NDArray[np.bool_], asked: Counts) -> list[tuple[int, int]]:
    """Stretches of thin hours, from the first in which somebody asked to the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], thin.astype(np.int8), [0]])))
    runs = []
    for first, last in edges.reshape(-1, 2).tolist():
        busy = np.flatnonzero(asked[first:last])
        if busy.size:
            runs.append((first + int(busy[0]), first + int(busy[-1]) + 1))
    return runs


def _unlikely(gap: Gap, asked: int, answered: int) -> bool:
    """Whether so few answers would be a wonder if this stretch got half of those due to it."""
    due = HALF * answered
    chance = binom.cdf(gap.answered, gap.answered + gap.asked, due / (due + asked))
    return bool(chance < FALSE_ALARM / STRETCHES)


def _often(gap: Gap, hours: Counts, weeks: NDArray[Any]) -> bool:
    return len(np.unique(weeks[np.isin(hours, gap.hours)])) >= WEEKS
