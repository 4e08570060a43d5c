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
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKS = "SELECT sum(weeks) FROM (SELECT person, count(DISTINCT at_us // 604800000000) AS weeks FROM acts GROUP BY 1)"
STEPS = ("read", "meet", "log", "predict", "try", "judge", "store")
ROUNDS = 5
# As the worker has it: see entourage.cli.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


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
    """One run of the scores, by step, and its engine's part beside the floor."""
    from entourage.web.people import bridge

    marks: list[float] = []

    def mark(_done: int, total: int) -> None:
        if total == len(STEPS):  # while messages are read, it is told of the messages
            marks.append(time.perf_counter())

    run = bridge.score(brand=brand, now=datetime.now(UTC), progress=mark)
    spent = [after - before for before, after in pairwise(marks)]
    return {
        "people": run.people,
        "model": run.model,
        "total_s": round(sum(spent), 2),
        "steps_s": {name: round(took, 2) for name, took in zip(STEPS, spent, strict=True)},
        **beside_the_floor(brand),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def beside_the_floor(brand: Any) -> dict[str, Any]:
    """The engine's part beside its floor, in rounds that take turns; of the rounds' ratios the middle one.

    ``look`` is one prediction for everybody, ``scores`` all that the job does between the acts in memory and the
    standings to store: four predictions, their rings and what changed between them.
    """
    from entourage.engine.ties.closeness import closeness
    from entourage.web.people import bridge
    from entourage.web.people.bridge.looks import standings
    from entourage.web.people.bridge.trust import relation

    question = bridge.asked(brand, now=datetime.now(UTC))
    acts = bridge.log(brand, question.at)
    works = {
        "floor": lambda: relation(acts).query("acts", WEEKS).fetchall(),
        "look": lambda: closeness(relation(acts), at=question.at, horizon=question.span, unit=question.unit),
        "scores": lambda: standings(relation(acts), question),
    }
    rounds = [{name: _timed(work) for name, work in works.items()} for _ in range(ROUNDS)]
    found: dict[str, Any] = {"acts": len(acts)}
    for name in works:
        found[f"{name}_s"] = round(median(one[name][0] for one in rounds), 2)
        found[f"{name}_ratio"] = round(median(one[name][0] / one["floor"][0] for one in rounds), 2)
        found[f"{name}_cpu_ratio"] = round(median(one[name][1] / one["floor"][1] for one in rounds), 2)
    return found


def _timed(work: Any) -> tuple[float, float]:
    """Seconds on the clock, and seconds of all cores together: the second does not see who else uses the machine."""
    begin, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begin, time.process_time() - used


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
              f"({one['steps_s']}), {one['peak_mb']} MB; counting weeks only {one['floor_s']} s, "
              f"one prediction {one['look_ratio']}x ({one['look_cpu_ratio']}x in CPU), "
              f"the scores' four {one['scores_ratio']}x ({one['scores_cpu_ratio']}x in CPU)")  # fmt: skip


if __name__ == "__main__":
    main()
