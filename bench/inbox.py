"""How long the inbox takes at any size: its list, a search, a thread, each beside the one indexed query it must make.

``python -m bench.inbox --conversations 1000000 --json``

Ten messages a conversation, of people who come back, in words as common and as rare as in real talk. ``threading`` is
how many messages a second become conversations when all of them are new, ``a_cpu_second`` how many in a second that
PostgreSQL itself computes, whoever else uses the machine; ``again`` how long it takes to thread what a
hundred new messages touched. Of each question the 95th percentile in milliseconds; ``floor`` is that of one query by an
index that reads as many rows.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bench.import_ import backend_s
from bench.score import world

if TYPE_CHECKING:
    from collections.abc import Callable

VISITS = 60
MESSAGES = 10
UNTIL = datetime(2026, 1, 5, tzinfo=UTC)
#: A year of conversations, so that one in twelve is young enough to be open.
_PARTS = {
    "own": """
        INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind)
        SELECT md5('own')::uuid, %(brand)s, 'x', 'own', 'thebrand', 'The brand', '', 'own', 'own'""",
    "people": """
        INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind, person_id)
        SELECT md5('p' || n)::uuid, %(brand)s, 'x', n, 'fan' || n, 'Fan ' || n, '', 'public', '',
               nextval(pg_get_serial_sequence('people_person', 'id'))
        FROM generate_series(0, %(people)s - 1) n""",
    "met": """
        INSERT INTO people_person (id, brand_id, name, sort_name, handles, networks, kind, met_at)
        SELECT person_id, %(brand)s, name, lower(name), handle, 'x', 'public', now() FROM listen_account
        WHERE brand_id = %(brand)s AND person_id IS NOT NULL""",
    "standings": """
        INSERT INTO people_standing (person_id, brand_id, weeks, low, high, p_alive, ring, movement, periods_below,
                                     was_close, engaged, opportunities, acts, first_at, last_at, asked, answered,
                                     temper, judged, positive, negative, name)
        SELECT id, %(brand)s, 13 * close, 10 * close, 13, close, least(3, floor((1 - close) * 4)), '', 0,
               false, 3, 20, 9,
               %(until)s::timestamptz - interval '300 days', %(until)s, 4, 2 + id %% 3, 'unknown', 0, 0, 0, 'regular'
        FROM (SELECT id, power(random(), 3) AS close FROM people_person WHERE brand_id = %(brand)s) met""",
    # Zipf's law: word n of two hundred thousand is said as often as 1/n; every message says eight of them.
    "messages": """
        INSERT INTO listen_activity (id, brand_id, account_id, network, network_id, act, at, toward_id, reply_to,
                                     context, text, url, language, tags, origin, rating, timing)
        SELECT md5('m' || c || '.' || m)::uuid, %(brand)s, CASE WHEN ours THEN md5('own')::uuid ELSE who END, 'x',
               c || '.' || m, 'reply', begun + m * interval '1 hour', CASE WHEN ours THEN who ELSE md5('own')::uuid END,
               CASE WHEN m > 0 THEN md5('m' || c || '.' || m - 1)::uuid END, md5('m' || c || '.0')::uuid,
               (SELECT string_agg('word' || floor(exp(random() * ln(200000.0)))::int, ' ')
                FROM generate_series(1, 8) k WHERE c + m + k > 0), '', 'en', NULL, '', NULL, 'exact'
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) c, generate_series(0, %(messages)s - 1) m,
             LATERAL (SELECT md5('p' || c %% %(people)s)::uuid AS who,
                             %(until)s::timestamptz - (1 - c::float8 / %(all)s) * interval '365 days'
                             - interval '10 hours' AS begun,
                             m %% 2 = 1 AND NOT (m = 9 AND c %% 3 = 0) AS ours) it""",
    "readings": """
        INSERT INTO reading_reading (id, brand_id, account_id, at, language, negative, neutral, positive, sign,
                                     vehemence, intent, department, lesson, reasons, corrected, reader, text_key)
        SELECT id, brand_id, account_id, at, (ARRAY['fr','en','en','de'])[1 + drawn %% 4], 300, 400, 300,
               (ARRAY[-1, 0, 1, NULL])[1 + drawn / 4 %% 4], CASE WHEN drawn %% 50 = 0 THEN 700 ELSE 0 END,
               (ARRAY['care_question','complaint','praise','chatter','idea',''])[1 + drawn / 16 %% 6],
               (ARRAY['care','care','marketing','','rnd',''])[1 + drawn / 16 %% 6], '', '[]', false, 'bench', id
        FROM (SELECT *, hashtext(id::text) & 1048575 AS drawn FROM listen_activity
              WHERE brand_id = %(brand)s AND toward_id = md5('own')::uuid) said""",
}
CHUNK = 50_000
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


def fill(brand: Any, conversations: int, people: int) -> dict[str, float]:
    """Draw the brand's messages, then put them into conversations as the job does; how fast."""
    from django.db import connection

    from entourage.web.inbox import actions

    told = {"brand": brand.pk, "people": people, "until": UNTIL, "all": conversations, "messages": MESSAGES}
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for name, part in _PARTS.items():
            for first in range(1, conversations + 1, CHUNK) if name == "messages" else [0]:
                cursor.execute(part, {**told, "first": first, "last": min(first + CHUNK - 1, conversations)})
        cursor.execute(
            "VACUUM ANALYZE listen_activity, listen_account, reading_reading, people_person, people_standing"
        )
    begin, used = time.perf_counter(), backend_s()
    actions.thread(brand, now=UNTIL)
    spent, used = time.perf_counter() - begin, backend_s() - used
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE inbox_conversation, inbox_message, inbox_spoken, inbox_unthreaded")
    messages = conversations * MESSAGES
    return {
        "threading": round(messages / spent),
        "a_cpu_second": round(messages / max(used, 0.01)),
        "again": round(_again(brand), 3),
    }


def _again(brand: Any) -> float:
    """Seconds until a hundred edited messages are in their conversations."""
    from entourage.web.inbox import actions
    from entourage.web.listen.models import Activity

    some = Activity.objects.of(brand).order_by("-at").values_list("pk", flat=True)[:100]
    Activity.objects.of(brand).filter(pk__in=list(some)).update(language="fr", text="word7 word77")
    begin = time.perf_counter()
    actions.thread(brand, now=UNTIL)
    return time.perf_counter() - begin


def questions(brand: Any, member: Any) -> dict[str, list[Callable[[], Any]]]:
    """What is asked in turn, by the page that asks it."""
    from entourage.web.inbox import queries
    from entourage.web.inbox.models import Conversation
    from entourage.web.today import queries as day

    def ask(filters: dict[str, str], after: str = "") -> Callable[[], Any]:
        return lambda: queries.listed(brand, member, queries.Filters.read(filters), after=after)

    some = list(Conversation.objects.of(brand).order_by("?")[:20])
    deep = [f"{one.last_in_at.isoformat()}_{one.pk}" for one in some]
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    random.seed(1)
    with world():
        from entourage.web.core.models import Brand, Member, User

        brand = Brand.objects.create(slug="bench", name="Bench")
        user = User.objects.create_user("bench@example.org", "unused-here")
        member = Member.objects.create(brand=brand, user=user, role="agent")
        found: dict[str, Any] = {"conversations": given.conversations, "messages": given.conversations * MESSAGES}
        found |= fill(brand, given.conversations, max(10, given.conversations // 4))
        beside = floors(brand, given.visits)
        found["questions"] = {name: timed(asked, given.visits) for name, asked in questions(brand, member).items()}
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
