"""BG/BB: how often people come back, and whether they are still there, from three counts a person.

Each opportunity (a week, an hour) since a person was first seen is a coin that they toss while they are *alive*: it
comes up *engaged* with their own chance, and after each opportunity they may leave for good with their own chance. Both
chances differ between people by a beta distribution. Source: Fader, Hardie & Shang (2010), Marketing Science 29(6).

Letters as in the paper: ``x`` engaged opportunities after the first, ``t_x`` the last of them, ``n`` opportunities
since the first. G groups of people share the same three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.ties.bgbb_likelihood import Likelihood, alive
from entourage.engine.ties.chances import Counts, Floats, urn

#: Parameters are searched between e^-7 and e^9: beyond, a beta distribution is a point and its value says nothing.
_BOUNDS = ((-7.0, 9.0),) * 4
#: Tight enough that the published parameters come out to their last printed digit.
_STOP: Any = {"ftol": 1e-13, "gtol": 1e-8}


@dataclass(frozen=True, slots=True)
class BgBb:
    """A fitted model: beta(alpha, beta) for engaging, beta(gamma, delta) for leaving."""

    alpha: float
    beta: float
    gamma: float
    delta: float
    log_likelihood: float
    people: float

    @property
    def parameters(self) -> Floats:
        """Alpha, beta, gamma, delta as an array."""
        return np.array([self.alpha, self.beta, self.gamma, self.delta])

    def alive(self, x: Counts, t_x: Counts, n: Counts) -> Floats:
        """Chance that each of G groups has not left yet, seen from the end of the last opportunity."""
        return alive(self.parameters, x, t_x, n)

    def expected(self, x: Counts, t_x: Counts, n: Counts, *, ahead: int) -> Floats:
        """Expected engaged opportunities in the next ``ahead``, for each of G groups."""
        expected: Floats = self.alive(x, t_x, n) * self.expected_alive(x, n, ahead=ahead)
        return expected

    def expected_alive(self, x: Counts, n: Counts, *, ahead: int) -> Floats:
        """The same for people known to be alive: a sum of survivals, for the closed form is singular at gamma = 1."""
        lengths, where = np.unique(n, return_inverse=True)
        survived = self.survivals(lengths, ahead=ahead)[:, 1:].sum(axis=1)[where]
        rate: Floats = (self.alpha + x) / (self.alpha + self.beta + n)
        expected: Floats = rate * survived
        return expected

    def survivals(self, n: Counts, *, ahead: int) -> Floats:
        """Chance of living through 0, 1 .. ``ahead`` more opportunities, G x (ahead + 1), given alive after n."""
        age = n[:, None] + np.arange(ahead)
        steps = (self.delta + age) / (self.gamma + self.delta + age)
        return np.hstack([np.ones((len(n), 1)), np.cumprod(steps, axis=1)])

    def chances_alive(self, x: Counts, n: Counts, *, ahead: int) -> Floats:
        """Chance of 0 .. ``ahead`` engaged opportunities, G x (ahead + 1), given alive after n."""
        lived = self.survivals(n, ahead=ahead)
        ended = np.hstack([lived[:, :-1] - lived[:, 1:], lived[:, -1:]])
        return urn(self.alpha + x, self.beta + n - x, ended)


def fitted(
    x: Counts, t_x: Counts, n: Counts, *, weight: Counts | Floats | None = None, start: BgBb | None = None
) -> BgBb:
    """Fit BG/BB by maximum likelihood on G groups of people.

    Parameters
    ----------
    x, t_x, n : int arrays, G: 0 <= x <= t_x <= n
    weight : array, G: how many people share the group; one each where it is not given
    start : where the search begins; a model of nearly the same people saves most of its steps

    Raises
    ------
    InvalidInput: the counts contradict each other. NotEnoughData: nobody ever came back.

    Notes
    -----
    Source: Fader, Hardie & Shang (2010), eq. 7. Death terms are summed backwards relative to the alive term, because
    products of beta functions leave the doubles at n of a few hundred.

    Examples
    --------
    >>> x, t_x, n = np.array([0, 1, 1, 3]), np.array([0, 2, 6, 5]), np.array([6, 6, 6, 6])
    >>> model = fitted(x, t_x, n, weight=np.array([60, 20, 10, 10]))
    >>> bool(model.alive(x, t_x, n)[2] > model.alive(x, t_x, n)[1])
    True
    """
    x, t_x, n = (np.asarray(column, dtype=np.int64) for column in (x, t_x, n))
    people = np.ones(len(x)) if weight is None else np.asarray(weight, dtype=np.float64)
    _check(x, t_x, n, people)
    likelihood = Likelihood.of(x, t_x, n, people)
    loss: Any = likelihood.loss
    begin: Any = np.zeros(4) if start is None else np.log(start.parameters)
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=_BOUNDS, options=_STOP)
    alpha, beta, gamma, delta = (float(value) for value in np.exp(best.x))
    total = float(people.sum())
    return BgBb(alpha, beta, gamma, delta, log_likelihood=-float(best.fun) * total, people=total)


def _check(x: Counts, t_x: Counts, n: Counts, people: Floats) -> None:
    if not ((x >= 0) & (x <= t_x) & (t_x <= n)).all():
        wrong = int(np.flatnonzero(~((x >= 0) & (x <= t_x) & (t_x <= n)))[0])
        came = f"x {x[wrong]}, t_x {t_x[wrong]}, n {n[wrong]} in group {wrong}"
        raise InvalidInput(f"`x`, `t_x` and `n` must be 0 <= x <= t_x <= n. Got {came}; count the units again.")
    if not (x * people).sum() > 0:
        raise NotEnoughData("`x` must be above zero for somebody. Got nobody who came back; wait for more acts.")
