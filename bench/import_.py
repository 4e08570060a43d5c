"""The ordinary import of a million activities, beside two floors in the same run.

``python -m bench.import_ --rows 1000000 --json`` prints seconds and ratios:

- ``import_s``: ``run_import`` on the file (read, checked, keyed, staged, inserted, counted);
- ``indexed_copy_s``: a text COPY of the very rows it made into a twin of the table with the same indexes;
- ``bare_copy_s``: the same COPY into a table without any index.

Each floor gets its rows ready made, in the file's order; the import must make them first. All three read a plain file:
``--file`` takes another, and one in a gzip takes the time of unfolding it. A machine that does other things too makes
all of them slow: beside the seconds stand those of the processors, of Python (``*_python``, the process that reads the
file among them) and of its PostgreSQL backend (``*_database``). ``peak_mb`` is of both Python processes together. With
``--times`` each is measured so often, in turns, and the best stays.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    asked.add_argument("--times", type=int, default=1, help="measure each so often, in turns, and keep the best")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # A house of its own, always: between two turns its tables are emptied, and nobody's data may lie in them.
        os.environ["ENTOURAGE_DATA"] = f"{folder}/data"
        os.environ.pop("DATABASE_URL", None)
        file = given.file or simulated(Path(folder) / "activities.jsonl", given.rows)
        answer = measured(file, Path(folder), times=given.times)
    print(json.dumps(answer) if given.json else "\n".join(f"{name:>18} {value}" for name, value in answer.items()))


def simulated(out: Path, rows: int) -> Path:
    from entourage.engine.simulate import simulate, write

    write(simulate(people=max(60, int(rows / PEOPLE_A_ROW))), out)
    return out


def measured(file: Path, folder: Path, *, times: int) -> dict[str, Any]:
    from entourage.house import running

    with running():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        best = in_turn(file, folder)
        for _ in range(times - 1):
            again = in_turn(file, folder)
            for name in ("import", "indexed_copy", "bare_copy"):
                if again[f"{name}_s"] < best[f"{name}_s"]:
                    best.update({key: value for key, value in again.items() if key.startswith(name)})
        best["to_indexed_copy"] = round(best["import_s"] / best["indexed_copy_s"], 2)
        best["to_bare_copy"] = round(best["import_s"] / best["bare_copy_s"], 2)
        best["peak_mb"] = peak_mb()
    return best


def in_turn(file: Path, folder: Path) -> dict[str, Any]:
    """The import and its two floors, each once, each into tables without a row."""
    from django.db import connection

    taken = imported(file)
    rows = folder / "rows.copy"
    unloaded(rows, taken.pop("brand_id"))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE listen_activity, listen_account CASCADE")
    taken |= copied("indexed_copy", rows, "INCLUDING ALL")
    return taken | copied("bare_copy", rows, "")


def peak_mb() -> int:
    """The most memory that this process took, and the largest of its children: the one that reads the file."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024


@contextmanager
def measuring(name: str) -> Iterator[dict[str, Any]]:
    """Seconds of what happens meanwhile: on the wall, of this process, and of its connection's PostgreSQL backend."""
    figures: dict[str, Any] = {}
    backend = backend_s()
    python, wall = python_s(), time.perf_counter()
    yield figures
    figures[f"{name}_s"] = round(time.perf_counter() - wall, 2)
    figures[f"{name}_python"] = round(python_s() - python, 2)
    figures[f"{name}_database"] = round(backend_s() - backend, 2)


def python_s() -> float:
    """Seconds that the processors spent on this process and on those of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def backend_s() -> float:
    """Seconds that the processors spent on this connection's backend; 0 where the system does not tell."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def imported(file: Path) -> dict[str, Any]:
    """The ordinary import into a fresh brand."""
    from datetime import UTC, datetime

    from entourage.web.core.models import Brand
    from entourage.web.listen.bridge import import_file

    brand = Brand.objects.create(slug=f"bench-{time.time_ns()}", name="bench")
    with measuring("import") as figures:
        run = import_file(brand=brand, path=file, own=("maisontilleul",), now=datetime.now(UTC))
    assert not run.error, run.error
    assert run.rows == run.accepted + run.repeated + run.rejected
    return {
        "rows": run.rows,
        "accepted": run.accepted,
        "people": run.people,
        "brand_id": brand.pk,
        **figures,
    }


def unloaded(rows: Path, brand_id: int) -> None:
    """The rows that the import made, as text, in the order in which they lie."""
    from django.db import connection

    with connection.cursor() as cursor, rows.open("wb") as out:
        select = f"COPY (SELECT {COLUMNS} FROM listen_activity WHERE brand_id = {int(brand_id)} ORDER BY at) TO STDOUT"
        with cursor.copy(select) as copy:
            for chunk in copy:
                out.write(chunk)


def copied(name: str, rows: Path, like: str) -> dict[str, Any]:
    """What a text COPY into a fresh twin of the table costs."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_twin")
        cursor.execute(f"CREATE TABLE bench_twin (LIKE listen_activity {like})")
        cursor.execute("CHECKPOINT")
        copying = cursor.copy(f"COPY bench_twin ({COLUMNS}) FROM STDIN")
        with measuring(name) as figures, rows.open("rb") as handle, copying as copy:
            while chunk := handle.read(1 << 20):
                copy.write(chunk)
        cursor.execute("DROP TABLE bench_twin")
    return figures


if __name__ == "__main__":
    main()
