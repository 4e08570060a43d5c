"""Memory does not grow with the file."""

# ruff: noqa: E501 - messages are tested word for word, and tables are drawn as they are
from __future__ import annotations

import gzip
import subprocess
import sys
import tracemalloc

import pytest

from entourage.networks.files import open_source

from .conftest import NOW

WORDS = "the pot leaks " * 30
READ = """
import resource, sys
from datetime import datetime, UTC
from pathlib import Path
from entourage.networks.files import open_source
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
acts = sum(len(batch.activities) for batch in open_source(Path(sys.argv[1]), now=datetime(2026, 11, 21, tzinfo=UTC)).batches(10_000))
print(acts, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


def row(form, n):
    if form == "csv":
        return f"c{n},ann{n % 5_000},2024-03-{1 + n % 28:02d},{n} {WORDS}\n"
    actor = f"https://m.example/users/u{n % 500}"
    return f'{{"type":"Like","id":"l{n}","actor":"{actor}","published":"2024-03-01T00:00:00Z","object":"n","summary":"{WORDS}"}},\n'


def written(path, form, rows):
    with gzip.open(path, "wt", compresslevel=1) as out:
        out.write("id,username,date,comment\n" if form == "csv" else "[")
        out.writelines(row(form, n) for n in range(rows))
        out.write("" if form == "csv" else "{}]")
    return path


def peak(path):
    """The most memory that reading takes, in MiB, and the acts that were read."""
    tracemalloc.start()
    acts = sum(len(batch.activities) for batch in open_source(path, now=NOW).batches(500))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / (1 << 20), acts


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_five_times_longer_takes_no_more_memory(tmp_path, form):
    short, acts = peak(written(tmp_path / f"short.{form}.gz", form, 6_000))
    long, more = peak(written(tmp_path / f"long.{form}.gz", form, 30_000))
    assert (acts, more) == (6_000, 30_000)
    met = 8 if form == "csv" else 0  # ids met lately are kept, at most 131,072 of them
    assert long < 1.3 * short + met


@pytest.mark.slow
def test_a_file_of_400_mb_is_read_in_less_than_100_mb(tmp_path):
    path = written(tmp_path / "big.csv.gz", "csv", 900_000)
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    acts, grown = map(int, done.stdout.split())
    assert acts == 900_000
    assert grown < 100
