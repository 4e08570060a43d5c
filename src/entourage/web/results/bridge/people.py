"""Who matters, whom to answer and whom to thank: keys and numbers, never a name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.engine.log import MEANINGFUL
from entourage.web.people.queries import (
    came_back,
    closest,
    drifting,
    gone_quiet,
    latest_scoring,
    unanswered_regulars,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entourage.web.core.models import Brand
    from entourage.web.people.models import Scoring, Standing
    from entourage.web.results.models import Audit

#: What somebody can do before lunch on a Monday.
TEN = 10
#: A message older than this has been given up on by who wrote it; it is listed only when nothing fresher waits.
FRESH = timedelta(weeks=4)
#: How many of the closest are looked at to find ten to thank.
CLOSEST_LOOKED_AT = 300

Figures = dict[str, Any]


def who_matters(brand: Brand) -> Figures:
    """The short lists of the people room at this moment, and how far the prediction can be trusted."""
    scoring = latest_scoring(brand)
    if scoring is None or not scoring.model:
        return {"scored": False, "error": scoring.error if scoring else "", "counts": {}, "trust": {}}
    return {
        "scored": True,
        "unit": scoring.unit,
        "horizon": scoring.horizon,
        "model": scoring.model,
        "scored_at": scoring.at.isoformat(),
        "closest": _told(closest(brand, TEN)),
        "drifting": _told(drifting(brand, TEN)),
        "quiet": _told(gone_quiet(brand, TEN)),
        "back": _told(came_back(brand, TEN)),
        "unanswered": _told(unanswered_regulars(brand, TEN)),
        "counts": scoring.counts,
        "trust": _trust(scoring),
    }


def monday(audit: Audit, brand: Brand) -> Figures:
    """Ten people to answer and ten to thank; nobody stands in both lists."""
    answer = _answer(audit)
    return {"answer": answer, "thank": _thank(audit, brand, [one["person"] for one in answer])}


def _told(standings: Iterable[Standing]) -> list[Figures]:
    return [
        {
            "person": one.person_id, "weeks": one.weeks, "low": one.low, "high": one.high, "ring": one.ring,
            "before": one.weeks_before, "asked": one.asked, "answered": one.answered,
            "last_at": one.last_at.isoformat(),
            "engaged": one.engaged, "opportunities": one.opportunities,
        }
        for one in standings
    ]  # fmt: skip


def _trust(scoring: Scoring) -> Figures:
    """What the one sentence on trust needs of the backtest."""
    test = scoring.backtest
    if not test or "verdict" not in test:
        return {"error": test.get("error", "") if test else ""}
    return {key: test[key] for key in ("verdict", "measures", "differences", "people", "horizon_us") if key in test}


def _answer(audit: Audit) -> list[Figures]:
    """Who waits for a first answer: the closest and the most insistent first, the fresh before the stale."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [audit.pk, audit.brand_id, audit.ends_at - FRESH, TEN])
        return [
            {"person": person, "message": str(message), "asked_at": asked.isoformat(), "messages": int(messages),
             "weeks": weeks, "ring": ring}
            for person, message, asked, messages, weeks, ring in cursor.fetchall()
        ]  # fmt: skip


def _thank(audit: Audit, brand: Brand, answered: list[int]) -> list[Figures]:
    """Close people and helpers of the last weeks whom nothing keeps waiting, with what they last did for the brand."""
    since = audit.ends_at - FRESH
    with connection.cursor() as cursor:
        cursor.execute(
            _THANK,
            {"brand": brand.pk, "audit": audit.pk, "since": since, "until": audit.ends_at, "answer": answered,
             "acts": list(MEANINGFUL), "looked_at": CLOSEST_LOOKED_AT, "ten": TEN},
        )  # fmt: skip
        return [
            {"person": person, "message": str(message), "at": at.isoformat(), "act": act, "helps": int(helps),
             "weeks": weeks, "ring": ring}
            for person, message, at, act, helps, weeks, ring in cursor.fetchall()
        ]  # fmt: skip


# One row a person: the latest message that got no answer, all the messages of theirs that got none, their closeness.
_ANSWER = """
WITH waiting AS (
    SELECT v.person_id, sum(v.messages) AS messages, max(v.asked_at) AS asked_at,
           (array_agg(v.message ORDER BY v.asked_at DESC))[1] AS message
    FROM results_auditedconversation v
    JOIN listen_activity a ON a.id = v.message AND a.text <> ''
    WHERE v.audit_id = %s AND v.brand_id = %s AND v.page = '' AND v.answered_at IS NULL AND v.person_id IS NOT NULL
    GROUP BY v.person_id
)
SELECT w.person_id, w.message, w.asked_at, w.messages, s.weeks, s.ring
FROM waiting w JOIN people_person p ON p.id = w.person_id
LEFT JOIN people_standing s ON s.person_id = w.person_id
ORDER BY w.asked_at >= %s DESC, coalesce(s.weeks, 0) + 2 * least(w.messages - 1, 3) DESC, w.asked_at
LIMIT %s
"""

# Whoever helped another customer counts as two weeks closer: it is the brand's work that they did.
_THANK = """
WITH near AS (
    SELECT s.person_id, s.weeks, s.ring FROM people_standing s
    WHERE s.brand_id = %(brand)s AND s.last_at >= %(since)s
    ORDER BY s.weeks DESC, s.person_id LIMIT %(looked_at)s
), helping AS (
    SELECT c.person_id, count(*) AS helps FROM listen_activity a
    JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
    WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.act = 'help' AND a.deleted_at IS NULL
    GROUP BY c.person_id
), candidate AS (
    SELECT person_id FROM near
    UNION SELECT person_id FROM (SELECT person_id FROM helping ORDER BY helps DESC LIMIT 100) h
)
SELECT p.id, m.id, m.at, m.act, coalesce(h.helps, 0), s.weeks, s.ring
FROM candidate k
JOIN people_person p ON p.id = k.person_id AND p.kind = 'public' AND p.left_alone_at IS NULL
JOIN people_standing s ON s.person_id = k.person_id
LEFT JOIN helping h ON h.person_id = k.person_id
JOIN LATERAL (
    SELECT a.id, a.at, a.act FROM listen_activity a
    JOIN listen_account c ON c.id = a.account_id
    LEFT JOIN listen_account t ON t.id = a.toward_id
    WHERE c.person_id = p.id AND a.at >= %(since)s AND a.at < %(until)s AND a.deleted_at IS NULL AND a.text <> ''
      AND a.act = ANY(%(acts)s) AND (a.act = 'help' OR a.toward_id IS NULL OR t.role = 'own')
    ORDER BY a.act = 'help' DESC, a.act IN ('share', 'review', 'idea') DESC, a.at DESC LIMIT 1
) m ON true
WHERE NOT p.id = ANY(%(answer)s) AND NOT EXISTS (
    SELECT 1 FROM results_auditedconversation v
    WHERE v.audit_id = %(audit)s AND v.page = '' AND v.answered_at IS NULL AND v.person_id = p.id
      AND v.asked_at >= %(since)s)
ORDER BY s.weeks + 2 * least(coalesce(h.helps, 0), 3) DESC, p.id
LIMIT %(ten)s
"""
