"""Closeness on a brand whose truth is known, and which shares no model with it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from entourage import WEEK, Backtest, backtest, closeness
from entourage.engine.simulate import simulate
from entourage.engine.ties.closeness import closeness_facts

UNTIL = datetime(2025, 3, 31, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def brand() -> tuple[pa.Table, list[int], pa.Table]:
    """The log, who is not the public, and the truth."""
    made = simulate(people=8000, weeks=78, seed=5, until=UNTIL)
    log = pa.concat_tables(batch.select(["person", "at_us", "act"]) for batch in made.batches())
    truth = made.truth(rehearsals=2)
    public = truth.to_pandas().query("not (staff or bot or elsewhere)").person
    return log, sorted(set(log["person"].to_pylist()) - set(public)), truth


@pytest.fixture(scope="module")
def judged(brand: tuple[pa.Table, list[int], pa.Table]) -> Backtest:
    log, others, _ = brand
    return backtest(log, at=UNTIL - 13 * WEEK, exclude=others)


def test_where_the_hazard_won_on_the_hidden_past_it_wins_on_the_future_too(judged: Backtest) -> None:
    assert judged.model == "hazard"
    gain = next(one for one in judged.differences if (one.baseline, one.measure) == ("bgbb", "auc"))
    assert gain.low > 0
    assert judged.auc_low > 0.8


def test_the_closest_hold_more_of_the_weeks_to_come_than_the_most_frequent(
    brand: tuple[pa.Table, list[int], pa.Table],
) -> None:
    """The truth: what the simulator, living the quarter again with other chances, expects of each person."""
    log, others, truth = brand
    said = closeness(log, at=UNTIL, exclude=others).to_pandas().merge(truth.to_pandas(), on="person")
    ours, often = (np.corrcoef(said[column], said.expected_weeks)[0, 1] for column in ("weeks", "x"))
    assert ours > 0.8 > often
    closest, frequent = (said.sort_values(column, kind="stable").tail(400).expected_weeks for column in ("weeks", "x"))
    assert closest.sum() > 1.05 * frequent.sum()


def test_hazard_order_is_the_hazards_order_with_the_total_of_bgbb(brand: tuple[pa.Table, list[int], pa.Table]) -> None:
    log, others, _ = brand
    plain, curve, both = (
        closeness(log, at=UNTIL, exclude=others, model=model) for model in ("bgbb", "hazard", "hazard_order")
    )
    weeks = {name: np.asarray(table["weeks"]) for name, table in (("p", plain), ("c", curve), ("b", both))}
    assert closeness_facts(both)["model"] == "hazard_order"
    assert weeks["b"].sum() == pytest.approx(weeks["p"].sum(), rel=1e-4)
    assert np.array_equal(np.argsort(weeks["b"], kind="stable"), np.argsort(weeks["c"], kind="stable"))
    assert both["p_alive"].equals(plain["p_alive"])
