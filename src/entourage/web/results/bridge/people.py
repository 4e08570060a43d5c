"""Who matters, whom to answer and whom to thank: keys and numbers, never a name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.people.queries import (
    angry_regulars,
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
#: A review from here on (of 0..1, three stars of five) is worth a thank-you.
GOOD = 0.6

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
        "angry": _told(angry_regulars(brand, TEN)),
        "drifting": _told(drifting(brand, TEN)),
        "quiet": _told(gone_quiet(brand, TEN)),
        "back": _told(came_back(brand, TEN)),
        "unanswered": _told(unanswered_regulars(brand, TEN)),
        "counts": scoring.counts,
        "tone": scoring.tone,
        "trust": _trust(scoring),
    }


def monday(audit: Audit, brand: Brand) -> Figures:
    """Ten people to answer and ten to thank; nobody stands in both lists."""
    answer = _answer(audit, brand)
    return {"answer": answer, "thank": _thank(audit, brand, [one["person"] for one in answer])}


def _told(standings: Iterable[Standing]) -> list[Figures]:
    return [
        {
            "person": one.person_id, "weeks": one.weeks, "low": one.low, "high": one.high, "ring": one.ring,
            "before": one.weeks_before, "asked": one.asked, "answered": one.answered,
            "last_at": one.last_at.isoformat(),
            "engaged": one.engaged, "opportunities": one.opportunities,
            "standing": one.name, "warmth": one.warmth, "warmth_low": one.warmth_low, "warmth_high": one.warmth_high,
            "judged": one.judged, "positive": one.positive, "negative": one.negative,
        }
        for one in standings
    ]  # fmt: skip


def _trust(scoring: Scoring) -> Figures:
    """What the one sentence on trust needs of the backtest."""
    test = scoring.backtest
    if not test or "verdict" not in test:
        return {"error": test.get("error", "") if test else ""}
    return {key: test[key] for key in ("verdict", "measures", "differences", "people", "horizon_us") if key in test}


def _answer(audit: Audit, brand: Brand) -> list[Figures]:
    """Who waits for a first answer: vehemence by closeness by waiting, the fresh before the stale."""
    scoring = latest_scoring(brand)
    parameters: Figures = {
        "audit": audit.pk, "brand": brand.pk, "until": audit.ends_at, "fresh": audit.ends_at - FRESH, "ten": TEN,
        "horizon": scoring.horizon if scoring else 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, parameters)
        return [
            {"person": person, "message": str(message), "asked_at": asked.isoformat(), "messages": int(messages),
             "vehemence": vehemence / 1000, "weeks": weeks, "ring": ring, "standing": standing}
            for person, message, asked, messages, vehemence, weeks, ring, standing in cursor.fetchall()
        ]  # fmt: skip


def _thank(audit: Audit, brand: Brand, answered: list[int]) -> list[Figures]:
    """Close people and helpers of the last weeks whom nothing keeps waiting, with what they did for the brand."""
    since = audit.ends_at - FRESH
    with connection.cursor() as cursor:
        cursor.execute(
            _THANK,
            {"brand": brand.pk, "audit": audit.pk, "since": since, "until": audit.ends_at, "answer": answered,
             "good": GOOD, "ten": TEN},
        )  # fmt: skip
        return [
            {"person": person, "message": str(message), "at": at.isoformat(), "act": act, "helps": int(helps),
             "intent": intent, "weeks": weeks, "ring": ring, "standing": standing}
            for person, message, at, act, helps, intent, weeks, ring, standing in cursor.fetchall()
        ]  # fmt: skip


# Praise and thanks are read as such only where their sign is certain: they call for a thank-you, not for an answer.
_KIND = "coalesce({row}.intent IN ('praise', 'thanks') AND {row}.sign = 1, false)"

# One row a person: their most vehement fresh message without an answer (the latest of equals), all the messages of
# theirs that got none, their closeness. Three factors, each from 1 up: anger up to 4, closeness up to 14, and the weeks
# waited with the messages repeated. One that is missing leaves the others in force.
_ANSWER = f"""
WITH waiting AS (
    SELECT v.person_id, sum(v.messages) AS messages, max(v.asked_at) AS asked_at,
           coalesce(max(r.vehemence) FILTER (WHERE v.asked_at >= %(fresh)s), max(r.vehemence), 0) AS vehemence,
           (array_agg(v.message ORDER BY v.asked_at >= %(fresh)s DESC, coalesce(r.vehemence, 0) / 250 DESC,
                                         v.asked_at DESC))[1] AS message
    FROM results_auditedconversation v
    JOIN listen_activity a ON a.id = v.message AND a.text <> ''
    LEFT JOIN reading_reading r ON r.id = v.message
    WHERE v.audit_id = %(audit)s AND v.brand_id = %(brand)s AND v.page = '' AND v.answered_at IS NULL
      AND v.person_id IS NOT NULL AND NOT {_KIND.format(row="r")}
    GROUP BY v.person_id
)
SELECT w.person_id, w.message, w.asked_at, w.messages, w.vehemence, s.weeks, s.ring, coalesce(s.name, '')
FROM waiting w JOIN people_person p ON p.id = w.person_id
LEFT JOIN people_standing s ON s.person_id = w.person_id
ORDER BY w.asked_at >= %(fresh)s DESC,
         (1 + 3 * w.vehemence / 1000.0) * (1 + 13 * coalesce(s.weeks, 0) / %(horizon)s)
         * (1 + extract(epoch FROM %(until)s - w.asked_at) / 604800 + least(w.messages - 1, 3)) DESC, w.asked_at
LIMIT %(ten)s
"""

# A deed is thanked: help, an order, an idea, a good review, a share without words of its own; and words of praise or
# thanks, where they were read so. Each time that somebody helped another customer counts as two weeks closer: it is the
# brand's work that they did. What is said in anger is no deed, and nobody who is against us is thanked as a friend.
# Whoever waits for us, or is mostly left without an answer, is answered first.
_THANK = f"""
WITH deed AS (
    SELECT c.person_id, a.id, a.at, a.act, coalesce(r.intent, '') AS intent,
           count(*) FILTER (WHERE a.act = 'help') OVER (PARTITION BY c.person_id) AS helps,
           row_number() OVER (PARTITION BY c.person_id
                              ORDER BY a.act = 'help' DESC, a.act = 'purchase' DESC, a.at DESC) AS place
    FROM listen_activity a
    JOIN listen_account c ON c.id = a.account_id AND c.role = 'public' AND c.told_kind <> 'bot'
    LEFT JOIN listen_account t ON t.id = a.toward_id
    LEFT JOIN reading_reading r ON r.id = a.id
    WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.deleted_at IS NULL
      AND coalesce(r.sign, 0) >= 0
      AND (a.act IN ('help', 'purchase', 'idea') OR (a.act = 'share' AND a.text = '')
           OR (a.act = 'review' AND a.rating >= %(good)s) OR {_KIND.format(row="r")})
      AND (a.act = 'help' OR a.toward_id IS NULL OR t.role = 'own')
), waiting AS MATERIALIZED (
    SELECT DISTINCT v.person_id FROM results_auditedconversation v LEFT JOIN reading_reading r ON r.id = v.message
    WHERE v.audit_id = %(audit)s AND v.page = '' AND v.answered_at IS NULL AND v.asked_at >= %(since)s
      AND v.person_id IS NOT NULL AND NOT {_KIND.format(row="r")}
)
SELECT p.id, d.id, d.at, d.act, d.helps, d.intent, s.weeks, s.ring, s.name
FROM deed d
JOIN people_person p ON p.id = d.person_id AND p.kind = 'public' AND p.left_alone_at IS NULL
JOIN people_standing s ON s.person_id = p.id AND NOT (s.asked >= 2 AND s.answered * 2 < s.asked)
 AND s.name NOT IN ('hostile_regular', 'critic')
WHERE d.place = 1 AND NOT p.id = ANY(%(answer)s) AND p.id NOT IN (SELECT person_id FROM waiting)
ORDER BY s.weeks + 2 * least(d.helps, 3) DESC, p.id
LIMIT %(ten)s
"""
