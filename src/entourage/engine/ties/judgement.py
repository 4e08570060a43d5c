"""Judgement: predictions set against what happened, beside the baselines, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.errors import NotEnoughData
from entourage.engine.ties.baselines import counted
from entourage.engine.ties.findings import Decile, Difference, Measure
from entourage.engine.ties.ranking import Estimate, auc_difference, auc_interval, mean_difference, placements
from entourage.engine.ties.verdict import Verdict, verdict

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts, Floats
    from entourage.engine.ties.forecast import Forecast
    from entourage.engine.ties.histories import Histories
    from entourage.engine.ties.ranking import Placements

_PIT_BINS = 20
OURS = "closeness"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How each rule did, how ours differs from each, and what follows."""

    measures: tuple[Measure, ...]
    differences: tuple[Difference, ...]
    auc: Estimate
    verdict: Verdict


def judge(
    rules: dict[str, Floats], actual: Counts, people: Histories, *, ahead: int, rng: np.random.Generator, resamples: int
) -> Judgement:
    """Judge ``rules`` (ours is ``closeness``) over P people by what they did.

    Raises
    ------
    NotEnoughData: nobody, or everybody, engaged after the cut: no order can be judged.
    """
    _check(actual)
    counts = {name: counted(name, rule, people, ahead=ahead) for name, rule in rules.items()}
    placed = {name: placements(rule, actual > 0) for name, rule in rules.items()}
    measures = tuple(_measure(name, placed[name], counts[name], actual) for name in rules)
    others = [name for name in rules if name != OURS]
    auc = auc_interval(placed[OURS], rng=rng, resamples=resamples)
    ranks = [(n, auc_difference(placed[OURS], placed[n], rng=rng, resamples=resamples)) for n in others]
    errors = {name: np.abs(count - actual) for name, count in counts.items() if count is not None}
    misses = [
        (name, mean_difference(errors[OURS], errors[name], rng=rng, resamples=resamples))
        for name in others
        if name in errors
    ]
    said = verdict(
        auc, ranks, returned=int((actual > 0).sum()), forecast=float(rules[OURS].sum()), actual=float(actual.sum())
    )
    return Judgement(measures, (*_differences("auc", ranks), *_differences("mae", misses)), auc, said)


def _check(actual: Counts) -> None:
    returned = int((actual > 0).sum())
    if returned in (0, len(actual)):
        came = "nobody" if not returned else "everybody"
        raise NotEnoughData(f"Some people, not all, must engage after the cut. Got {came}; choose another cut.")


def _measure(name: str, placed: Placements, count: Floats | None, actual: Counts) -> Measure:
    if count is None:
        return Measure(name, placed.auc, None, None, float(actual.sum()))
    return Measure(name, placed.auc, float(np.abs(count - actual).mean()), float(count.sum()), float(actual.sum()))


def _differences(measure: str, estimates: list[tuple[str, Estimate]]) -> tuple[Difference, ...]:
    return tuple(Difference(name, measure, one.value, one.low, one.high) for name, one in estimates)


def pit(made: Forecast, actual: Counts, rng: np.random.Generator) -> tuple[float, ...]:
    """Randomised probability integral transform: the share of people in each of 20 bins, flat if well calibrated.

    Counts are few and most are zero, so each person falls at random inside the step that their count makes (Czado,
    Gneiting & Held 2009).
    """
    below, up_to = made.chances.up_to(actual - 1), made.chances.up_to(actual)
    place = below + rng.random(len(actual)) * (up_to - below)
    shares = np.histogram(place, bins=_PIT_BINS, range=(0, 1))[0] / len(actual)
    return tuple(float(share) for share in shares)


def deciles(predicted: Floats, actual: Counts) -> tuple[Decile, ...]:
    """Ten groups of people from the least to the most close; equal predictions are split in order of person."""
    order = np.argsort(predicted, kind="stable")
    return tuple(
        Decile(len(group), float(predicted[group].sum()), float(actual[group].sum()), int((actual[group] > 0).sum()))
        for group in np.array_split(order, 10)
    )
