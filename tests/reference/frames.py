"""The frames that a user may hand us, each with how a table becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa


def _in_duckdb(table: pa.Table) -> Any:
    connection = duckdb.connect()
    connection.register("arrow", table)
    connection.execute("CREATE TABLE frame AS SELECT * FROM arrow")
    return connection.table("frame")


FRAMES: dict[str, Callable[[pa.Table], Any]] = {
    "duckdb": _in_duckdb,
    "polars": pl.from_arrow,
    "polars, lazy": lambda table: pl.from_arrow(table).lazy(),  # type: ignore[union-attr]
    "pandas": lambda table: table.to_pandas(),
    "narwhals": nw.from_native,
}
