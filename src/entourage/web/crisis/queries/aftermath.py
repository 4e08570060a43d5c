"""What came of a crisis: who was answered and how soon, who said something good afterwards, who came back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.crisis.models import Aftermath
from entourage.web.crisis.queries.counting import SAID, told
from entourage.web.today.queries.critics import BACK, CONFIRMED, LATER

if TYPE_CHECKING:
    from entourage.web.crisis.models import Crisis

#: Days after its end at which it is looked at again.
SINCE_DAYS = (0, 1, 7, 28)
#: What came before it, to compare with: as many weeks as its hours are compared with.
BEFORE = timedelta(weeks=8)
#: More people than this are a sample, the newest.
MOST = 20_000

# Confirmed and came back as on the critics' ladder.
_TALKS = f"""
WITH said AS (
    SELECT a.id, a.account_id, a.at, coalesce(c.person_id::text, a.account_id::text) AS who
    {SAID} AND r.sign = -1 ORDER BY a.at DESC LIMIT %(most)s
), talks AS (
    SELECT m.conversation_id, v.account_id, min(s.at) AS at
    FROM said s JOIN inbox_message m ON m.activity_id = s.id AND m.inward
    JOIN inbox_conversation v ON v.id = m.conversation_id GROUP BY 1, 2
), told AS (
    SELECT t.*, (SELECT min(o.at) FROM inbox_message o WHERE o.conversation_id = t.conversation_id AND NOT o.inward
                 AND o.at >= t.at AND o.at < %(now)s) AS answered_at
    FROM talks t
)
SELECT (SELECT count(DISTINCT who) FROM said), count(*), count(answered_at),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - at)::float),
       count(*) FILTER (WHERE {CONFIRMED}),
       count(*) FILTER (WHERE answered_at < %(now)s - %(later)s),
       count(*) FILTER (WHERE answered_at < %(now)s - %(later)s AND back.good)
FROM told talk LEFT JOIN {BACK}
"""
_SHARES = f"""
SELECT CASE WHEN a.at < %(starts)s THEN 'before' WHEN a.at < %(ends)s THEN 'during' ELSE 'after' END,
       count(*), count(*) FILTER (WHERE r.sign = -1)
{SAID} GROUP BY 1
"""


def overdue(crisis: Crisis, *, at: datetime) -> list[int]:
    """At which days after its end it must be looked at now, and has not been; ``OPEN`` while it lasts."""
    if crisis.closed_at is None:
        return [Aftermath.OPEN]
    known = set(Aftermath.objects.of(crisis.brand_id).filter(crisis=crisis).values_list("day", flat=True))
    return [day for day in SINCE_DAYS if day not in known and at >= crisis.until + timedelta(days=day)]


def figures(crisis: Crisis, *, at: datetime) -> dict[str, Any]:
    """What had become of a crisis at a moment; two queries."""
    names = ("people", "talks", "answered", "median_s", "confirmed", "due", "back")
    more = {"now": at, "later": LATER, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_TALKS, told(crisis.brand_id, since=crisis.starts_at, until=crisis.until, **more))
        found: dict[str, Any] = dict(zip(names, cursor.fetchone(), strict=True))
        span = {"since": crisis.starts_at - BEFORE, "until": at, "starts": crisis.starts_at, "ends": crisis.until}
        cursor.execute(_SHARES, told(crisis.brand_id, **span))
        shares = {key: list(counts) for key, *counts in cursor.fetchall()}
    return found | {key: shares.get(key, [0, 0]) for key in ("before", "during", "after")}
