"""How long the service takes at any size: routing, clocks, a report, and what its pages ask.

``python -m bench.service --conversations 100000 --json``

The brand of ``bench.inbox``: ten messages a conversation over a year, one in twelve young enough to be open.
``route_s`` and ``clocks_s`` are for all open conversations at once, as after an import; ``*_again_s`` when nothing has
changed, as each minute. ``report_s`` counts a quarter. Of each question the 95th percentile in milliseconds, of its
slowest query how many pages of the database it touched (``buffers``, which no other program changes); ``floor`` is one
query by an index that reads as many rows as a page shows.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from bench.inbox import timed
from bench.talks import MESSAGES, UNTIL, command_line, desk

if TYPE_CHECKING:
    from collections.abc import Callable

OFFICE = [[[540, 720], [780, 1080]]] * 5 + [[], []]


def set_up(brand: Any, member: Any) -> None:
    """Hours, promises, rules and somebody to answer."""
    from entourage.web.service import actions
    from entourage.web.service.models import Rule

    told = {"by": None, "at": UNTIL}
    for key in ("care", "marketing", "rnd"):
        actions.save_desk(brand=brand, key=key, week=OFFICE, **told)
    actions.save_target(brand=brand, first=240, following=120, **told)
    actions.save_target(brand=brand, vehement=True, first=30, **told)
    actions.save_seat(member=member, departments=["care"], capacity=1000, **told)
    for place in range(5):
        rule = Rule(brand=brand, name=f"rule {place}", words=[f"word{place}9"], department="press")
        actions.save_rule(rule=rule, **told)


def spent(work: Callable[[], Any]) -> float:
    """Seconds of one run."""
    begin = time.perf_counter()
    work()
    return round(time.perf_counter() - begin, 2)


def measured(brand: Any, visits: int) -> dict[str, Any]:
    """Each job once, and once more; then what pages ask."""
    from entourage.web.service import actions, bridge, queries
    from entourage.web.service.models import Report, Rule

    def route() -> None:
        actions.route(brand, now=UNTIL)

    def clocks() -> None:
        bridge.set_clocks(brand, now=UNTIL)

    def assign() -> None:
        actions.assign(brand, now=UNTIL)

    jobs = {"route_s": route, "clocks_s": clocks, "assign_s": assign, "route_again_s": route, "clocks_again_s": clocks}
    found: dict[str, Any] = {name: spent(job) for name, job in jobs.items()}
    report = Report.objects.create(brand=brand, asked_at=UNTIL)
    found["report_s"] = spent(lambda: bridge.make_report(report, now=UNTIL))
    found["rows"] = report.figures["rows"]
    common, rare = (Rule(brand=brand, name="new", words=[word]) for word in ("word1", "word70000"))
    asked = {
        "rows": [{}, {"what": "first"}, {"what": "next", "state": "missed"}, {"what": "first", "counted": "1"}],
        "rows of a department": [{"what": "first", "department": "care"}, {"department": "press", "counted": "1"}],
    }
    questions: dict[str, list[Callable[[], Any]]] = {
        name: [lambda told=told: queries.rows(report, queries.Filters.read(told)) for told in several]
        for name, several in asked.items()
    }
    waits = [{}, {"unanswered": "1"}, {"department": "care", "unanswered": "1"}, {"network": "x"}]
    questions["first answers"] = [lambda told=told: queries.waits(report, queries.Waits.read(told)) for told in waits]
    questions["floor"] = [lambda: floor(report)]
    questions["dry run"] = [lambda rule=rule: queries.dry_run(brand, rule, until=UNTIL) for rule in (common, rare)]
    return found | {
        "questions": {name: timed(several, visits) | touched(several) for name, several in questions.items()}
    }


def floor(report: Any) -> list[Any]:
    """The promises of a page by the index that has them in their order, and nothing else."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM service_promise WHERE report_id = %s ORDER BY started_at DESC, id DESC LIMIT 51", [report.pk]
        )
        return list(cursor.fetchall())


def touched(asked: list[Callable[[], Any]]) -> dict[str, int]:
    """How many pages of the database the slowest query of all these touches."""
    from django.db import connection

    seen: list[tuple[str, Any]] = []

    def keep(execute: Any, statement: str, given: Any, *rest: Any) -> Any:
        seen.append((statement, given))
        return execute(statement, given, *rest)

    for ask in asked:
        with connection.execute_wrapper(keep):
            ask()
    pages = []
    with connection.cursor() as cursor:
        for statement, given in seen:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given)
            plan = cursor.fetchone()[0][0]["Plan"]
            pages.append(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
    return {"buffers": max(pages)}


def main() -> None:
    """Measure, and print a line each or one JSON object."""
    given = command_line(__doc__)
    found = {"conversations": given.conversations, "messages": given.conversations * MESSAGES}
    with desk(given.conversations) as (brand, member, _):
        from django.db import connection

        set_up(brand, member)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        found |= measured(brand, given.visits)
    print(json.dumps(found) if given.json else "\n".join(f"{name}: {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
