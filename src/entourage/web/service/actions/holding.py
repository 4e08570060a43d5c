"""Answers that wait for somebody's yes because a rule asks for it: told on the conversation, before one types."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from entourage.web.core.locks import hold
from entourage.web.service.queries import asking, rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.inbox.models import Conversation

#: Of conversations that are over, those that are not older than this may still be opened again and answered.
RECENT = timedelta(days=30)
#: Conversations looked at in one transaction.
TURN = 5_000


def keep(brand: Brand, told: Sequence[tuple[int, str]], *, now: datetime) -> int:
    """Write on each conversation which rule asks for a yes (empty: none); how many changed. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {
            "brand": brand.pk, "now": now, "ids": [one for one, _ in told], "asks": [asks for _, asks in told],
        })  # fmt: skip
        return int(cursor.rowcount)


def asks_now(conversation: Conversation) -> str:
    """Which rule wants a yes before an answer to it leaves, though nobody has routed their words yet; or empty."""
    asking_rules = [rule for rule in rules(conversation.brand, active=True) if rule.approve]
    if not asking_rules:
        return ""
    asks, values = asking(asking_rules)
    with connection.cursor() as cursor:
        cursor.execute(_NOW.format(asks=asks), values | {"brand": conversation.brand_id, "id": conversation.pk})
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def hold_again(brand: Brand, *, now: datetime, most: int = TURN) -> int:
    """Ask the rules anew which answers wait, after they have changed; how many conversations changed.

    Of conversations that are over, those of a month and those that a rule holds are looked at. Twice changes nothing.
    """
    changed, last = 0, 0
    while True:
        rows = _turn(brand, last, now=now, most=most)
        changed += rows[1]
        if rows[0] == last:
            return changed
        last = rows[0]


@transaction.atomic
def _turn(brand: Brand, last: int, *, now: datetime, most: int) -> tuple[int, int]:
    """The number of the last conversation looked at, and how many of them changed."""
    hold("service.route", brand.pk)
    asks, values = asking(rules(brand, active=True))
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN.format(asks=asks), values | {
            "brand": brand.pk, "last": last, "most": most, "since": now - RECENT,
        })  # fmt: skip
        told = cursor.fetchall()
    return (told[-1][0] if told else last), keep(brand, told, now=now)


_KEEP = """
UPDATE inbox_conversation c SET hold = told.asks, changed_at = %(now)s
FROM unnest(%(ids)s::bigint[], %(asks)s::text[]) told (id, asks)
WHERE c.id = told.id AND c.brand_id = %(brand)s AND c.hold <> told.asks
"""
_NOW = "SELECT {asks} FROM inbox_conversation c WHERE c.brand_id = %(brand)s AND c.id = %(id)s"
_AGAIN = """
SELECT c.id, {asks}
FROM (SELECT * FROM inbox_conversation
      WHERE brand_id = %(brand)s AND id > %(last)s
        AND (state IN ('open', 'waiting', 'snoozed') OR last_in_at >= %(since)s OR hold <> '')
      ORDER BY id LIMIT %(most)s) c
ORDER BY c.id
"""
