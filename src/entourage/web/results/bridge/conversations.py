"""Conversations out of the log: who asked, on which page, and what answered first. Set-based, whatever the size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.db import connection

from entourage.web.listen.queries.speaking import ANSWERING, ASKING
from entourage.web.outbox.queries.leaving import on_its_way
from entourage.web.service.bridge.events import copied
from entourage.web.service.bridge.stretch import BEFORE
from entourage.web.service.queries import left_out

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.results.models import Audit

#: Threads deeper than this are loops in bad data.
DEEPEST = 100


def gather(audit: Audit, brand: Brand) -> int:
    """Store the audit's conversations; tell how many there are. Doing it twice replaces them."""
    entries, given = left_out(brand)
    parameters: dict[str, Any] = {
        "brand": brand.pk,
        "audit": audit.pk,
        "zone": brand.time_zone,
        "since": audit.starts_at,
        "before": audit.starts_at - BEFORE,
        "until": audit.ends_at,
        "asking": list(ASKING),
        "answering": list(ANSWERING),
        "deepest": DEEPEST,
        **given,
    }
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM results_auditedconversation WHERE audit_id = %s", [audit.pk])
        for table in ("audit_pages", "audit_asked", "audit_said", "audit_thread", "audit_talk", "audit_reply"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(_PAGES, parameters)
        cursor.execute(_ASKED.format(marked=entries), parameters)
        for statement in (_SAID, _THREAD, _TALK, _REPLY):
            cursor.execute(statement, parameters)
        cursor.execute(_STORE, parameters)
        stored = int(cursor.rowcount)
        # What comes next joins these rows: a planner that believes them to be none would take minutes.
        cursor.execute("ANALYZE results_auditedconversation")
        return stored


def frame(audit: Audit) -> pa.Table:
    """The stored conversations: ``page``, ``network``, ``act``, ``hour``, ``asked_us``, ``answered_us`` and so on."""
    return copied(_FRAME, {"audit": audit.pk}, {
        "page": pa.string(), "network": pa.string(), "act": pa.string(), "hour": pa.int64(), "asked_us": pa.int64(),
        "answered_us": pa.int64(), "known": pa.bool_(), "timing": pa.string(), "answer_hour": pa.int64(),
    })  # fmt: skip


_PAGES = """
CREATE TEMP TABLE audit_pages ON COMMIT DROP AS
SELECT id, told_kind = 'bot' AS bot,
       CASE WHEN role = 'own' THEN '' ELSE lower(coalesce(nullif(handle, ''), nullif(name, ''), network_id)) END AS page
FROM listen_account WHERE brand_id = %(brand)s AND role IN ('own', 'competitor')
"""

# What people asked of a page. Entries of a contest ("I take part!") ask nothing and are left out.
_ASKED = """
CREATE TEMP TABLE audit_asked ON COMMIT DROP AS
SELECT a.id, a.account_id AS account, c.person_id, a.at, a.reply_to, a.context, a.network, a.act, p.page
FROM listen_activity a
JOIN audit_pages p ON p.id = a.toward_id
JOIN listen_account c ON c.id = a.account_id AND c.role = 'public' AND c.told_kind <> 'bot'
LEFT JOIN people_person e ON e.id = c.person_id
WHERE a.brand_id = %(brand)s AND a.at >= %(before)s AND a.at < %(until)s AND a.deleted_at IS NULL
  AND a.act = ANY(%(asking)s) AND coalesce(e.kind, 'public') = 'public' AND NOT {marked}
"""

# What the pages said; what a bot of theirs said is no answer.
_SAID = """
CREATE TEMP TABLE audit_said ON COMMIT DROP AS
SELECT a.id, a.at, a.timing, a.reply_to, a.context, a.toward_id AS toward, p.page
FROM audit_pages p JOIN listen_activity a ON a.account_id = p.id
WHERE NOT p.bot AND a.brand_id = %(brand)s AND a.at >= %(before)s AND a.at < %(until)s AND a.deleted_at IS NULL
  AND a.act = ANY(%(answering)s)
"""

# The thread of each message: what the network tells, else the top of its chain of replies, else itself.
_THREAD = """
CREATE TEMP TABLE audit_thread ON COMMIT DROP AS
WITH RECURSIVE climb AS (
    SELECT id, reply_to AS top, reply_to AS next, 1 AS depth
    FROM (SELECT id, reply_to, context FROM audit_asked UNION ALL SELECT id, reply_to, context FROM audit_said) m
    WHERE context IS NULL AND reply_to IS NOT NULL
    UNION ALL
    SELECT c.id, coalesce(a.context, a.reply_to, c.top), CASE WHEN a.context IS NULL THEN a.reply_to END, c.depth + 1
    FROM climb c JOIN listen_activity a ON a.id = c.next
    WHERE c.next IS NOT NULL AND c.depth < %(deepest)s
), topmost AS (SELECT DISTINCT ON (id) id, top FROM climb ORDER BY id, depth DESC)
SELECT m.id, coalesce(m.context, t.top, m.id) AS thread
FROM (SELECT id, context FROM audit_asked UNION ALL SELECT id, context FROM audit_said) m
LEFT JOIN topmost t ON t.id = m.id;
CREATE UNIQUE INDEX ON audit_thread (id); ANALYZE audit_thread; ANALYZE audit_asked; ANALYZE audit_said
"""

_TALK = """
CREATE TEMP TABLE audit_talk ON COMMIT DROP AS
SELECT DISTINCT ON (q.page, t.thread, q.account) q.page, t.thread, q.account, q.person_id, q.network, q.act,
       q.id AS message, q.at AS asked_at, count(*) OVER (PARTITION BY q.page, t.thread, q.account) AS messages
FROM audit_asked q JOIN audit_thread t ON t.id = q.id
ORDER BY q.page, t.thread, q.account, q.at, q.id;
CREATE INDEX ON audit_talk (thread, account); ANALYZE audit_talk
"""

# Every word of a page to a person in a thread: it names the message it answers, or the person it is turned to. What
# leaves through our outbox is said; once the log has it, the log tells when, and whether it is still there.
_REPLY = f"""
CREATE TEMP TABLE audit_reply ON COMMIT DROP AS
SELECT q.page, t.thread, q.account, s.id, s.at, s.timing
FROM audit_said s JOIN audit_asked q ON q.id = s.reply_to AND q.page = s.page JOIN audit_thread t ON t.id = q.id
UNION
SELECT k.page, k.thread, k.account, s.id, s.at, s.timing
FROM audit_said s JOIN audit_thread t ON t.id = s.id
JOIN audit_talk k ON k.thread = t.thread AND k.account = s.toward AND k.page = s.page
UNION
SELECT '', c.thread, c.account_id, coalesce(g.activity, g.id), g.created_at, 'exact'
FROM outbox_outgoing g JOIN inbox_conversation c ON c.id = g.conversation_id AND c.brand_id = g.brand_id
WHERE g.brand_id = %(brand)s AND {on_its_way("g", told="listen_activity.id")}
  AND g.created_at >= %(before)s AND g.created_at < %(until)s;
CREATE INDEX ON audit_reply (thread, account, at); ANALYZE audit_reply
"""

# Threads that the page opened with this person are not first responses; neither is what began before the period.
_STORE = """
INSERT INTO results_auditedconversation
    (brand_id, audit_id, page, network, account, person_id, message, act, messages, asked_at, hour, answer, answered_at,
     timing, answer_hour)
SELECT %(brand)s, %(audit)s, k.page, k.network, k.account, k.person_id, k.message, k.act, k.messages, k.asked_at,
       (extract(isodow FROM k.asked_at AT TIME ZONE %(zone)s) - 1) * 24
       + extract(hour FROM k.asked_at AT TIME ZONE %(zone)s),
       r.id, r.at, coalesce(r.timing, ''),
       CASE WHEN r.timing <> 'after' THEN (extract(isodow FROM r.at AT TIME ZONE %(zone)s) - 1) * 24
       + extract(hour FROM r.at AT TIME ZONE %(zone)s) END
FROM audit_talk k
LEFT JOIN LATERAL (
    SELECT id, at, timing FROM audit_reply r
    WHERE r.page = k.page AND r.thread = k.thread AND r.account = k.account AND r.at >= k.asked_at
    ORDER BY at, id LIMIT 1
) r ON true
WHERE k.asked_at >= %(since)s
  AND NOT EXISTS (SELECT 1 FROM audit_reply o WHERE o.page = k.page AND o.thread = k.thread AND o.account = k.account
                  AND o.at < k.asked_at)
ORDER BY k.page, k.asked_at
"""

_FRAME = """
SELECT page, network, act, hour, (extract(epoch FROM asked_at) * 1000000)::bigint AS asked_us,
       (extract(epoch FROM answered_at) * 1000000)::bigint AS answered_us, timing <> 'after' AS known, timing,
       answer_hour
FROM results_auditedconversation WHERE audit_id = %(audit)s ORDER BY id
"""
