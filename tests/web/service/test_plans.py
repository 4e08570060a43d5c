"""With many promises in a report, each list behind a number reads a page of rows and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection as database
from tests.web import world
from tests.web.service.served import AT, asks, threaded

from entourage.web.service.models import Report
from entourage.web.service.queries import Filters, Waits, rows, waits

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

MANY = 30_000
_PROMISES = """
INSERT INTO service_promise (brand_id, report_id, conversation_id, what, started_at, state, counted, department,
    network)
SELECT %(brand)s, %(report)s, %(talk)s, (ARRAY['first', 'next', 'resolution'])[1 + n %% 3],
    %(at)s - n * interval '10 s', (ARRAY['met', 'met', 'missed', 'running', 'cancelled'])[1 + n / 3 %% 5],
    n / 3 %% 5 < 3, (ARRAY['care', 'care', 'care', 'sales'])[1 + n %% 4],
    CASE WHEN n %% 5000 = 0 THEN 'bluesky' ELSE 'x' END
FROM generate_series(1, %(many)s) n
"""
_RESPONSES = """
INSERT INTO service_firstresponse (brand_id, report_id, conversation_id, asked_at, answered_at, known, due, department,
    network)
SELECT %(brand)s, %(report)s, %(talk)s, %(at)s - n * interval '10 s',
    CASE WHEN n %% 3 = 0 THEN NULL ELSE %(at)s END, true, true, (ARRAY['care', 'care', 'sales'])[1 + n %% 3],
    CASE WHEN n %% 5000 = 0 THEN 'bluesky' ELSE 'x' END
FROM generate_series(1, %(many)s) n
"""
ASKED = (
    "", "what=first", "what=next&counted=1&state=missed", "what=first&counted=1", "what=resolution&state=running",
    "what=first&department=sales", "what=first&department=care&state=met&counted=1", "what=next&network=bluesky",
    "what=first&network=x&state=unknown", "state=missed", "department=hr",
)  # fmt: skip
WAITED = ("", "unanswered=1", "department=sales", "network=bluesky&unanswered=1", "department=care&unanswered=1")


@pytest.fixture
def report() -> Report:
    tea = world.brand("tea")
    asks(tea, "Ann")
    talk = threaded(tea)["Ann"].pk
    made: Report = Report.objects.create(brand=tea, asked_at=AT, at=AT, finished_at=AT)
    given = {"brand": tea.pk, "report": made.pk, "talk": talk, "at": AT, "many": MANY}
    with database.cursor() as cursor:
        cursor.execute(_PROMISES, given)
        cursor.execute(_RESPONSES, given)
    world.counted()
    return made


def _told(query: str) -> dict[str, str]:
    return dict(part.split("=") for part in query.split("&") if part)


def _scans(plan: dict[str, Any]) -> Iterator[int]:
    """How many rows each scan of promises or first answers looked at."""
    if plan.get("Relation Name", "").startswith("service_"):
        yield (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    for part in plan.get("Plans", ()):
        yield from _scans(part)


def _looked_at(ask: Any) -> int:
    seen: list[tuple[str, Any]] = []

    def keep(execute: Any, statement: str, given: Any, *rest: Any) -> Any:
        seen.append((statement, given))
        return execute(statement, given, *rest)

    with database.execute_wrapper(keep):
        ask()
    found = 0
    with database.cursor() as cursor:
        for statement, given in seen:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given)
            found += sum(_scans(cursor.fetchone()[0][0]["Plan"]))
    return found


def test_each_list_reads_a_page_of_rows(report):
    """Those asked for may stand a few rows apart, so a few times fifty; of sixty thousand."""
    read = {query: _looked_at(lambda query=query: rows(report, Filters.read(_told(query)))) for query in ASKED}
    read |= {
        f"{query} first": _looked_at(lambda query=query: waits(report, Waits.read(_told(query)))) for query in WAITED
    }
    assert {query: many for query, many in read.items() if many > 500} == {}
