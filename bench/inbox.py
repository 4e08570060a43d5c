"""How long the inbox takes at any size: its list, a search, a thread, each beside the one indexed query it must make.

``python -m bench.inbox --conversations 1000000 --json``

Ten messages a conversation, of people who come back, in words as common and as rare as in real talk. Half a million
messages at most are threaded, the others are copies of these: ``threading`` is how many messages a second become
conversations when all of them are new, ``a_cpu_second`` how many in a second that PostgreSQL itself computes, whoever
else uses the machine; ``again`` how long it takes to thread what a hundred new messages touched. Of each question the
95th percentile in milliseconds; ``floor`` is that of one query by an index that reads as many rows.
"""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING, Any

from bench.talks import MESSAGES, UNTIL, command_line, desk

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS = (
    {}, {"sort": "waiting"}, {"box": "unassigned"}, {"box": "mine"}, {"box": "resolved"}, {"box": "lapsed"},
    {"box": "all"}, {"department": "care"}, {"department": "press"}, {"network": "mastodon"}, {"language": "de"},
    {"state": "vehement"}, {"sign": "negative", "intent": "complaint"}, {"box": "all", "language": "xx"},
    {"waiting": "72"}, {"label": "7"}, {"department": "press", "sort": "waiting"}, {"box": "mine", "sort": "due"},
    {"box": "unassigned", "sort": "waiting", "language": "de"},
)  # fmt: skip
SEARCHES = (
    "word1", "word3", "word40", "word500", "word6000", "word70000", "word1 word2", "word9 word90", "word12 -word1",
    "fan123", "nowhere to be found",
)  # fmt: skip
_FLOORS = {
    "list": """SELECT id FROM inbox_conversation WHERE brand_id = %(brand)s AND state = 'open'
               ORDER BY last_in_at DESC, id LIMIT 50""",
    "search": """SELECT conversation_id FROM inbox_message WHERE brand_id = %(brand)s
                 AND words @@ to_tsquery('reading_plain', 'word6000') ORDER BY at DESC LIMIT 2000""",
    "thread": "SELECT * FROM inbox_message WHERE conversation_id = %(some)s ORDER BY at LIMIT 100",
}


def questions(brand: Any, member: Any) -> dict[str, list[Callable[[], Any]]]:
    """What is asked in turn, by the page that asks it."""
    from entourage.web.inbox import queries
    from entourage.web.inbox.models import Conversation
    from entourage.web.today import queries as day

    def ask(filters: dict[str, str], after: str = "") -> Callable[[], Any]:
        return lambda: queries.listed(brand, member, queries.Filters.read(filters), after=after)

    some = list(Conversation.objects.of(brand).order_by("?")[:20])
    deep = [f"{one.last_in_at.isoformat()},{one.pk}" for one in some]
    return {
        "list": [ask(filters) for filters in LISTS] + [ask({"box": "all"}, place) for place in deep],
        "search": [ask({"q": words, "box": "all"}) for words in SEARCHES] + [ask({"q": words}) for words in SEARCHES],
        "thread": [lambda one=one: queries.thread_of(one) for one in some],
        "counts": [lambda: queries.counts(brand, member)],
        "changed": [lambda: queries.changed_since(brand, UNTIL)],
        "today": [lambda: day.today(brand, member, minutes=45, now=UNTIL)],
        "thanks": [lambda: day.thankworthy(brand, now=UNTIL)],
        "critics": [lambda at=at: day.ladder(brand, now=UNTIL, at=at) for at in ("", "answered")],
    }


def timed(asked: list[Callable[[], Any]], visits: int) -> dict[str, Any]:
    """The 95th percentile and the median of so many visits, each question once before, and how many queries."""
    from django.db import connection

    took: list[tuple[float, int]] = []
    queries = 0
    for visit in range(-len(asked), visits):
        count = _Count()
        begin = time.perf_counter()
        with connection.execute_wrapper(count):
            asked[visit % len(asked)]()
        if visit >= 0:
            took.append((time.perf_counter() - begin, visit % len(asked)))
            queries = max(queries, count.queries)
    spent = [one for one, _ in took]
    return {
        "p95_ms": round(1000 * statistics.quantiles(spent, n=20)[-1], 1),
        "median_ms": round(1000 * statistics.median(spent), 1),
        "queries": queries,
        "slowest": max(took)[1],
    }


class _Count:
    queries = 0

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.queries += 1
        return execute(*statement)


def floors(brand: Any, visits: int) -> dict[str, Any]:
    """One query by an index each."""
    from django.db import connection

    from entourage.web.inbox.models import Conversation

    some = Conversation.objects.of(brand).values_list("pk", flat=True)[:1].get()

    def run(query: str) -> Callable[[], Any]:
        def ask() -> None:
            with connection.cursor() as cursor:
                cursor.execute(query, {"brand": brand.pk, "some": some})
                cursor.fetchall()

        return ask

    return {name: timed([run(query)], visits) for name, query in _FLOORS.items()}


def main() -> None:
    """Measure, and print a line a question or one JSON object."""
    given = command_line(__doc__)
    found: dict[str, Any] = {"conversations": given.conversations, "messages": given.conversations * MESSAGES}
    with desk(given.conversations) as (brand, member, filled):
        found |= filled
        beside = floors(brand, given.visits)
        found["questions"] = {name: timed(each, given.visits) for name, each in questions(brand, member).items()}
    for name, one in beside.items():
        found["questions"][name]["floor_ms"] = one["p95_ms"]
    if given.json:
        print(json.dumps(found))
        return
    print(
        f"{found['messages']:,} messages in {found['conversations']:,} conversations: {found['threading']:,} a second "
        f"when all are new ({found['a_cpu_second']:,} in a second of PostgreSQL's own), a hundred changed ones in "
        f"{found['again']} s"
    )
    for name, one in found["questions"].items():
        floor = f", one indexed query {one['floor_ms']} ms" if "floor_ms" in one else ""
        print(f"{name}: p95 {one['p95_ms']} ms, median {one['median_ms']} ms, {one['queries']} queries, the slowest "
              f"number {one['slowest']}{floor}")  # fmt: skip


if __name__ == "__main__":
    main()
