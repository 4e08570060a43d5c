"""Chances: how many engaged units may come, as a distribution for each person, kept small by sharing its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
Counts: TypeAlias = NDArray[np.integer[Any]]


def urn(a: Floats, b: Floats, trials: Floats) -> Floats:
    """Chance of 0 .. h successes from a Polya urn whose number of trials is itself uncertain, R x (h + 1).

    After j trials with c successes, the next succeeds with (a + c) / (a + b + j): a beta-binomial without one gamma
    function, exact for any a and b.

    Parameters
    ----------
    a, b : float arrays, R: the beta distribution of the chance of success
    trials : float array, R x (h + 1): the chance of 0 .. h trials
    """
    most = trials.shape[1] - 1
    top, bottom, done = a[:, None], (a + b)[:, None], np.arange(most + 1)
    drawn = np.zeros_like(trials)
    drawn[:, 0] = 1.0
    total = trials[:, :1] * drawn
    for j in range(most):
        up = drawn * (top + done) / (bottom + j)
        drawn = drawn - up
        drawn[:, 1:] += up[:, :-1]
        total += trials[:, j + 1 : j + 2] * drawn
    return total


@dataclass(frozen=True, slots=True)
class Chances:
    """For each of P people: nothing with chance 1 - ``alive``, else a row of ``table``.

    ``table`` holds R cumulative distributions over 0 .. h engaged units; G groups of people share a ``row`` and a
    chance of being ``alive``; ``group`` says to which each person belongs.
    """

    table: Floats
    row: Counts
    alive: Floats
    group: Counts

    def quantile(self, chance: float) -> Floats:
        """The fewest engaged units that ``chance`` of the distribution does not exceed, P."""
        steps = np.zeros(len(self.row))
        for count in range(self.table.shape[1] - 1):
            steps += 1.0 - self.alive * (1.0 - self.table[self.row, count]) < chance - 1e-12
        return steps[self.group]

    def up_to(self, count: Counts) -> Floats:
        """Chance of at most ``count`` engaged units, P; zero below zero."""
        within = self.table[self.row[self.group], np.clip(count, 0, self.table.shape[1] - 1)]
        share: Floats = np.where(count < 0, 0.0, 1.0 - self.alive[self.group] * (1.0 - within))
        return share
