"""The backtest on real logs, and on predictions that deserve no trust."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from tests.reference.drawn import drawn

from entourage import DAY, HOUR, Backtest, InvalidInput, NotEnoughData, backtest
from entourage.engine.log import DAY_US, WEEK, WEEK_US
from entourage.engine.ties.verdict import VERDICTS

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(1997, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def crowd() -> pa.Table:
    return drawn("Ann  .#.##.#.##.#", crowd=3000)


@pytest.fixture(scope="module")
def honest(crowd: pa.Table) -> Backtest:
    return backtest(crowd, horizon=8 * WEEK)


def measured(result: Backtest) -> dict[str, float]:
    return {measure.name: measure.auc for measure in result.measures}


# What is known of the data


def cdnow(folder: Path) -> pa.Table:
    """2,357 customers' days of purchase (Fader & Hardie's one in ten)."""
    lines = [line.split() for line in (folder / "cdnow" / "CDNOW_sample.txt").read_text().splitlines() if line.strip()]
    rows = [(int(line[1]), date(int(line[2][:4]), int(line[2][4:6]), int(line[2][6:]))) for line in lines]
    first = START.toordinal()
    at_us = [int(START.timestamp()) * 1_000_000 + (day.toordinal() - first) * DAY_US for _, day in rows]
    return pa.table({"person": [who for who, _ in rows], "at_us": at_us})


@pytest.mark.data
def test_cdnow_recency_and_frequency_rank_as_methods_md_says_and_closeness_ranks_as_well(shared_data: Path) -> None:
    """39 weeks to learn from and 39 to judge: AUC .782 for recency + frequency; the model adds counts, 14 % too low."""
    result = backtest(cdnow(shared_data), at=START + 39 * WEEK, horizon=39 * WEEK)
    aucs = measured(result)
    assert result.people == 2357
    assert aucs["recency_frequency"] == pytest.approx(0.782, abs=0.001)
    assert aucs["closeness"] == pytest.approx(0.7827, abs=0.001)
    assert result.model == "bgbb"
    assert result.measures[0].forecast == pytest.approx(1531, abs=5)
    assert result.measures[0].actual == 1787
    assert result.verdict.code == "trust"


def higgs(folder: Path) -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    events = folder / "higgs_ego88" / "events.tsv.gz"
    connection.execute(
        "CREATE TABLE log AS SELECT actor::BIGINT AS person, unix_time * 1000000::BIGINT AS at_us "
        "FROM read_csv(?, delim = '\t') WHERE target = 88",
        [str(events)],
    )
    return connection.table("log")


AUCS = [
    # share  people  bgbb   closeness
    (0.5, 17_359, 0.586, 0.696),
    (0.7, 22_521, 0.720, 0.746),
    (0.8, 22_884, 0.722, 0.768),
]


@pytest.mark.data
@pytest.mark.parametrize(("share", "people", "plain", "ours"), AUCS)
def test_one_explosive_week_the_hazard_ranks_better_than_all_others(
    shared_data: Path, share: float, people: int, plain: float, ours: float
) -> None:
    """Acts towards account 88 in hours, the next 24 hours to judge; cut at a share of the log's span."""
    result = backtest(higgs(shared_data), share=share, horizon=DAY, unit=HOUR)
    aucs = measured(result)
    assert result.people == people
    assert aucs["bgbb"] == pytest.approx(plain, abs=0.002)
    assert aucs["closeness"] == pytest.approx(ours, abs=0.005)
    assert max(aucs, key=lambda name: aucs[name]) == "closeness"
    gains = {one.baseline: one.low for one in result.differences if one.measure == "auc"}
    assert gains["bgbb"] > 0
    assert gains["frequency"] > 0


# What the backtest must say of any log


def test_an_honest_prediction_of_a_steady_crowd_is_trusted(honest: Backtest) -> None:
    assert honest.verdict.code == "trust"
    assert honest.auc_low < measured(honest)["closeness"] < honest.auc_high
    assert honest.measures[0].forecast == pytest.approx(honest.measures[0].actual, rel=0.25)


def test_permuted_predictions_are_not_to_be_trusted(crowd: pa.Table, honest: Backtest) -> None:
    """The same numbers dealt to other people: the total is right, and worth nothing."""
    for seed in range(5):
        dealt = np.random.default_rng(seed).permutation(honest.table["predicted"].to_numpy())
        false = pa.table({"person": honest.table["person"], "weeks": dealt})
        result = backtest(crowd, horizon=8 * WEEK, predictions=false)
        assert result.verdict.code == "do_not_trust"
        assert result.model == "given"
        assert result.pit == ()


def test_the_right_predictions_given_as_a_frame_are_judged_the_same(crowd: pa.Table, honest: Backtest) -> None:
    given = pa.table({"person": honest.table["person"], "weeks": honest.table["predicted"]})
    result = backtest(crowd, horizon=8 * WEEK, predictions=given.take(np.arange(len(given))[::-1]))
    assert result.verdict == honest.verdict


def test_the_randomised_pit_is_flat_when_the_model_is_right(honest: Backtest) -> None:
    assert sum(honest.pit) == pytest.approx(1)
    assert max(honest.pit) < 0.07
    assert min(honest.pit) > 0.03


def test_deciles_rise_and_add_up(honest: Backtest) -> None:
    assert sum(tenth.people for tenth in honest.deciles) == honest.people
    assert sum(tenth.actual for tenth in honest.deciles) == honest.measures[0].actual
    assert honest.deciles[-1].actual > 3 * honest.deciles[0].actual
    forecasts = [tenth.forecast for tenth in honest.deciles]
    assert forecasts == sorted(forecasts)


def test_the_table_holds_what_was_predicted_and_what_happened(crowd: pa.Table, honest: Backtest) -> None:
    rows = honest.table.to_pylist()
    assert honest.table.column_names[:6] == ["person", "predicted", "low", "high", "p_alive", "actual"]
    cut = honest.at_us
    for row in rows[:50]:
        acts = [at for who, at in zip(*crowd.to_pydict().values(), strict=True) if who == row["person"]]
        assert row["actual"] == len({(at - cut) // WEEK_US for at in acts if cut <= at < cut + 8 * WEEK_US})
        assert row["frequency"] == len({(cut - 1 - at) // WEEK_US for at in acts if at < cut}) - 1


def test_the_same_seed_gives_the_same_answer(crowd: pa.Table, honest: Backtest) -> None:
    assert backtest(crowd, horizon=8 * WEEK).as_dict() == honest.as_dict()
    other = backtest(crowd, horizon=8 * WEEK, rng=np.random.default_rng(1))
    assert other.measures == honest.measures
    assert other.pit != honest.pit


def test_its_dictionary_is_ready_for_json(honest: Backtest) -> None:
    import json

    told = json.loads(json.dumps(honest.as_dict()))
    assert told["verdict"]["code"] in VERDICTS
    assert "table" not in told
    assert len(told["pit"]) == 20


def test_nobody_after_the_cut_cannot_be_judged() -> None:
    quiet = drawn("Ann  #.#", crowd=500)
    last = int(np.asarray(quiet["at_us"]).max())
    stranger = pa.table({"person": [9], "at_us": [last + 30 * WEEK_US]})
    with pytest.raises(NotEnoughData) as caught:
        backtest(pa.concat_tables([quiet, stranger]), horizon=8 * WEEK)
    assert str(caught.value) == "Some people, not all, must engage after the cut. Got nobody; choose another cut."


MISTAKES = [
    ({"share": 1.5}, "`share` must be between 0 and 1. Got 1.5; half of the log is share=0.5."),
    (
        {"share": 0.5, "at": START},
        "`at` or `share` must be given, not both. Got 1997-01-01T00:00:00+00:00 and 0.5; drop one.",
    ),
    (
        {"share": 0.9},
        (
            "The cut must leave a past before it and 13 units after it, inside the log. "
            "Got 22.5 units before it and 2.5 after it; choose an earlier cut or a shorter horizon."
        ),
    ),
    (
        {"at": START - 2 * WEEK},
        (
            "The cut must leave a past before it and 13 units after it, inside the log. "
            "Got -1489.7 units before it and 1514.7 after it; choose a later cut."
        ),
    ),
    (
        {"horizon": 8 * WEEK, "predictions": pa.table({"person": [1], "weeks": [1.0]})},
        "`predictions` must name each person before the cut once. Got 1 rows for 2046 people; predict them all.",
    ),
    (
        {"horizon": 8 * WEEK, "predictions": pa.table({"person": [1]})},
        "`predictions` must have columns `person` and `weeks`. Got person; add weeks.",
    ),
]


@pytest.mark.parametrize(("argument", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_cure(crowd: pa.Table, argument: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        backtest(crowd, **argument)
    assert str(caught.value) == message


def test_the_default_cut_is_one_horizon_before_the_last_act(crowd: pa.Table, honest: Backtest) -> None:
    assert honest.at_us == int(np.asarray(crowd["at_us"]).max()) + 1 - 8 * WEEK_US
    assert timedelta(microseconds=honest.horizon_us) == 8 * WEEK
