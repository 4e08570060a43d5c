"""First responses for a report: stored with their rows, of the conversations of the audit and by its rules.

The audit reads the log, this reads what the inbox has made of it; a test compares both on the same log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.db import connection

from entourage.engine.service.response import GRACE
from entourage.web.outbox.queries.leaving import on_its_way
from entourage.web.service.bridge.events import copied
from entourage.web.service.bridge.stretch import BEFORE
from entourage.web.service.queries import left_out

if TYPE_CHECKING:
    from entourage.web.service.models import Report


def gather(report: Report) -> int:
    """Store what was asked from ``starts_at`` on and what answered it first; how many. Twice replaces them."""
    assert report.starts_at is not None  # noqa: S101 - the caller has just said both
    assert report.at is not None  # noqa: S101
    condition, values = left_out(report.brand)
    given: dict[str, Any] = {
        "brand": report.brand_id, "report": report.pk, "since": report.starts_at, "before": report.starts_at - BEFORE,
        "until": report.at, "late": report.at - GRACE, **values,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM service_firstresponse WHERE report_id = %s", [report.pk])
        cursor.execute(_STORE.format(left_out=condition), given)
        stored = int(cursor.rowcount)
        cursor.execute("ANALYZE service_firstresponse")
        return stored


def frame(report: Report) -> pa.Table:
    """The stored rows as the engine reads them."""
    return copied(_FRAME, {"report": report.pk}, {
        "department": pa.string(), "network": pa.string(), "asked_us": pa.int64(), "answered_us": pa.int64(),
        "known": pa.bool_(),
    })  # fmt: skip


# An answer names the message that it answers, or the person it is turned to. What is on its way is said; once the log
# has it, the log tells when, and whether it is still there.
_STORE = f"""
WITH line AS MATERIALIZED (
    SELECT c.id AS talk, m.activity_id AS activity, m.at, m.inward, a.timing, a.reply_to,
           coalesce(a.toward_id = c.account_id, false) AS to_them
    FROM inbox_conversation c JOIN inbox_message m ON m.conversation_id = c.id
    JOIN listen_activity a ON a.id = m.activity_id
    WHERE c.brand_id = %(brand)s AND c.last_in_at >= %(since)s AND c.asked_at < %(until)s
      AND m.at >= %(before)s AND m.at < %(until)s AND NOT (m.inward AND {{left_out}})
), asked AS (
    SELECT talk, min(at) AS at FROM line WHERE inward GROUP BY talk HAVING min(at) >= %(since)s
), said AS (
    SELECT ours.talk, ours.activity, ours.at, ours.timing
    FROM line ours LEFT JOIN line theirs
        ON theirs.talk = ours.talk AND theirs.inward AND theirs.activity = ours.reply_to
    WHERE NOT ours.inward AND (ours.to_them OR theirs.talk IS NOT NULL)
    UNION ALL
    SELECT g.conversation_id, coalesce(g.activity, g.id), g.created_at, 'exact'
    FROM asked JOIN outbox_outgoing g ON g.brand_id = %(brand)s AND g.conversation_id = asked.talk
    WHERE {on_its_way("g", told="listen_activity.id")} AND g.created_at >= %(before)s AND g.created_at < %(until)s
), answered AS (
    SELECT DISTINCT ON (said.talk) said.talk, said.at, said.timing
    FROM said JOIN asked ON asked.talk = said.talk AND said.at >= asked.at
    ORDER BY said.talk, said.at, said.activity
), opened AS (
    SELECT DISTINCT said.talk FROM said JOIN asked ON asked.talk = said.talk AND said.at < asked.at
)
INSERT INTO service_firstresponse
    (brand_id, report_id, conversation_id, department, network, asked_at, answered_at, known, due)
SELECT %(brand)s, %(report)s, c.id, c.department, c.network, asked.at, answered.at,
       coalesce(answered.timing, '') <> 'after', answered.at IS NOT NULL OR asked.at <= %(late)s
FROM asked JOIN inbox_conversation c ON c.id = asked.talk
LEFT JOIN answered ON answered.talk = asked.talk LEFT JOIN opened ON opened.talk = asked.talk
WHERE opened.talk IS NULL
ORDER BY asked.at, c.id
"""
_FRAME = """
SELECT department, network, (extract(epoch FROM asked_at) * 1000000)::bigint AS asked_us,
       (extract(epoch FROM answered_at) * 1000000)::bigint AS answered_us, known
FROM service_firstresponse WHERE report_id = %(report)s ORDER BY id
"""
