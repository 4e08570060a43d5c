"""How fast a brand's messages are read, from the log in the database to readings in the database.

``python -m bench.reading --people 20000 --json``

The floor is the reader alone, over the same words already in memory. ``again`` is a run that finds nothing new: what
the scores pay each time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.score import world

FLOOR = 20_000  # messages over which the reader alone is timed


def told(people: int, weeks: int, seed: int) -> Any:
    """A simulated brand of so many people, taken in."""
    from entourage.web.core.models import Brand
    from entourage.web.listen.bridge import import_file

    brand = Brand.objects.create(slug="bench", name="Bench")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.jsonl.gz"
        asked = ["--people", str(people), "--weeks", str(weeks), "--seed", str(seed), "--out", str(file)]
        subprocess.run(
            [sys.executable, "-m", "entourage.cli", "simulate", *asked], check=True, stdout=subprocess.DEVNULL
        )
        run = import_file(brand=brand, path=file, own=("maisontilleul",), now=datetime.now(UTC))
    assert not run.error, run.error
    return brand


def measured(brand: Any) -> dict[str, Any]:
    """The whole, the reader alone, and a run with nothing to read."""
    from entourage.web.reading import bridge

    alone = _alone(brand)
    whole = _timed(lambda: bridge.read_new(brand, now=datetime.now(UTC)))
    again = _timed(lambda: bridge.read_new(brand, now=datetime.now(UTC)))
    return {
        "messages": whole["messages"],
        "per_s": round(whole["messages"] / whole["s"]),
        "per_cpu_s": round(whole["messages"] / whole["cpu_s"]),
        "reader_alone_per_s": round(alone["messages"] / alone["s"]),
        "reader_alone_per_cpu_s": round(alone["messages"] / alone["cpu_s"]),
        "again_s": round(again["s"], 2),
        "table_mb": _megabytes(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _alone(brand: Any) -> dict[str, Any]:
    from entourage.web.listen.models import Activity
    from entourage.web.reading import bridge
    from entourage.web.reading.bridge.waiting import BATCH, WORDED

    rows = Activity.objects.of(brand).filter(act__in=WORDED, account__role="public").exclude(text="")
    texts = list(rows.order_by("-at").values_list("text", flat=True)[:FLOOR])
    reader = bridge.reader_of(brand)
    reader.read(texts[:100])

    def read() -> int:
        return sum(len(reader.read(texts[at : at + BATCH])) for at in range(0, len(texts), BATCH))

    return _timed(read)


def _timed(work: Any) -> dict[str, Any]:
    begin, used = time.perf_counter(), time.process_time()
    messages = work()
    return {"messages": messages, "s": time.perf_counter() - begin, "cpu_s": time.process_time() - used}


def _megabytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('reading_reading') >> 20")
        return int(cursor.fetchone()[0])


def main() -> None:
    """Measure, and print one line or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=4_000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with world():
        found = measured(told(asked.people, asked.weeks, asked.seed))
    if asked.json:
        print(json.dumps(found))
        return
    print(
        f"{found['messages']:,} messages read at {found['per_s']:,}/s ({found['per_cpu_s']:,} per second of CPU), the "
        f"reader alone {found['reader_alone_per_s']:,}/s ({found['reader_alone_per_cpu_s']:,}); nothing new: "
        f"{found['again_s']} s; {found['table_mb']} MB of table, {found['peak_mb']} MB of memory"
    )


if __name__ == "__main__":
    main()
