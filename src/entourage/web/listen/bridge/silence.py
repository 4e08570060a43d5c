"""How long a connection is usually quiet, so that an unusual silence is noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection as database

from entourage.web.listen.models import Connection

if TYPE_CHECKING:
    from datetime import datetime

LOOKED = timedelta(hours=1)  # how often the past is looked at
PAST = timedelta(weeks=8)  # far enough for nights, weekends and a holiday
FEWEST = 20  # gaps; fewer say nothing of what is usual

# The longest but one in a hundred of the gaps between acts, over the last two thousand of them.
_GAP = """
SELECT count(*), percentile_cont(0.99) WITHIN GROUP (ORDER BY gap) FROM (
    SELECT at - lag(at) OVER (ORDER BY at) AS gap FROM (
        SELECT at FROM listen_activity
        WHERE brand_id = %(brand)s AND network = %(network)s AND at > %(since)s AND at <= %(now)s
        ORDER BY at DESC LIMIT 2000
    ) acts
) gaps WHERE gap IS NOT NULL
"""


def look(connection: Connection, *, now: datetime) -> None:
    """Note how long this connection's network is usually quiet at most, now and then."""
    if connection.looked_at and connection.looked_at > now - LOOKED:
        return
    asked: dict[str, Any] = {
        "brand": connection.brand_id,
        "network": connection.network,
        "since": now - PAST,
        "now": now,
    }
    with database.cursor() as cursor:
        cursor.execute(_GAP, asked)
        gaps, usual = cursor.fetchone()
    known = usual if gaps >= FEWEST else None
    Connection.objects.of(connection.brand_id).filter(pk=connection.pk).update(usual_gap=known, looked_at=now)
