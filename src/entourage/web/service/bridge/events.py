"""What happened in conversations, as the engine's clocks read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection

from entourage.engine.service.deadlines import Event
from entourage.web.inbox.actions import facts
from entourage.web.outbox.queries.leaving import on_its_way

if TYPE_CHECKING:
    from collections.abc import Sequence


def events(conversations: Sequence[int]) -> pa.Table:
    """What happened in these: ``talk``, ``at_us``, ``event`` (int64, as ``deadlines.clocks`` takes them).

    Their messages that call for an answer, our words, what is on its way, and who resolved or reopened. What settled by
    itself counts as resolved by our last words.
    """
    return copied(_EVENTS, {
        "ids": list(conversations), "never": list(facts.NEVER), "afterwards": list(facts.AFTERWARDS),
        "asked": Event.ASKED.value, "answered": Event.ANSWERED.value, "after": Event.ANSWERED_AFTER.value,
        "bot": Event.BOT.value, "resolved": Event.RESOLVED.value, "reopened": Event.REOPENED.value,
    }, {"talk": pa.int64(), "at_us": pa.int64(), "event": pa.int64()})  # fmt: skip


def copied(query: str, given: dict[str, Any], types: dict[str, pa.DataType]) -> pa.Table:
    """The rows of a query as a table, without a Python object for each."""
    rows = bytearray()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)", given) as copy,
    ):
        for chunk in copy:
            rows += chunk
    options = pa_csv.ConvertOptions(
        column_types=types, true_values=["t"], false_values=["f"], strings_can_be_null=False,
        quoted_strings_can_be_null=False,
    )  # fmt: skip
    return pa_csv.read_csv(pa.BufferReader(bytes(rows)), convert_options=options)


_EVENTS = f"""
WITH chosen AS (
    SELECT c.id, c.brand_id, c.answered_at, c.last_out_at, c.state, c.state_said
    FROM inbox_conversation c WHERE c.id = ANY(%(ids)s::bigint[])
)
SELECT told.talk, (extract(epoch FROM told.at) * 1000000)::bigint AS at_us, told.event
FROM (
    SELECT c.id AS talk, m.at, CASE WHEN m.inward THEN %(asked)s WHEN coalesce(o.told_kind = 'bot', false) THEN %(bot)s
                                    WHEN a.timing = 'after' THEN %(after)s ELSE %(answered)s END AS event
    FROM chosen c JOIN inbox_message m ON m.conversation_id = c.id JOIN listen_activity a ON a.id = m.activity_id
    LEFT JOIN listen_account o ON o.id = a.account_id AND NOT m.inward
    LEFT JOIN reading_reading r ON r.id = m.activity_id AND m.inward
    WHERE NOT coalesce(m.inward AND (r.intent = ANY(%(never)s) OR r.intent = ANY(%(afterwards)s)
                                     AND c.answered_at < m.at AND coalesce(r.sign, 0) >= 0), false)
    UNION ALL
    SELECT c.id, g.created_at, %(answered)s FROM chosen c
    JOIN outbox_outgoing g ON g.brand_id = c.brand_id AND g.conversation_id = c.id
    WHERE {on_its_way("g", told="inbox_message.activity_id")}
    UNION ALL
    SELECT c.id, s.at, CASE s.what WHEN 'resolved' THEN %(resolved)s ELSE %(reopened)s END
    FROM chosen c JOIN inbox_step s ON s.conversation_id = c.id
    WHERE s.what IN ('resolved', 'reopened') AND s.by_id IS NOT NULL
    UNION ALL
    SELECT c.id, c.last_out_at, %(resolved)s FROM chosen c
    WHERE c.state = 'resolved' AND NOT c.state_said AND c.last_out_at IS NOT NULL
) told
"""
