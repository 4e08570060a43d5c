"""The forecast behind closeness: BG/BB, or the hazard where it proved better on the log's own recent past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from entourage.engine.errors import NotEnoughData
from entourage.engine.ties.bgbb import BgBb, fitted
from entourage.engine.ties.chances import Chances, Counts, Floats
from entourage.engine.ties.hazard import hazard, levelled, slices
from entourage.engine.ties.ranking import auc_gain, placements

if TYPE_CHECKING:
    from entourage.engine.ties.histories import Cells, Past

Model: TypeAlias = Literal["auto", "bgbb", "hazard", "hazard_order"]
MODELS = ("auto", "bgbb", "hazard", "hazard_order")

#: Below fifty people who came back the four parameters are guesses: their likelihood is flat in every direction.
RETURNED = 50
#: A hidden stretch judges between the models only if so many people came back in it.
_JUDGES = 100
#: A table of that many cells per person is still cheaper than sorting the people.
_DENSE = 4
#: In standard errors: 95 % certain.
_CERTAIN = 1.96


@dataclass(frozen=True, slots=True)
class Forecast:
    """For P people: expected engaged units, by the chosen model and by BG/BB; chance of being alive; of each count."""

    model: str
    expected: Floats
    plain: Floats
    alive: Floats
    chances: Chances
    bgbb: BgBb


@dataclass(frozen=True, slots=True)
class _Groups:
    """People who share x, t_x and n are computed once."""

    x: Counts
    t_x: Counts
    n: Counts
    people: Counts
    where: Counts

    @classmethod
    def of(cls, past: Past) -> _Groups:
        size = int(past.n.max()) + 1
        keys, where, people = _shared((past.x * size + past.n) * size + past.t_x)
        rest, t_x = np.divmod(keys, size)
        x, n = np.divmod(rest, size)
        return cls(x, t_x, n, people, where)


def _shared(key: Counts) -> tuple[Counts, Counts, Counts]:
    """The distinct keys, which of them each person has, and how many people have each."""
    if key.max() > _DENSE * len(key):
        return np.unique(key, return_inverse=True, return_counts=True)
    # So few keys are counted in a table of all that could be: no sort.
    people = np.bincount(key)
    keys = np.flatnonzero(people)
    place = np.zeros(len(people), dtype=np.int64)
    place[keys] = np.arange(len(keys))
    return keys, place[key], people[keys]


def forecast(past: Past, *, ahead: int, cells: Cells | None = None, model: Model = "auto") -> Forecast:
    """Forecast the next ``ahead`` units of P people.

    Parameters
    ----------
    past : what each did so far
    cells : the engaged units of a sample of them, for the hazard; without it BG/BB forecasts
    model : "auto" keeps the hazard, or its order, only where that wins (``preferred``)

    Raises
    ------
    NotEnoughData: fewer than fifty people came back at least once.
    """
    if past.returned < RETURNED:
        came = f"{past.returned} of {len(past.x)}"
        raise NotEnoughData(
            f"`log` must hold at least {RETURNED} people who came back in a later unit. Got {came}; "
            "import a longer past or ask in shorter units."
        )
    ours = _bgbb_forecast(past, ahead=ahead)
    if cells is None or model == "bgbb":
        return ours
    chosen = preferred(cells, ahead=ahead, start=ours.bgbb) if model == "auto" else model
    if chosen == "bgbb":
        return ours
    curve = hazard(cells, ahead=ahead)
    expected = curve.expected(past, ahead=ahead)
    if chosen == "hazard_order":
        expected = levelled(expected, ahead=ahead, total=float(ours.expected.sum()))
    return Forecast(chosen, expected, ours.expected, ours.alive, curve.chances(expected, ahead=ahead), ours.bgbb)


def preferred(cells: Cells, *, ahead: int, start: BgBb | None = None) -> str:
    """Which model to believe, by hidden stretches of the log itself: "bgbb", "hazard" or "hazard_order".

    The stretches are the last eighth of a horizon, quarter, half, and a whole one, where a hundred people came back.
    The hazard must rank them better: its gain in AUC, averaged over the stretches, above 1.96 standard errors (an
    average, not a sum: they overlap). Where it makes the latest stretch less likely, only its order is kept, with
    BG/BB's total.
    """
    trials = [trial for _, stretch in slices(ahead) if (trial := _trial(cells, stretch, start)) is not None]
    if not trials or sum(trial.gain for trial in trials) / len(trials) <= _CERTAIN:
        return "bgbb"
    return "hazard" if trials[0].likelier else "hazard_order"


@dataclass(frozen=True, slots=True)
class _Trial:
    """The hazard against BG/BB on one hidden stretch: gain in AUC in standard errors; is the outcome likelier?"""

    gain: float
    likelier: bool


def _trial(cells: Cells, stretch: int, start: BgBb | None) -> _Trial | None:
    """None where the stretch cannot tell: too few came back before it or in it, or the log is too young."""
    past, whose = cells.at(stretch)
    engaged = cells.engaged(since=stretch, until=0)[whose]
    returned = engaged > 0
    if past.returned < RETURNED or returned.sum() < _JUDGES or returned.all():
        return None
    try:
        ours = hazard(cells, ahead=stretch, back=stretch).expected(past, ahead=stretch)
    except NotEnoughData:
        return None
    theirs = _bgbb_expected(past, ahead=stretch, start=start)
    gain = auc_gain(placements(ours, returned), placements(theirs, returned))
    return _Trial(gain, _likelihood(ours, engaged, stretch) >= _likelihood(theirs, engaged, stretch))


def _likelihood(expected: Floats, engaged: Counts, trials: int) -> float:
    share = np.clip(expected / trials, 1e-9, 1 - 1e-9)
    return float((engaged * np.log(share) + (trials - engaged) * np.log1p(-share)).sum())


def _bgbb_expected(past: Past, *, ahead: int, start: BgBb | None) -> Floats:
    groups = _Groups.of(past)
    model = fitted(groups.x, groups.t_x, groups.n, weight=groups.people, start=start)
    expected: Floats = model.expected(groups.x, groups.t_x, groups.n, ahead=ahead)[groups.where]
    return expected


def _bgbb_forecast(past: Past, *, ahead: int) -> Forecast:
    groups = _Groups.of(past)
    model = fitted(groups.x, groups.t_x, groups.n, weight=groups.people)
    alive = model.alive(groups.x, groups.t_x, groups.n)
    expected = (alive * model.expected_alive(groups.x, groups.n, ahead=ahead))[groups.where]
    chances = _bgbb_chances(model, groups, alive, ahead)
    return Forecast("bgbb", expected, expected, alive[groups.where], chances, model)


def _bgbb_chances(model: BgBb, groups: _Groups, alive: Floats, ahead: int) -> Chances:
    size = int(groups.n.max()) + 1
    pairs, row = np.unique(groups.x * size + groups.n, return_inverse=True)
    x, n = np.divmod(pairs, size)
    table = np.cumsum(model.chances_alive(x, n, ahead=ahead), axis=1)
    return Chances(table, row, alive, groups.where)
