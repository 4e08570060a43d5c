"""What of the log bears on the brand's goals: counts of the period, set beside them and never said to cause them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.people.queries.tempers import JUDGED, PURPOSES

if TYPE_CHECKING:
    from entourage.web.results.models import Audit

Figures = dict[str, Any]


def goals(audit: Audit) -> Figures:
    """Purchases, ideas, reviews, help, newcomers and the tone of the period, and who they came from."""
    parameters: Figures = {
        "brand": audit.brand_id, "since": audit.starts_at, "until": audit.ends_at, "judged": list(JUDGED),
        "purposes": list(PURPOSES),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ACTS, parameters)
        acts = {act: {"acts": acts, "people": people} for act, acts, people in cursor.fetchall()}
        cursor.execute(_BUYERS, parameters)
        buyers = {str(ring): count for ring, count in cursor.fetchall()}
        cursor.execute(_RATING, parameters)
        mean, rated = cursor.fetchone()
        cursor.execute(_NEW, parameters)
        (new,) = cursor.fetchone()
        cursor.execute(_READ, parameters)
        read = {intent: {"messages": messages, "people": people} for intent, messages, people in cursor.fetchall()}
        cursor.execute(_SIGNS, parameters)
        signs = {str(sign): messages for sign, messages in cursor.fetchall()}
    return {
        "acts": acts, "buyers_by_ring": buyers, "rating": mean, "rated": rated, "newcomers": new, "read": read,
        "signs": signs,
    }  # fmt: skip


_COUNTED = """
FROM listen_activity a
JOIN listen_account c ON c.id = a.account_id AND c.role = 'public' AND c.told_kind <> 'bot'
LEFT JOIN people_person e ON e.id = c.person_id
LEFT JOIN listen_account t ON t.id = a.toward_id
WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.deleted_at IS NULL
  AND coalesce(e.kind, 'public') = 'public' AND e.left_alone_at IS NULL
  AND (a.toward_id IS NULL OR t.role = 'own' OR a.act = 'help')
"""
_ACTS = f"""
SELECT a.act, count(*), count(DISTINCT c.person_id) {_COUNTED}
AND a.act IN ('purchase', 'idea', 'review', 'help', 'share') GROUP BY a.act
"""
# The same, of messages that were read.
_WORDS = _COUNTED.replace("WHERE", "JOIN reading_reading r ON r.id = a.id\nWHERE", 1)
_READ = f"""
SELECT r.intent, count(*), count(DISTINCT c.person_id) {_WORDS} AND r.intent IN ('idea', 'job_seeker') GROUP BY r.intent
"""
# For us or against us as warmth counts it, so that the figures of one audit agree.
_SIGNS = f"""
SELECT r.sign, count(*) {_WORDS} AND r.sign IS NOT NULL AND a.act = ANY(%(judged)s) AND r.intent <> ALL(%(purposes)s)
GROUP BY r.sign
"""
_RATING = f"SELECT avg(a.rating), count(a.rating) {_COUNTED} AND a.rating IS NOT NULL"
_BUYERS = """
SELECT s.ring, count(DISTINCT s.person_id) FROM listen_activity a
JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
JOIN people_standing s ON s.person_id = c.person_id
WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.act = 'purchase' AND a.deleted_at IS NULL
GROUP BY s.ring
"""
_NEW = (
    "SELECT count(*) FROM people_standing WHERE brand_id = %(brand)s AND first_at >= %(since)s AND first_at < %(until)s"
)
