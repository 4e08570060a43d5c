"""Ranking: how often those who came back were ranked above those who did not, and whether a difference is luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Floats

Flags: TypeAlias = NDArray[np.bool_]

#: Contributions are rounded to this many steps before they are resampled: a thousand resamples of a million people in
#: a second, for an error in the interval of a thousandth of its width.
_STEPS = 4096


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Placements:
    """For each person who came back, the share of the others ranked below them; and the other way round."""

    of_returned: Floats
    of_others: Floats

    @property
    def auc(self) -> float:
        """Chance that somebody who came back is ranked above somebody who did not; a tie counts half."""
        return float(self.of_returned.mean())


def placements(score: Floats, returned: Flags) -> Placements:
    """Where a score places those who returned among the others (DeLong et al. 1988), P people in P log P.

    Examples
    --------
    >>> placements(np.array([3.0, 2.0, 1.0]), np.array([True, False, False])).auc
    1.0
    """
    ranks = rankdata(score)
    above = (ranks[returned] - rankdata(score[returned])) / (~returned).sum()
    below = 1 - (ranks[~returned] - rankdata(score[~returned])) / returned.sum()
    return Placements(above, below)


def auc_gain(ours: Placements, other: Placements) -> float:
    """Ours minus the other, in standard errors (DeLong): no chance in it, for decisions inside a forecast."""
    returned, others = ours.of_returned - other.of_returned, ours.of_others - other.of_others
    error = float(np.sqrt(returned.var() / len(returned) + others.var() / len(others)))
    return (ours.auc - other.auc) / error if error > 0 else 0.0


def auc_interval(ours: Placements, *, rng: np.random.Generator, resamples: int) -> Estimate:
    """AUC with its bootstrap interval."""
    means = _means(ours.of_returned, rng, resamples) + _means(ours.of_others, rng, resamples) - ours.auc
    return _interval(ours.auc, means)


def auc_difference(
    ours: Placements, other: Placements, *, rng: np.random.Generator, resamples: int, level: float = 0.95
) -> Estimate:
    """Ours minus the other, with its paired bootstrap interval: the same people are drawn for both.

    Each resample weighs the placements of both classes (the first-order term of the AUC); what is left out shrinks
    as one over the number of people. tests/reference holds the full resampling.
    """
    value = ours.auc - other.auc
    returned = _means(ours.of_returned - other.of_returned, rng, resamples)
    others = _means(ours.of_others - other.of_others, rng, resamples)
    return _interval(value, returned + others - value, level=level)


def mean_difference(ours: Floats, other: Floats, *, rng: np.random.Generator, resamples: int) -> Estimate:
    """Mean of ours minus mean of the other over the same people, with its paired bootstrap interval."""
    return _interval(float((ours - other).mean()), _means(ours - other, rng, resamples))


def _means(values: Floats, rng: np.random.Generator, resamples: int) -> Floats:
    """Means of ``values`` in that many resamples of as many people: a multinomial draw over rounded values."""
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return np.full(resamples, low)
    step = (high - low) / _STEPS
    _, where = np.unique(np.rint((values - low) / step).astype(np.int64), return_inverse=True)
    people = np.bincount(where)
    exact = np.bincount(where, weights=values) / people  # a step's own mean, so that rounding cannot shift the centre
    drawn = rng.multinomial(len(values), people / len(values), size=resamples)
    means: Floats = drawn @ exact / len(values)
    return means


def _interval(value: float, means: Floats, *, level: float = 0.95) -> Estimate:
    tail = (1 - level) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Estimate(value, float(low), float(high))
