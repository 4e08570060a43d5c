"""How far the prediction can be trusted: the last horizon is hidden, predicted, and compared with what came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from entourage.engine.errors import NotEnoughData
from entourage.engine.ties.backtest import Backtest, backtest

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    import pyarrow as pa

#: Beyond so many people a sample tells as much: its error is below what is shown.
ENOUGH = 100_000


def trial(log: pa.Table, *, at: datetime, horizon: timedelta, unit: timedelta) -> Backtest:
    """Predict from the moment `at` what the log already knows, and judge it beside its baselines.

    Raises
    ------
    NotEnoughData: too few people had come back by then.
    """
    return backtest(relation(log), at=at, horizon=horizon, unit=unit, rng=np.random.default_rng(0))


def trust(log: pa.Table, *, people: int, at: datetime, horizon: timedelta, unit: timedelta) -> dict[str, Any]:
    """The figures of a trial that a scoring keeps, on a sample of people where they are very many."""
    one_in = max(1, round(people / ENOUGH))
    try:
        judged = trial(_sample(log, one_in), at=at - horizon, horizon=horizon, unit=unit)
    except NotEnoughData as error:
        return {"error": str(error)}
    return {**judged.as_dict(), "one_in": one_in, "sampled": one_in > 1}


def relation(log: pa.Table) -> duckdb.DuckDBPyRelation:
    """The log as DuckDB sees it, without a copy; moments are integers, so its time zone cannot matter."""
    return duckdb.connect().from_arrow(log)


def _sample(log: pa.Table, one_in: int) -> pa.Table:
    """Every act of one person in so many, always the same ones."""
    if one_in == 1:
        return log
    return relation(log).filter(f"hash(person) % {one_in} = 0").to_arrow_table()
