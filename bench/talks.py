"""A year of talk at any size, for ``bench.inbox`` and ``bench.service``: drawn, threaded, and copied from there on."""

from __future__ import annotations

import argparse
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bench.import_ import backend_s
from bench.score import world

if TYPE_CHECKING:
    from collections.abc import Iterator

MESSAGES = 10
#: How often each question is asked, unless told otherwise.
VISITS = 60
UNTIL = datetime(2026, 1, 5, tzinfo=UTC)
#: So many conversations are threaded as the job does it; the others are their copies, of other people, minutes before.
THREADED = 50_000
CHUNK = 50_000
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
        FROM generate_series(%(first)s::bigint, %(last)s::bigint, %(step)s) c, generate_series(0, %(messages)s - 1) m,
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

# Conversation c is told by the threads of its messages; its copy is conversation c - j: another person, a bit earlier.
_EARLIER = "- %(copy)s * interval '365 days' / %(all)s"
_SHIFTED = "md5('m' || (split_part({it}, '.', 1)::bigint - %(copy)s) || '.' || {m})::uuid"
_M = "split_part(network_id, '.', 2)"
_WHO = "md5('p' || ((split_part({it}, '.', 1)::bigint - %(copy)s) %% %(people)s))::uuid"
_COPIES = {
    "messages": f"""
        INSERT INTO listen_activity (id, brand_id, account_id, network, network_id, act, at, toward_id, reply_to,
                                     context, text, url, language, tags, origin, rating, timing)
        SELECT {_SHIFTED.format(it="network_id", m=_M)}, brand_id,
               CASE WHEN account_id = md5('own')::uuid THEN account_id ELSE {_WHO.format(it="network_id")} END, network,
               (split_part(network_id, '.', 1)::bigint - %(copy)s) || '.' || {_M}, act, at {_EARLIER},
               CASE WHEN toward_id = md5('own')::uuid THEN toward_id ELSE {_WHO.format(it="network_id")} END,
               CASE WHEN reply_to IS NOT NULL
                    THEN {_SHIFTED.format(it="network_id", m=f"({_M}::int - 1)")} END,
               {_SHIFTED.format(it="network_id", m="0")}, text, url, language, tags, origin, rating, timing
        FROM first_activity""",
    "readings": f"""
        INSERT INTO reading_reading (id, brand_id, account_id, at, language, negative, neutral, positive, sign,
                                     vehemence, intent, department, lesson, reasons, corrected, reader, text_key)
        SELECT {_SHIFTED.format(it="network_id", m=_M)}, r.brand_id, {_WHO.format(it="network_id")},
               r.at {_EARLIER}, r.language, negative, neutral, positive, sign, vehemence, intent, department, lesson,
               reasons, corrected, reader, {_SHIFTED.format(it="network_id", m=_M)}
        FROM first_activity a JOIN reading_reading r ON r.id = a.id""",
    "conversations": f"""
        INSERT INTO inbox_conversation (brand_id, key, network, place, page_id, account_id, person_id, thread, subject,
            state, department, department_said, labels, asked_at, last_in_at, last_out_at, answered_at, waiting_since,
            resolved_at, messages, last_message_id, vehemence, sign, intent, language, due_what, hold, state_said,
            changed_at)
        SELECT c.brand_id, md5(it.thread::text || it.who::text)::uuid, c.network, place, page_id, it.who, w.person_id,
               it.thread, subject, state, department, department_said, labels, asked_at {_EARLIER},
               last_in_at {_EARLIER}, last_out_at {_EARLIER}, answered_at {_EARLIER}, waiting_since {_EARLIER},
               resolved_at {_EARLIER}, messages,
               {_SHIFTED.format(it="l.network_id", m="split_part(l.network_id, '.', 2)")},
               vehemence, sign, intent, c.language, due_what, hold, state_said, changed_at
        FROM first_conversation c JOIN listen_activity a ON a.id = c.thread
        LEFT JOIN listen_activity l ON l.id = c.last_message_id,
             LATERAL (SELECT {_SHIFTED.format(it="a.network_id", m="0")} AS thread,
                             {_WHO.format(it="a.network_id")} AS who) it
             JOIN listen_account w ON w.id = it.who""",
    "lines": f"""
        INSERT INTO inbox_message (activity_id, conversation_id, brand_id, at, inward, words)
        SELECT {_SHIFTED.format(it="a.network_id", m="split_part(a.network_id, '.', 2)")}, c.id, m.brand_id,
               m.at {_EARLIER}, m.inward, m.words
        FROM first_message m JOIN first_activity a ON a.id = m.activity_id
        JOIN inbox_conversation c ON c.thread = {_SHIFTED.format(it="a.network_id", m="0")}
             AND c.brand_id = m.brand_id AND c.account_id = {_WHO.format(it="a.network_id")}""",
    "spoken": f"""
        INSERT INTO inbox_spoken (id, brand_id, thread, toward)
        SELECT {_SHIFTED.format(it="a.network_id", m="split_part(a.network_id, '.', 2)")}, s.brand_id,
               {_SHIFTED.format(it="a.network_id", m="0")}, {_WHO.format(it="a.network_id")}
        FROM first_spoken s JOIN first_activity a ON a.id = s.id""",
}
_TRIGGERS = "ALTER TABLE listen_activity {0} TRIGGER USER; ALTER TABLE reading_reading {0} TRIGGER USER"
_FIRST = {"activity": "listen_activity", "conversation": "inbox_conversation", "message": "inbox_message",
          "spoken": "inbox_spoken"}  # fmt: skip


def command_line(about: str | None) -> argparse.Namespace:
    """What the command line asks for: how many conversations, how many visits, lines or JSON."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


@contextmanager
def desk(conversations: int) -> Iterator[tuple[Any, Any, dict[str, float]]]:
    """A brand of so many conversations, of a quarter as many people; its agent; how fast its messages went in."""
    with world():
        from entourage.web.core.models import Brand, Member, User

        brand = Brand.objects.create(slug="bench", name="Bench")
        user = User.objects.create_user("bench@example.org", "unused-here")
        member = Member.objects.create(brand=brand, user=user, role="agent")
        yield brand, member, fill(brand, conversations, max(10, conversations // 4))


def fill(brand: Any, conversations: int, people: int, *, threaded: int = THREADED) -> dict[str, float]:
    """Draw the brand's messages, put them into conversations as the job does, and copy these; how fast they went in."""
    from django.db import connection

    step = max(1, conversations // threaded)
    told = {"brand": brand.pk, "people": people, "until": UNTIL, "all": conversations, "messages": MESSAGES,
            "step": step}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for name, part in _PARTS.items():
            for first in range(step, conversations + 1, CHUNK * step) if name == "messages" else [0]:
                cursor.execute(part, {**told, "first": first, "last": min(first + CHUNK * step - 1, conversations)})
        cursor.execute(
            "VACUUM ANALYZE listen_activity, listen_account, reading_reading, people_person, people_standing"
        )
    found = _threaded(brand, conversations // step * MESSAGES)
    if step > 1:
        _copied(told, step)
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE listen_activity, reading_reading, inbox_conversation, inbox_message, inbox_spoken, "
            "inbox_unthreaded"
        )
    return {**found, "again": round(_again(brand), 3)}


def _threaded(brand: Any, messages: int) -> dict[str, float]:
    """All that waits put into conversations: messages a second, and in a second of PostgreSQL's own."""
    from entourage.web.inbox import actions

    begin, used = time.perf_counter(), backend_s()
    actions.thread(brand, now=UNTIL)
    spent, used = time.perf_counter() - begin, backend_s() - used
    return {
        "threaded": messages,
        "threading": round(messages / spent),
        "a_cpu_second": round(messages / max(used, 0.01)),
    }


def _copied(told: dict[str, Any], step: int) -> None:
    """The other conversations: as ``thread`` would leave them, which at ten million messages would take an hour."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name, table in _FIRST.items():
            cursor.execute(f"CREATE TEMP TABLE first_{name} AS SELECT * FROM {table}; ANALYZE first_{name}")
        # What is told to the threading by triggers has been threaded here; the words' index is built at the end.
        cursor.execute(
            "ALTER TABLE listen_activity DISABLE TRIGGER USER; ALTER TABLE reading_reading DISABLE TRIGGER USER"
        )
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'message_words'")
        (again,) = cursor.fetchone()
        cursor.execute("DROP INDEX message_words")
        for copy in range(1, step):
            for part in _COPIES.values():
                cursor.execute(part, {**told, "copy": copy})
            if copy in (1, 4):
                cursor.execute("ANALYZE listen_activity, inbox_conversation")
        cursor.execute(again)
        cursor.execute(
            "ALTER TABLE listen_activity ENABLE TRIGGER USER; ALTER TABLE reading_reading ENABLE TRIGGER USER"
        )


def _again(brand: Any) -> float:
    """Seconds until a hundred edited messages are in their conversations."""
    from entourage.web.inbox import actions
    from entourage.web.listen.models import Activity

    some = Activity.objects.of(brand).order_by("-at").values_list("pk", flat=True)[:100]
    Activity.objects.of(brand).filter(pk__in=list(some)).update(language="fr", text="word7 word77")
    begin = time.perf_counter()
    actions.thread(brand, now=UNTIL)
    return time.perf_counter() - begin
