"""What they have written in a conversation since an answer of ours was: for whoever lets that answer leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from entourage.web.outbox.queries import NEWEST, Newer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.web.outbox.models import Outgoing

# Newer than the message that it answers, not than its own moment: what its network told late nobody had seen either.
_SINCE = """
SELECT outgoing.id, newer.seen, newer.messages, newer.many
FROM outbox_outgoing outgoing
JOIN listen_activity asked ON asked.id = outgoing."to"
CROSS JOIN LATERAL (
    SELECT md5(string_agg(line.activity_id::text, ',' ORDER BY line.activity_id)) AS seen, count(*) AS many,
           (array_agg(line.activity_id ORDER BY line.at DESC, line.activity_id DESC))[:%(newest)s] AS messages
    FROM inbox_message line
    WHERE line.conversation_id = outgoing.conversation_id AND line.inward
      AND (line.at, line.activity_id) > (asked.at, asked.id)
) newer
WHERE outgoing.brand_id = %(brand)s AND outgoing.id = ANY(%(rows)s) AND newer.many > 0
"""


def newer_than(rows: Sequence[Outgoing]) -> dict[UUID, Newer]:
    """By row, what was written after the message that it answers, where anything was; one query."""
    asked: dict[str, Any] = {"brand": rows[0].brand_id, "rows": [row.pk for row in rows], "newest": NEWEST}
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, asked)
        return {
            row: Newer(tuple(reversed(messages)), UUID(seen), many > NEWEST)
            for row, seen, messages, many in cursor.fetchall()
        }
