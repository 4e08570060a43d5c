"""A hazard that learns from the log's last days: who engages in a unit, by depth, frequency and the time since.

BG/BB believes that chances never change, so one explosive week makes it promise a crowd that has already gone. This
model asks instead what people who looked like this did *lately*: it looks back from several moments inside the log,
all before ``at``, and fits one logistic curve on what followed. Ours; measured in docs/methods/closeness.md.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from entourage.engine.errors import NotEnoughData
from entourage.engine.ties.chances import Chances, Counts, Floats, urn
from entourage.engine.ties.histories import Cells, Past

#: Moments to look back from, as shares of the horizon: near ones know today's level, far ones how people fade.
_LOOKS = (1 / 8, 1 / 4, 1 / 2, 1)
#: A look back needs this many people to compare.
_PEOPLE = 50
#: A weak pull towards zero keeps a coefficient finite where every group behaves alike; below one act's worth of data.
_RIDGE = 1e-2
_LEVELS = 1024


@dataclass(frozen=True, slots=True)
class Hazard:
    """A fitted curve: log odds of engaging in a unit = ``coefficients`` . (1, frequency, depth, time since)."""

    coefficients: Floats
    #: How alike a person's units are (0 independent, 1 all or nothing): the width of the intervals.
    likeness: float

    def expected(self, past: Past, *, ahead: int) -> Floats:
        """Expected engaged units in the next ``ahead``, P."""
        steady = _dot(features(past, 0.0)[:, :-1], self.coefficients[:-1])
        total = np.zeros(len(steady))
        for first, last in slices(ahead):
            # Of what the curve reads only the time since moves with the lead, and it has few values.
            fading = self.coefficients[-1] * np.log1p(np.arange(past.gap.max(initial=0) + 1) + (first + last) / 2)
            total += (last - first) * _odds(steady + fading[past.gap])
        return total

    def chances(self, expected: Floats, *, ahead: int) -> Chances:
        """Beta-binomial chances with these means: rows on a grid fine enough that no integer quantile moves."""
        odds = np.log(np.clip(expected / ahead, 1e-9, 1 - 1e-9))
        grid = np.linspace(odds.min(), odds.max() + 1e-9, _LEVELS)
        row = np.rint((odds - grid[0]) / (grid[1] - grid[0])).astype(np.int64)
        share, size = np.exp(grid), (1 - self.likeness) / self.likeness
        certain = np.zeros((_LEVELS, ahead + 1))
        certain[:, -1] = 1.0
        table = np.cumsum(urn(share * size, (1 - share) * size, certain), axis=1)
        return Chances(table, np.arange(_LEVELS), np.ones(_LEVELS), row)


@dataclass(frozen=True, slots=True)
class _Trials:
    """Groups of people alike: their features, in how many units they engaged, out of how many, and what that counts."""

    features: Floats
    engaged: Floats
    trials: Floats
    weight: Floats


def levelled(expected: Floats, *, ahead: int, total: float) -> Floats:
    """The same order with another total: the log odds of everybody's share move by one amount."""
    share = np.clip(expected / ahead, 1e-9, 1 - 1e-9)
    log_odds = np.log(share) - np.log1p(-share)
    shift = brentq(lambda by: float(_odds(log_odds + by).sum()) * ahead - total, -30.0, 30.0, xtol=1e-7)
    return ahead * _odds(log_odds + shift)


def slices(ahead: int) -> list[tuple[int, int]]:
    """The horizon in slices that grow with distance, as (first, last) units.

    Examples
    --------
    >>> slices(13)
    [(0, 2), (2, 3), (3, 6), (6, 13)]
    """
    edges = [0, *sorted({max(1, round(ahead * look)) for look in _LOOKS})]
    return list(itertools.pairwise(edges))


def features(past: Past, lead: float) -> Floats:
    """What the curve reads of P people, ``lead`` units after the moment of their past: P x 4.

    Time since first seen is left out on purpose: in one log it only says who arrived with the crowd, and it turns
    round as soon as the crowd leaves.
    """
    ones = np.ones(len(past.x))
    return np.column_stack([ones, np.log1p(past.x), np.log(past.depth), np.log1p(past.gap + lead)])


def hazard(cells: Cells, *, ahead: int, back: int = 0) -> Hazard:
    """Fit the curve on what happened in the ``ahead`` units before ``back`` units ago.

    Raises
    ------
    NotEnoughData: the log is too young for a look back, or nobody engaged after one.
    """
    groups = [group for _, look in slices(ahead) for group in _groups(cells, look, ahead=ahead, back=back)]
    if not groups or not sum(group.engaged.sum() for group in groups):
        raise NotEnoughData("The log must reach back beyond the horizon. Got a younger one; ask a shorter horizon.")
    stacked = _Trials(*(np.concatenate(parts) for parts in zip(*map(_parts, groups), strict=True)))
    coefficients = _fit(stacked)
    return Hazard(coefficients, _likeness(cells, coefficients, ahead=ahead, back=back))


def _parts(group: _Trials) -> tuple[Floats, Floats, Floats, Floats]:
    return group.features, group.engaged, group.trials, group.weight


def _groups(cells: Cells, look: int, *, ahead: int, back: int) -> list[_Trials]:
    """People as they stood at one look, and what they did in each later slice; a near slice counts more than a far one.

    Empty where too few people had been seen by then.
    """
    past, whose = cells.at(back + look)
    if len(whose) < _PEOPLE:
        return []
    alike, where, people = _alike(past)
    inside = [(first, last) for first, last in slices(ahead) if last <= look]
    later = [cells.engaged(since=back + last, until=back + first)[whose] for first, last in inside]
    near = slices(ahead)[0][1]
    return [
        _Trials(
            features=features(alike, look - (first + last) / 2),
            engaged=np.bincount(where, weights=engaged, minlength=len(people)).astype(np.float64),
            trials=people * float(last - first),
            weight=np.full(len(people), near / (2 * back + first + last)),
        )
        for (first, last), engaged in zip(inside, later, strict=True)
    ]


def _alike(past: Past) -> tuple[Past, Counts, Counts]:
    """People whom the curve cannot tell apart, to which of them each person belongs, and how many share them."""
    gaps, most = int(past.gap.max()) + 1, int(past.acts.max()) + 1
    keys, where, people = np.unique(
        (past.x * gaps + past.gap) * most + past.acts, return_inverse=True, return_counts=True
    )
    rest, acts = np.divmod(keys, most)
    x, gap = np.divmod(rest, gaps)
    return Past(x=x, t_x=np.zeros_like(x), n=gap, acts=acts), where, people


def _fit(groups: _Trials, *, steps: int = 60) -> Floats:
    """Weighted binomial regression by Newton's method, each step halved until it climbs."""
    curve = np.zeros(groups.features.shape[1])
    curve[0] = np.log(((groups.weight * groups.engaged).sum() + 0.5) / (groups.weight * groups.trials).sum())
    pull = _RIDGE * np.eye(len(curve))
    for _ in range(steps):
        share = _odds(_dot(groups.features, curve))
        residual = groups.weight * (groups.engaged - groups.trials * share)
        bend = groups.weight * groups.trials * share * (1 - share)
        slope = np.einsum("gf,g->f", groups.features, residual) - pull @ curve * (np.arange(len(curve)) > 0)
        curvature = np.einsum("gf,gh->fh", groups.features * bend[:, None], groups.features)
        step = np.linalg.solve(curvature + pull, slope)
        # A full step can jump over the top and back for ever; half of it, and half again, cannot.
        while _value(groups, curve + step) < _value(groups, curve) and np.abs(step).max() >= 1e-8:
            step /= 2
        curve += step
        if np.abs(step).max() < 1e-8:
            break
    return curve


def _value(groups: _Trials, curve: Floats) -> float:
    """The log likelihood that ``_fit`` climbs, with its pull."""
    odds = _dot(groups.features, curve)
    likely = (groups.weight * (groups.engaged * odds - groups.trials * np.logaddexp(0, odds))).sum()
    return float(likely - _RIDGE / 2 * (curve[1:] ** 2).sum())


def _likeness(cells: Cells, coefficients: Floats, *, ahead: int, back: int) -> float:
    """By moments: how much wider the outcomes of the last horizon spread than independent units would."""
    past, whose = cells.at(back + ahead)
    if ahead == 1 or len(whose) < _PEOPLE:
        return 0.1
    expected = Hazard(coefficients, 0.1).expected(past, ahead=ahead)
    share = expected / ahead
    spread = ((cells.engaged(since=back + ahead, until=back)[whose] - expected) ** 2).sum()
    return float(np.clip((spread / (expected * (1 - share)).sum() - 1) / (ahead - 1), 1e-3, 0.9))


def _dot(rows: Floats, curve: Floats) -> Floats:
    """Rows times curve without the linear algebra library, whose threads fight over a busy machine's cores."""
    product: Floats = np.einsum("gf,f->g", rows, curve)
    return product


def _odds(log_odds: Floats) -> Floats:
    share: Floats = 1 / (1 + np.exp(-log_odds))
    return share
