"""The topics of a week: found among its messages, held against the weeks before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection, transaction

from entourage.engine.text.meaning.topics import MESSAGES, NEAR, PEOPLE, turned
from entourage.engine.text.meaning.trend import trend
from entourage.web.listen.actions import intake_lock
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.gathering import centres_of, common_to, gathered, keep_members
from entourage.web.reading.bridge.heaps import Heap, heap
from entourage.web.reading.models import Topic, TopicMessage, TopicWeek

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.gathering import Gathered

    Vectors = NDArray[np.float32]

WEEK = timedelta(weeks=1)
#: Weeks whose topics are found, the present one included: what lies further back is told by the findings.
WEEKS = 8
#: Weeks before, against which a week is held.
BEFORE = 8
#: More topics than this are not read on a Monday.
MOST = 12
SECOND_US = 1_000_000

_TOUCHED = """
SELECT DISTINCT date_trunc('week', at AT TIME ZONE %(zone)s)::date FROM reading_vector
WHERE brand_id = %(brand)s AND number > %(grouped)s AND at >= %(since)s AND at < %(until)s ORDER BY 1
"""


def monday(brand: Brand, moment: datetime) -> date:
    """The Monday of the week of a moment, in the brand's time zone."""
    day = moment.astimezone(ZoneInfo(brand.time_zone)).date()
    return day - timedelta(days=day.weekday())


def begins(brand: Brand, week: date) -> datetime:
    """The moment at which a week begins."""
    return datetime(week.year, week.month, week.day, tzinfo=ZoneInfo(brand.time_zone))


def find_topics(brand: Brand, reader: Encoder, *, grouped: int, now: datetime) -> list[date]:
    """Find the topics of each of the last weeks that has messages beyond this number; which weeks those were."""
    at = horizon_end(brand, now=now)
    this = monday(brand, at)
    first = begins(brand, this - (WEEKS - 1) * WEEK)
    with connection.cursor() as cursor:
        told: dict[str, Any] = {
            "zone": brand.time_zone,
            "brand": brand.pk,
            "grouped": grouped,
            "since": first,
            "until": at,
        }
        cursor.execute(_TOUCHED, told)
        weeks = [week for (week,) in cursor.fetchall()]
    if weeks:
        # Weeks overlap in what came before them: read once.
        told_all = heap(brand, reader, since=begins(brand, weeks[0] - BEFORE * WEEK), until=at)
        for week in weeks:
            _find(brand, reader, week, told_all, at=at, now=now)
    return weeks


def _find(brand: Brand, reader: Encoder, week: date, told_all: Heap, *, at: datetime, now: datetime) -> None:
    since, ends = begins(brand, week), begins(brand, week + WEEK)
    until = min(at, ends)
    these = told_all.between(since, until)
    before = told_all.between(begins(brand, week - BEFORE * WEEK), since)
    common = common_to(reader, before.vectors, these.vectors)
    known = _known(brand, week, these, common)
    told = gathered(brand, these, common=common, known=list(known.values()), most=MOST)
    share = (until - since) / (ends - since)
    facts = _held_against(told, before, common, share, weeks=_weeks_of(before, since))
    rows = [(_number(one, list(known)), {**one.figures, **fact}) for one, fact in zip(told, facts, strict=True)]
    with transaction.atomic():
        # Nobody erases anybody between our look at the messages and their storing.
        intake_lock(brand)
        kept = [_store(brand, week, these, one, row) for one, row in zip(told, rows, strict=True) if _holds(one)]
        _forget(brand, week, kept)
        made = {"messages": len(these), "share": share, "made_at": now}
        TopicWeek.objects.of(brand).update_or_create(brand=brand, week=week, defaults=made)


def _known(brand: Brand, week: date, these: Heap, common: Vectors) -> dict[int, Vectors]:
    """The topics that this week had when it was last looked at: they keep their addresses."""
    said = TopicMessage.objects.of(brand).filter(topic__week=week).order_by("topic", "activity")
    return centres_of(said.values_list("topic_id", "activity_id"), these, common)


def _number(one: Gathered, known: list[int]) -> int | None:
    return known[one.topic.known] if one.topic.known >= 0 else None


def _weeks_of(before: Heap, since: datetime) -> float:
    """How many weeks before there are messages of."""
    if not len(before):
        return 0.0
    passed = since.timestamp() - float(before.at_us[0]) / SECOND_US
    return min(float(BEFORE), passed / WEEK.total_seconds())


def _held_against(
    told: list[Gathered], before: Heap, common: Vectors, share: float, *, weeks: float
) -> list[dict[str, Any]]:
    """How often each topic was talked about in the weeks before, and whether it is rising."""
    counts = np.zeros(len(told), np.int64)
    if told and len(before):
        cosines = turned(before.vectors, common) @ np.array([one.topic.centre for one in told], np.float32).T
        nearest = cosines.argmax(axis=1)
        near = cosines[np.arange(len(cosines)), nearest] >= NEAR
        counts = np.bincount(nearest[near], minlength=len(told))
    return [_trended(len(one.topic), int(count), share, weeks) for one, count in zip(told, counts, strict=True)]


def _trended(messages: int, before: int, share: float, weeks: float) -> dict[str, Any]:
    if weeks <= 0:
        return {"before": 0, "weeks_before": 0.0, "times": None, "low": 0.0, "high": None}
    risen = trend(messages, before, span=max(share, 1e-3), span_before=weeks)
    return {"before": before, "weeks_before": weeks, "times": risen.times, "low": risen.low, "high": risen.high}


def _store(brand: Brand, week: date, these: Heap, one: Gathered, row: tuple[int | None, dict[str, Any]]) -> int:
    number, values = row
    topic, _ = Topic.objects.of(brand).update_or_create(pk=number, defaults={**values, "brand": brand, "week": week})
    keep_members(brand, "topic", topic.pk, these, one.topic)
    return int(topic.pk)


def _holds(one: Gathered) -> bool:
    """A topic that its messages have left is one no longer."""
    return len(one.topic) >= MESSAGES and one.people >= PEOPLE


def _forget(brand: Brand, week: date, kept: list[int]) -> None:
    gone = Topic.objects.of(brand).filter(week=week).exclude(pk__in=kept)
    TopicMessage.objects.of(brand).filter(topic__in=gone).delete()
    gone.delete()
