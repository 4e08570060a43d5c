"""How far the prediction can be trusted: the last horizon is hidden, predicted, and compared with what came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow.compute as pc

from entourage.engine.errors import EntourageError
from entourage.engine.ties.backtest import backtest

if TYPE_CHECKING:
    import pyarrow as pa

    from entourage.engine.ties.findings import Backtest

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
        judged = trial(_sample(log, one_in), at=_end(log, at) - horizon, horizon=horizon, unit=unit)
    except EntourageError as error:
        return {"error": str(error)}
    return {**judged.as_dict(), "one_in": one_in, "sampled": one_in > 1}


def _end(log: pa.Table, at: datetime) -> datetime:
    """The end of what can be hidden: others may have acted after the last person who counts."""
    last_us = pc.max(log["at_us"]).as_py()
    return min(at, datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=last_us + 1))


def relation(log: pa.Table) -> duckdb.DuckDBPyRelation:
    """The log as DuckDB sees it, without a copy; moments are integers, so its time zone cannot matter."""
    return duckdb.connect().from_arrow(log)


def _sample(log: pa.Table, one_in: int) -> pa.Table:
    """Every act of one person in so many, always the same ones."""
    if one_in == 1:
        return log
    return relation(log).filter(f"hash(person) % {one_in} = 0").to_arrow_table()
