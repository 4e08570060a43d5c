"""How far the prediction can be trusted: the last horizon is hidden, predicted, and compared with what came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from entourage.engine.errors import EntourageError, NotEnoughData
from entourage.engine.ties.backtest import backtest
from entourage.web.people.bridge.log import database

if TYPE_CHECKING:
    from pathlib import Path

    from entourage.engine.ties.findings import Backtest
    from entourage.web.core.models import Brand
    from entourage.web.people.bridge.question import Question

#: Beyond so many people a sample tells as much: its error is below what is shown.
ENOUGH = 100_000


def trial(log: pa.Table, question: Question, *, cut: datetime | None = None, share: float | None = None) -> Backtest:
    """Predict from the cut (or from a share of the log's time) what the log already knows, beside its baselines.

    By default the last horizon before the moment of the question is hidden.

    Raises
    ------
    InvalidInput: the horizon after the cut is not inside the log.
    NotEnoughData: too few people had come back by then.
    """
    if not len(log):
        raise NotEnoughData("`log` must hold what people did. It is empty: import activities, and mark our accounts.")
    if cut is None and share is None:
        cut = _end(log, question.at) - question.span
    chance = np.random.default_rng(0)
    return backtest(relation(log), at=cut, share=share, horizon=question.span, unit=question.unit, rng=chance)


def trust(log: pa.Table, question: Question, *, people: int) -> dict[str, Any]:
    """The figures of a trial that a scoring keeps, on a sample of people where they are very many."""
    one_in = max(1, round(people / ENOUGH))
    try:
        judged = trial(_sample(log, one_in), question)
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


def write_predictions(brand: Brand, judged: Backtest, path: Path) -> None:
    """Write every prediction of a trial, and what came, to a CSV file."""
    csv.write_csv(named(brand, judged.table), path)


def named(brand: Brand, predictions: pa.Table) -> pa.Table:
    """The predictions with the network's own id in the place of our number, so that anybody can check them.

    A cell that a spreadsheet would run as a formula is written with an apostrophe before it.
    """
    query = (
        "SELECT person_id AS person, min(network_id) AS network_id FROM listen_account "
        f"WHERE brand_id = {int(brand.pk)} AND role = 'public' AND person_id IS NOT NULL GROUP BY person_id"
    )
    with database() as arrow, arrow.cursor() as cursor:
        cursor.execute(query)
        ids = cursor.fetch_arrow_table()
    plain = ids.cast(pa.schema([("person", pa.int64()), ("network_id", pa.string())]))
    joined = predictions.join(plain, "person").sort_by([("predicted", "descending"), ("person", "ascending")])
    told = pc.replace_substring_regex(joined["network_id"], pattern=r"^([=+\-@\t\r])", replacement=r"'\1")
    return joined.set_column(0, "person", told).drop_columns(["network_id"])
