"""Tones: how a crowd's messages split into positive, neutral and negative, and what that tells of one person.

Each person has shares of their own; those of the crowd follow a Dirichlet distribution, so that a person of few words
is thought to be like the others and a person of many words like themselves. K kinds of people share the same counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import betainc, betaincinv, betaln, digamma, gammaln

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts, Floats

#: What is believed before anybody spoke, and outweighed by a few dozen people: how alike a crowd is (as many messages
#: as tell half of what a person is like), give or take a factor of e; and one message of each sign in all.
ALIKE = 3.0
#: However alike the others are, so many own messages count as much as theirs: the one who is not like them is heard.
HEARD = 12.0
#: However unlike, at least so many of the others' messages stand beside one's own: nobody is all praise or all blame.
BESIDE = 2.0
#: Beyond e^-9 and e^9 a parameter says no more.
BOUNDS = ((-9.0, 9.0),) * 3
START = np.log(np.full(3, ALIKE / 3))
#: Chances of the share of messages with a sign, at which an interval is added up: dense near 0 and 1, where it bends.
_PLACES, _WEIGHTS = (part / 2 for part in np.polynomial.legendre.leggauss(48))
_PLACES = _PLACES + 0.5
_STEPS, _CLOSE = 60, 1e-5


@dataclass(frozen=True, slots=True)
class Tones:
    """A crowd's Dirichlet distribution: parameters for positive, neutral, negative."""

    positive: float
    neutral: float
    negative: float

    @property
    def shape(self) -> Floats:
        """The three parameters as an array."""
        return np.array([self.positive, self.neutral, self.negative])

    @property
    def concentration(self) -> float:
        """How alike people are: so many own messages weigh as much as what is known of the crowd."""
        return self.positive + self.neutral + self.negative

    @property
    def mean(self) -> Floats:
        """The share of each sign that is expected of somebody who has not spoken yet."""
        shares: Floats = self.shape / self.concentration
        return shares

    def after(self, counts: Counts) -> Floats:
        """The parameters of K people with these counts (K x 3: positive, neutral, negative)."""
        after: Floats = self.shape + counts
        return after


def fitted(counts: Counts, people: Counts) -> Tones:
    """Fit the crowd by maximum likelihood, with a belief beforehand that a few dozen people outweigh.

    Parameters
    ----------
    counts : int array, K x 3: positive, neutral and negative messages of one person of each kind
    people : int array, K: how many people are of that kind

    Notes
    -----
    Source: the Dirichlet-multinomial, Mosimann (1962), Biometrika 49. Without the belief beforehand a brand whose
    people spoke once each would have no concentration at all. The concentration is then held between ``BESIDE`` and
    ``HEARD``.

    Examples
    --------
    >>> crowd = fitted(np.array([[8, 1, 1], [0, 2, 8], [5, 5, 0]]), np.array([60, 20, 20]))
    >>> [round(float(share), 1) for share in crowd.mean]
    [0.5, 0.3, 0.2]
    """
    spoken = counts.sum(axis=1) > 0
    counts, weight = counts[spoken], people[spoken].astype(float)
    best = minimize(_loss, START, (counts, weight), jac=True, method="L-BFGS-B", bounds=BOUNDS)
    return heard(np.exp(best.x))


def heard(shape: Floats) -> Tones:
    """The crowd with its concentration held between ``BESIDE`` and ``HEARD``, its mean unchanged."""
    held = np.clip(shape.sum(), BESIDE, HEARD)
    return Tones(*(float(value) for value in shape * held / shape.sum()))


def belief(logs: Floats) -> tuple[float, Floats]:
    """The logarithm of what is believed of a crowd beforehand, and its slope in the logarithms of the parameters."""
    shape: Any = np.exp(logs)
    mean, far = shape / shape.sum(), np.log(shape.sum() / ALIKE)
    return float(np.log(mean).sum() - far**2 / 2), (1 - 3 * mean) - far * mean


def _loss(logs: Floats, counts: Counts, weight: Floats) -> tuple[float, Floats]:
    """Minus the logarithm of the likelihood and of the belief, and its slope."""
    shape: Any = np.exp(logs)
    total, spoken = shape.sum(), counts.sum(axis=1)
    each = (gammaln(shape + counts) - gammaln(shape)).sum(axis=1)
    told = weight @ (each + gammaln(total) - gammaln(total + spoken))
    slope = weight @ (digamma(shape + counts) - digamma(shape))
    slope += weight @ (digamma(total) - digamma(total + spoken))
    worth, turn = belief(logs)
    return -float(told + worth), -(slope * shape + turn)


def expected(after: Floats) -> Floats:
    """Share of positive minus share of negative that is expected of each of K people."""
    value: Floats = (after[:, 0] - after[:, 2]) / after.sum(axis=1)
    return value


def below(after: Floats, edge: Floats) -> Floats:
    """Chance that positive minus negative is at most ``edge``, for each of K people.

    Of the messages with a sign, the positive ones have a share of their own, whatever part of all messages they are:
    so the chance is added up over that part, each time with a beta distribution. At zero it is exact.
    """
    chance: Floats = _chances(after, _signed(after), edge)
    return chance


def interval(after: Floats, *, level: float) -> tuple[Floats, Floats]:
    """Where positive minus negative probably lies, for each of K people: equal chances on both sides."""
    signed = _signed(after)
    tail = (1 - level) / 2
    return _quantile(after, signed, tail), _quantile(after, signed, 1 - tail)


def _signed(after: Floats) -> Floats:
    """The part of messages with a sign, at the chances ``_PLACES``: K x 48."""
    both = after[:, 0] + after[:, 2]
    part: Floats = betaincinv(both[:, None], after[:, 1][:, None], _PLACES)
    return np.maximum(part, 1e-300)


def _chances(after: Floats, signed: Floats, edge: Floats) -> Floats:
    share = np.clip((1 + edge[:, None] / signed) / 2, 0, 1)
    chance: Floats = betainc(after[:, :1], after[:, 2:], share) @ _WEIGHTS
    return chance


def _quantile(after: Floats, signed: Floats, chance: float) -> Floats:
    """The edge below which so much chance lies: Newton's steps from a beta's, halving where they leave the bracket."""
    edge = _guess(after, chance)
    low, high = np.full(len(edge), -1.0), np.ones(len(edge))
    busy = np.arange(len(edge))
    for _ in range(_STEPS):
        at = edge[busy]
        surplus = _chances(after[busy], signed[busy], at) - chance
        low[busy] = np.where(surplus < 0, at, low[busy])
        high[busy] = np.where(surplus < 0, high[busy], at)
        step = at - surplus / np.maximum(_density(after[busy], signed[busy], at), 1e-12)
        inside = (step > low[busy]) & (step < high[busy])
        edge[busy] = np.where(inside, step, (low[busy] + high[busy]) / 2)
        moved = np.abs(edge[busy] - at) > _CLOSE
        if not (busy := busy[moved]).size:
            break
    return edge


def _density(after: Floats, signed: Floats, edge: Floats) -> Floats:
    """How fast ``_chances`` rises with the edge."""
    positive, negative = after[:, :1], after[:, 2:]
    share = (1 + edge[:, None] / signed) / 2
    inside = (share > 0) & (share < 1)
    safe = np.where(inside, share, 0.5)
    logs = (positive - 1) * np.log(safe) + (negative - 1) * np.log1p(-safe) - betaln(positive, negative)
    density: Floats = np.where(inside, np.exp(logs) / (2 * signed), 0.0) @ _WEIGHTS
    return density


def _guess(after: Floats, chance: float) -> Floats:
    """The quantile of the beta distribution with the same mean and variance, stretched to -1 .. 1."""
    total, mean = after.sum(axis=1), expected(after)
    spread = ((after[:, 0] + after[:, 2]) / total - mean**2) / (total + 1)
    middle = (1 + mean) / 2
    size = np.maximum(4 * middle * (1 - middle) / spread - 1, 1e-3)
    edge: Floats = 2 * betaincinv(middle * size, (1 - middle) * size, chance) - 1
    return np.clip(edge, -1 + 1e-9, 1 - 1e-9)
