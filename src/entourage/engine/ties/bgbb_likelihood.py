"""The likelihood of BG/BB and its slope, in a form that stays inside the doubles at any n.

Of each group the likelihood is an alive term plus one term for each opportunity after which they may have left. The
products of beta functions overflow at n of a few hundred, so the death terms are summed backwards, each relative to
the alive term.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from scipy.special import betaln, gammaln, psi

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts, Floats

#: Rescale before a sum of relative death terms leaves the doubles; at n = 1200 it passes 1e300.
_HUGE = 1e200


def alive(shape: Floats, x: Counts, t_x: Counts, n: Counts) -> Floats:
    """Chance that each of G groups is alive after n opportunities; ``shape`` is alpha, beta, gamma, delta."""
    chance = np.empty(len(x))
    _alive_kernel(shape, x, t_x, n, chance)
    return chance


@dataclass(frozen=True, slots=True)
class Likelihood:
    """G groups sorted by x, n and falling t_x, and how many people have each x, each n - x and each n."""

    x: Counts
    t_x: Counts
    n: Counts
    people: Floats
    by_x: Floats
    by_rest: Floats
    by_n: Floats

    @classmethod
    def of(cls, x: Counts, t_x: Counts, n: Counts, people: Floats) -> Likelihood:
        """Sort the groups, so that one backward sum serves all of equal x and n."""
        order = np.lexsort((-t_x, n, x))
        x, t_x, n, people = x[order], t_x[order], n[order], people[order]
        by_x, by_rest, by_n = (np.bincount(column, weights=people).astype(np.float64) for column in (x, n - x, n))
        return cls(x, t_x, n, people, by_x, by_rest, by_n)

    def loss(self, logs: Floats) -> tuple[float, Floats]:
        """Minus the mean log-likelihood at the logs of the parameters, and its slope."""
        shape, slope = np.exp(logs), np.zeros(4)
        value = _deaths_kernel(shape, self.x, self.t_x, self.n, self.people, slope) + self._alive_terms(shape)
        total = float(self.by_n.sum())
        return -value / total, -(slope + self._alive_slope(shape)) * shape / total

    def _alive_terms(self, shape: Floats) -> float:
        a, b, g, d = (float(value) for value in shape)
        age = np.arange(len(self.by_n))
        each = gammaln(d + age) - gammaln(a + b + age) - gammaln(g + d + age) + gammaln(g) - betaln(a, b) - betaln(g, d)
        engaged = (self.by_x * gammaln(a + np.arange(len(self.by_x)))).sum()
        rested = (self.by_rest * gammaln(b + np.arange(len(self.by_rest)))).sum()
        return float((self.by_n * each).sum() + engaged + rested)

    def _alive_slope(self, shape: Floats) -> Floats:
        a, b, g, d = (float(value) for value in shape)
        age, total = np.arange(len(self.by_n)), self.by_n.sum()
        either = (self.by_n * psi(a + b + age)).sum() - total * psi(a + b)
        ending = (self.by_n * psi(g + d + age)).sum() - total * psi(g + d)
        engaged = (self.by_x * psi(a + np.arange(len(self.by_x)))).sum() - total * psi(a)
        rested = (self.by_rest * psi(b + np.arange(len(self.by_rest)))).sum() - total * psi(b)
        staying = (self.by_n * psi(d + age)).sum() - total * psi(d)
        return np.array([engaged - either, rested - either, -ending, staying - ending])


@njit(cache=True, nogil=True)
def _alive_kernel(shape, x, t_x, n, chance):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    # Cost: the sum of n - t_x over the groups.
    a, b, g, d = shape
    for i in range(len(x)):
        one, total, k = 1.0, 0.0, n[i] - 1
        term = (a + b + k) / (b + k - x[i]) * g / (d + k) if k >= t_x[i] else 0.0
        while k >= t_x[i]:
            total += term
            if total > _HUGE:
                one, total, term = one / _HUGE, total / _HUGE, term / _HUGE
            if k > x[i]:
                term *= (a + b + k - 1) / (b + k - 1 - x[i]) * (g + d + k) / (d + k - 1)
            k -= 1
        chance[i] = one / (one + total)


@njit(cache=True, nogil=True)
def _deaths_kernel(shape, x, t_x, n, people, slope):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202, PLR0917 - six arrays, as style.md allows a kernel
    # Cost: the sum of n - t_x over distinct (x, n). l* are the slopes of the log of a term, s* of the whole sum.
    a, b, g, d = shape
    value = 0.0
    one, total, term, scale, k = 1.0, 0.0, 0.0, 0.0, -1
    la, lb, lg, ld, sa, sb, sg, sd = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(len(x)):
        if i == 0 or x[i] != x[i - 1] or n[i] != n[i - 1]:
            one, total, term, scale, k = 1.0, 0.0, 0.0, 0.0, n[i] - 1
            sa, sb, sg, sd = 0.0, 0.0, 0.0, 0.0
            if k >= x[i]:
                term = (a + b + k) / (b + k - x[i]) * g / (d + k)
                la, lg, ld = 1 / (a + b + k), 1 / g, -1 / (d + k)
                lb = la - 1 / (b + k - x[i])
        while k >= t_x[i]:
            total += term
            sa, sb, sg, sd = sa + term * la, sb + term * lb, sg + term * lg, sd + term * ld
            if total > _HUGE:
                one, total, term, scale = one / _HUGE, total / _HUGE, term / _HUGE, scale + np.log(_HUGE)
                sa, sb, sg, sd = sa / _HUGE, sb / _HUGE, sg / _HUGE, sd / _HUGE
            if k > x[i]:
                either, rested = 1 / (a + b + k - 1), 1 / (b + k - 1 - x[i])
                ending, staying = 1 / (g + d + k), 1 / (d + k - 1)
                term *= rested / either * staying / ending
                la, lb, lg, ld = la + either, lb + either - rested, lg + ending, ld + ending - staying
            k -= 1
        value += people[i] * (np.log(one + total) + scale)
        share = people[i] / (one + total)
        slope[0] += share * sa
        slope[1] += share * sb
        slope[2] += share * sg
        slope[3] += share * sd
    return value
