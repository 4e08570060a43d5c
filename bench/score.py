"""How long it takes from activities in the database to standings in the database, beside one count in DuckDB.

``python -m bench.score --people 1000000 --activities 10000000 --json``

The floor is the least that any score must do: one DuckDB query over the same acts, already in memory, that counts the
distinct weeks of each person.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKS = "SELECT sum(weeks) FROM (SELECT person, count(DISTINCT at_us // 604800000000) AS weeks FROM acts GROUP BY 1)"
STEPS = ("meet", "read", "predict", "try", "store")


@contextmanager
def world() -> Iterator[str]:
    """A database of its own in the house's PostgreSQL, dropped at the end."""
    import psycopg

    from entourage.house import running
    from entourage.house.address import with_database

    name = f"bench_{os.getpid()}"
    with running() as url, psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = with_database(url, name)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entourage.web.settings")
        try:
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", interactive=False, verbosity=0)
            yield os.environ["DATABASE_URL"]
        finally:
            from django.db import connections

            connections.close_all()
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def brand_of(url: str, *, people: int, activities: int, seed: int) -> Any:
    """A brand of that size."""
    from bench.worlds import draw

    from entourage.web.core.models import Brand

    brand = Brand.objects.create(slug="bench", name="Bench")
    draw(url, brand, people=people, activities=activities, seed=seed)
    return brand


def measured(brand: Any) -> dict[str, Any]:
    """One run of the scores, by step; the engine's part and its floor, each the best of three over the same acts."""
    from bench.worlds import UNTIL

    from entourage.engine.ties.closeness import closeness
    from entourage.web.people import bridge
    from entourage.web.people.bridge.trust import relation

    marks: list[float] = []
    run = bridge.score(
        brand=brand, now=datetime.now(UTC), progress=lambda _done, _total: marks.append(time.perf_counter())
    )
    spent = [after - before for before, after in pairwise(marks)]
    acts = bridge.log(brand, UNTIL)
    engine = min(_timed(lambda: closeness(relation(acts), at=UNTIL)) for _ in range(3))
    floor = min(_timed(lambda: relation(acts).query("acts", WEEKS).fetchall()) for _ in range(3))
    return {
        "people": run.people,
        "acts": len(acts),
        "model": run.model,
        "total_s": round(sum(spent), 2),
        "steps_s": {name: round(took, 2) for name, took in zip(STEPS, spent, strict=True)},
        "engine_s": round(engine, 2),
        "floor_s": round(floor, 2),
        "ratio": round(engine / floor, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _timed(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Measure, and print one line or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--activities", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with world() as url:
        brand = brand_of(url, people=asked.people, activities=asked.activities, seed=asked.seed)
        first = measured(brand)
        again = measured(brand)
    found = {"activities": asked.activities, "first": first, "again": again}
    if asked.json:
        print(json.dumps(found))
        return
    for name, one in (("first", first), ("again", again)):
        print(f"{name}: {asked.activities:,} activities of {one['people']:,} people scored in {one['total_s']} s "
              f"({one['steps_s']}), {one['peak_mb']} MB; closeness {one['engine_s']} s, counting weeks only "
              f"{one['floor_s']} s: {one['ratio']}x")  # fmt: skip


if __name__ == "__main__":
    main()
