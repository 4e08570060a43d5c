"""The backtest: hide the last horizon, predict it, and compare with what happened and with simpler rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from entourage.engine.errors import InvalidInput
from entourage.engine.log import QUARTER, WEEK, moment_us
from entourage.engine.ties.baselines import baselines, followed, given
from entourage.engine.ties.closeness import bounds, foreseen
from entourage.engine.ties.findings import Backtest
from entourage.engine.ties.histories import cells, engaged, microseconds, opportunities, span
from entourage.engine.ties.judgement import deciles, judge, pit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from entourage.engine.ties.chances import Counts, Floats
    from entourage.engine.ties.forecast import Forecast, Model
    from entourage.engine.ties.histories import Histories


def backtest(
    log: Any,
    *,
    at: datetime | None = None,
    share: float | None = None,
    horizon: timedelta = QUARTER,
    unit: timedelta = WEEK,
    exclude: Sequence[int] = (),
    model: Model = "auto",
    rng: np.random.Generator | None = None,
    resamples: int = 1000,
    predictions: Any = None,
) -> Backtest:
    """Say how last quarter's predictions came out, beside rules that anybody could use.

    Everything after the cut is hidden, closeness is computed as it would have been then, and the hidden horizon
    judges it: did it rank those who came back above those who did not, were the counts right, and did it beat how
    often, how recently and how much people came before.

    Parameters
    ----------
    log : frame, A rows over P people; columns as in ``engine.log``
    at : the cut; or ``share`` (0..1) of the log's span; by default one horizon before the last act
    horizon, unit, exclude, model : as in ``closeness``
    rng : where chance comes from (resampling, randomised PIT); seed 0 if not given
    predictions : frame with ``person`` and ``weeks``; judged instead of ours, by the same test

    Returns
    -------
    Backtest; its ``table``: person, predicted, low, high, p_alive, actual, frequency, recency_frequency, own_past
    (and bgbb where another model predicted).

    Raises
    ------
    InvalidInput: the horizon after the cut is not inside the log; predictions miss somebody.
    NotEnoughData: too few people came back before the cut, or nobody (or everybody) after it.

    Notes
    -----
    Frequency ranks by engaged units after the first and forecasts that the person's rate goes on; recency + frequency
    ranks by the sum of the ranks of the last act and of the frequency; own past repeats the last horizon. AUC,
    paired differences and PIT: docs/methods/backtest.md
    """
    ahead, unit_us = opportunities(horizon, unit), microseconds(unit)
    at_us = _cut(log, at=at, share=share, horizon_us=microseconds(horizon), unit_us=unit_us)
    units = cells(log, at_us=at_us, unit_us=unit_us, exclude=exclude)
    people = units.history(recent=ahead)
    made = foreseen(units, people.past, ahead=ahead, model=model)
    until_us = at_us + ahead * unit_us
    happened = engaged(log, since_us=at_us, until_us=until_us, unit_us=unit_us, exclude=exclude)
    actual, newcomers = followed(people.person, happened)
    ours = made.expected if predictions is None else given(predictions, people.person)
    rules = {"closeness": ours, **baselines(people, made)}
    chance = np.random.default_rng(0) if rng is None else rng
    judged = judge(rules, actual, people, ahead=ahead, rng=chance, resamples=resamples)
    return Backtest(
        at_us=at_us,
        horizon_us=ahead * unit_us,
        unit_us=unit_us,
        opportunities=ahead,
        model=made.model if predictions is None else "given",
        people=len(actual),
        returned=int((actual > 0).sum()),
        newcomers=newcomers,
        measures=judged.measures,
        differences=judged.differences,
        auc_low=judged.auc.low,
        auc_high=judged.auc.high,
        pit=pit(made, actual, chance) if predictions is None else (),
        deciles=deciles(ours, actual),
        verdict=judged.verdict,
        table=_export(people, made, rules, actual, predictions=predictions),
    )


def _cut(log: Any, *, at: datetime | None, share: float | None, horizon_us: int, unit_us: int) -> int:
    """The moment from which all is hidden."""
    if at is not None and share is not None:
        raise InvalidInput(f"`at` or `share` must be given, not both. Got {at.isoformat()} and {share}; drop one.")
    first, last = span(log)
    cut = _chosen(first, last, at=at, share=share, horizon_us=horizon_us)
    if not first < cut <= last + unit_us - horizon_us:
        came = f"{(cut - first) / unit_us:.1f} units before it and {(last - cut) / unit_us:.1f} after it"
        cure = "an earlier cut or a shorter horizon" if cut > first else "a later cut"
        raise InvalidInput(
            f"The cut must leave a past before it and {horizon_us // unit_us} units after it, inside the log. "
            f"Got {came}; choose {cure}."
        )
    return cut


def _chosen(first: int, last: int, *, at: datetime | None, share: float | None, horizon_us: int) -> int:
    if at is not None:
        return moment_us(at)
    if share is None:
        return last + 1 - horizon_us
    if not 0 < share < 1:
        raise InvalidInput(f"`share` must be between 0 and 1. Got {share}; half of the log is share=0.5.")
    return first + int(share * (last - first))


def _export(
    people: Histories, made: Forecast, rules: dict[str, Floats], actual: Counts, *, predictions: Any
) -> pa.Table:
    ours, others = rules["closeness"], {name: rule for name, rule in rules.items() if name != "closeness"}
    low, high = bounds(made) if predictions is None else (np.full(len(actual), np.nan),) * 2
    ahead = {"person": people.person, "predicted": ours, "low": low, "high": high, "p_alive": made.alive}
    return pa.table({**ahead, "actual": actual, **others})
