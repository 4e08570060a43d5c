"""How long the server takes for a page with a million people behind it: 95th percentile, and how many queries.

``python -m bench.pages --people 1000000 --activities 10000000 --json``
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from datetime import UTC, datetime
from typing import Any

from bench.score import brand_of, world

VISITS = 40
LIST = "people/"
QUERIES = (
    "", "?ring=close", "?movement=drifting", "?answered=never", "?answered=all", "?seen=7", "?seen=older", "?sort=last",
    "?sort=name", "?network=x", "?q=mar", "?q=fan12", "?kind=staff", "?standing=ally", "?standing=hostile_regular",
    "?standing=passing", "?standing=unknown", "?sort=warmth", "?sort=hostility", "?sort=hostility&standing=regular",
    "?sort=warmth&ring=passing",
)  # fmt: skip
READING = [
    "reading/" + query
    for query in (
        "", "?sign=negative", "?intent=idea", "?department=rnd", "?language=de", "?state=vehement", "?state=corrected",
        "?state=unsure_intent", "?sign=positive&language=hi", "?intent=complaint&state=vehement&language=de", "?q=77",
        "?q=nowhere+to+be+found",
    )
]  # fmt: skip


def paths(brand: Any) -> dict[str, list[str]]:
    """The pages that are measured, each with the addresses that are visited in turn."""
    from entourage.web.people.models import Standing

    some = Standing.objects.of(brand).order_by("-weeks", "person").values_list("person", flat=True)
    deep = list(some[1000:200_000:25_000]) or list(some[:1])
    return {
        "people": [LIST + query for query in QUERIES] + [f"{LIST}?after={person}" for person in deep],
        "person": [f"people/{person}/" for person in [*some[:20], *deep]],
        "reading": READING,
        "rings": ["people/rings/"],
        "trust": ["trust/"],
        "privacy": ["privacy/", "privacy/?q=fan77"],
        "audit": ["audit/"],
    }


def visited(brand: Any, visits: int) -> dict[str, Any]:
    """Each page visited so many times by its owner, after one visit that fills the caches of templates."""
    from django.test import Client

    from entourage.web.core.models import Member, User

    user = User.objects.create_user("bench@example.org", "unused-here")
    Member.objects.create(brand=brand, user=user, role="owner")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return {name: _page(client, brand, addresses, visits) for name, addresses in paths(brand).items()}


def _page(client: Any, brand: Any, addresses: list[str], visits: int) -> dict[str, Any]:
    from django.db import connection

    took: list[float] = []
    slowest, queries = "", 0
    for visit in range(-len(addresses), visits):
        address = addresses[visit % len(addresses)]
        count = _Count()
        begin = time.perf_counter()
        with connection.execute_wrapper(count):
            answer = client.get(f"/b/{brand.slug}/{address}")
        spent = time.perf_counter() - begin
        assert answer.status_code == 200, (address, answer.status_code)
        if visit >= 0:
            slowest = address if not took or spent > max(took) else slowest
            took.append(spent)
            queries = max(queries, count.queries)
    p95 = statistics.quantiles(took, n=20)[-1]
    return {
        "p95_ms": round(1000 * p95),
        "median_ms": round(1000 * statistics.median(took)),
        "queries": queries,
        "slowest": slowest,
    }


class _Count:
    queries = 0

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.queries += 1
        return execute(*statement)


def main() -> None:
    """Measure, and print a line a page or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--activities", type=int, default=200_000)
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with world() as url:
        brand = brand_of(url, people=asked.people, activities=asked.activities, seed=asked.seed)
        from entourage.web.people import bridge
        from entourage.web.results.bridge import build

        bridge.score(brand=brand, now=datetime.now(UTC))
        build(brand=brand, now=datetime.now(UTC))
        found = visited(brand, asked.visits)
    if asked.json:
        print(json.dumps({"people": asked.people, "pages": found}))
        return
    for name, one in found.items():
        print(
            f"{name}: p95 {one['p95_ms']} ms, median {one['median_ms']} ms, {one['queries']} queries ({one['slowest']})"
        )


if __name__ == "__main__":
    main()
