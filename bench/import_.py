"""The ordinary import of a million activities, beside two floors in the same run.

``python -m bench.import_ --rows 1000000 --json`` prints seconds and ratios:

- ``import_s``: ``run_import`` on the file (read, checked, keyed, staged, inserted, counted);
- ``indexed_copy_s``: a text COPY of the very rows it made into a twin of the table with the same indexes;
- ``bare_copy_s``: the same COPY into a table without any index.

Each floor gets its rows ready made, in the file's order; the import must make them first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entourage.web.settings")

COLUMNS = (
    "id, brand_id, account_id, network, network_id, act, at, toward_id, addressed, reply_to, context, text, url, "
    "language, tags, origin, rating, timing, edited_at, deleted_at, source_id"
)
PEOPLE_A_ROW = 10.5  # activities of a simulated person and year


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--file", type=Path, help="activities made before; otherwise they are simulated")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("ENTOURAGE_DATA", f"{folder}/data")
        file = given.file or simulated(Path(folder) / "activities.jsonl.gz", given.rows)
        answer = measured(file, Path(folder))
    print(json.dumps(answer) if given.json else "\n".join(f"{name:>18} {value}" for name, value in answer.items()))


def simulated(out: Path, rows: int) -> Path:
    from entourage.engine.simulate import simulate, write

    write(simulate(people=max(60, int(rows / PEOPLE_A_ROW))), out)
    return out


def measured(file: Path, folder: Path) -> dict[str, Any]:
    from entourage.house import running

    with running():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        taken = imported(file)
        rows = folder / "rows.copy"
        unloaded(rows, taken["brand_id"])
        taken.pop("brand_id")
        for name, like in (("indexed_copy_s", "INCLUDING ALL"), ("bare_copy_s", "")):
            taken[name] = copied(rows, like)
        taken["to_indexed_copy"] = round(taken["import_s"] / taken["indexed_copy_s"], 2)
        taken["to_bare_copy"] = round(taken["import_s"] / taken["bare_copy_s"], 2)
    return taken


def imported(file: Path) -> dict[str, Any]:
    """The ordinary import into a fresh brand."""
    from datetime import UTC, datetime

    from entourage.web.core.models import Brand
    from entourage.web.listen.bridge import import_file

    brand = Brand.objects.create(slug=f"bench-{int(time.time())}", name="bench")
    started = time.perf_counter()
    run = import_file(brand=brand, path=file, own=("maisontilleul",), now=datetime.now(UTC))
    seconds = time.perf_counter() - started
    assert not run.error, run.error
    assert run.rows == run.accepted + run.repeated + run.rejected
    return {
        "rows": run.rows,
        "accepted": run.accepted,
        "people": run.people,
        "import_s": round(seconds, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "brand_id": brand.pk,
    }


def unloaded(rows: Path, brand_id: int) -> None:
    """The rows that the import made, as text, in the order in which they lie."""
    from django.db import connection

    with connection.cursor() as cursor, rows.open("wb") as out:
        select = f"COPY (SELECT {COLUMNS} FROM listen_activity WHERE brand_id = {int(brand_id)} ORDER BY at) TO STDOUT"
        with cursor.copy(select) as copy:
            for chunk in copy:
                out.write(chunk)


def copied(rows: Path, like: str) -> float:
    """Seconds of a text COPY into a fresh twin of the table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_twin")
        cursor.execute(f"CREATE TABLE bench_twin (LIKE listen_activity {like})")
        cursor.execute("CHECKPOINT")
        started = time.perf_counter()
        with rows.open("rb") as handle, cursor.copy(f"COPY bench_twin ({COLUMNS}) FROM STDIN") as copy:
            while chunk := handle.read(1 << 20):
                copy.write(chunk)
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bench_twin")
    return round(seconds, 2)


if __name__ == "__main__":
    main()
