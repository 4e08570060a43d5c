"""A simulation into files: Activity Streams 2.0 JSON lines or CSV, and the truth beside it, in bounded memory."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from entourage.engine.errors import InvalidInput
from entourage.engine.simulate import words
from entourage.engine.simulate.lines import lines
from entourage.engine.simulate.simulation import Simulation, as_calls
from entourage.engine.simulate.truth import REHEARSALS, History, checked_rehearsals, told

if TYPE_CHECKING:
    from pathlib import Path

    from entourage.engine.simulate.rows import Rows
    from entourage.engine.simulate.world import Lived, World

Progress = Callable[[int, int], None]
Sink = IO[bytes] | gzip.GzipFile
_SUFFIXES: Final = (".jsonl", ".csv", ".jsonl.gz", ".csv.gz")
#: The columns of the CSV file, in order; ``simulated`` comes before them.
CSV_COLUMNS: Final = (
    "network", "id", "at", "act", "actor_id", "actor_handle", "actor_name", "actor_kind", "to_id", "to_handle",
    "in_reply_to", "context", "text", "tags", "origin",
)  # fmt: skip
# Level 3 writes three times as fast as the usual 9 for a tenth more bytes.
_LEVEL: Final = 3


@dataclass(frozen=True)
class Written:
    """How much was written, and where."""

    activities: int
    people: int
    calls: int
    out: Path
    truth: Path
    calls_out: Path


def write(
    simulation: Simulation,
    out: Path,
    truth: Path | None = None,
    *,
    calls: Path | None = None,
    future: bool = False,
    rehearsals: int = REHEARSALS,
    chunk: int = 50_000,
    progress: Progress | None = None,
) -> Written:
    """Write the activities to ``out``, the truth beside them (``out.truth.csv``) and the calls (``out.calls.csv``).

    Memory grows with the people, not with the activities. A file appears under its name only once it is whole.

    Parameters
    ----------
    out : a path that ends in .jsonl, .csv, .jsonl.gz or .csv.gz
    future : also live the quarter after the end and tell in the truth what came of it
    rehearsals : how often the next quarter is lived to know each person's expected weeks
    chunk : how many rows are put into words at once; it changes the memory, never the bytes
    progress : called with (weeks done, weeks); the truth counts as one more week

    Raises
    ------
    InvalidInput: the name of ``out`` does not tell the format, or no rehearsal is asked for.
    """
    if not out.name.endswith(_SUFFIXES):
        raise InvalidInput(f"`out` must end in {', '.join(_SUFFIXES)}. Got {out.name}; the name tells the format.")
    checked_rehearsals(rehearsals)
    truth = truth or out.with_name(out.name + ".truth.csv")
    calls = calls or out.with_name(out.name + ".calls.csv")
    steps, as_csv = simulation.weeks + 1, out.name.removesuffix(".gz").endswith(".csv")
    with _whole(out) as file:
        lived = _Kept(simulation.start(), History.empty(simulation.people, simulation.plan, simulation.until))
        for done, (week, world) in enumerate(simulation.history(), start=1):
            _put(file, week.rows, simulation, chunk=chunk, header=as_csv and done == 1, as_csv=as_csv)
            lived.note(week, world)
            _tell(progress, done, steps)
    _save(told(lived.world, lived.history, simulation.directory, future=future, rehearsals=rehearsals), truth)
    made = as_calls(np.concatenate(lived.calls))
    _save(_named(made), calls)
    _tell(progress, steps, steps)
    return Written(lived.activities, len(simulation.people), made.num_rows, out, truth, calls)


@dataclass
class _Kept:
    """What is kept of the weeks that were written."""

    world: World
    history: History
    calls: list[Any] = field(default_factory=list)
    activities: int = 0

    def note(self, week: Lived, world: World) -> None:
        self.world = world
        self.history.note(week)
        self.calls.append(week.calls)
        self.activities += len(week.rows)


def _put(file: Sink, rows: Rows, simulation: Simulation, *, chunk: int, header: bool, as_csv: bool) -> None:
    for start in range(0, len(rows), chunk):
        table = words.table(rows[start : start + chunk], simulation.directory, simulation.plan)
        file.write(csv_bytes(table, header=header and start == 0) if as_csv else lines(table))


def csv_bytes(table: pa.Table, *, header: bool) -> bytes:
    """A week's table as CSV, each row named as simulated."""
    sink = io.BytesIO()
    _csv(_named(table.select(list(CSV_COLUMNS))), sink, header=header)
    return sink.getvalue()


def _named(table: pa.Table) -> pa.Table:
    if "at_us" in table.column_names:
        place = table.column_names.index("at_us")
        table = table.set_column(place, "at", words.spelled(table["at_us"].to_numpy()))
    mark = pa.array([words.SIMULATED]).take(pa.array(np.zeros(table.num_rows, np.int64)))
    return table.add_column(0, "simulated", mark)


def _csv(table: pa.Table, sink: Sink | io.BytesIO, *, header: bool = True) -> None:
    options = pyarrow.csv.WriteOptions(include_header=header, quoting_style="needed", quoting_header="none")
    pyarrow.csv.write_csv(table, sink, options)


def _save(table: pa.Table, path: Path) -> None:
    booleans = [name for name in table.column_names if pa.types.is_boolean(table.schema.field(name).type)]
    for name in booleans:
        table = table.set_column(table.column_names.index(name), name, pc.cast(table[name], pa.string()))
    with _whole(path) as file:
        _csv(table, file)


def _tell(progress: Progress | None, done: int, weeks: int) -> None:
    if progress is not None:
        progress(done, weeks)


@contextmanager
def _whole(path: Path) -> Iterator[Sink]:
    """The file under another name until all is written; gzip without a date: same data, same bytes."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as raw:
            if path.name.endswith(".gz"):
                with gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed:
                    yield packed
            else:
                yield raw
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
