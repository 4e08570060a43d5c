"""The topics of a week: found among its messages, held against the weeks before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection, transaction

from entourage.engine.text.meaning.topics import MESSAGES, NEAR, PEOPLE, turned
from entourage.web.listen.actions import intake_lock
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.gathering import centres_of, common_to, gathered, keep_members
from entourage.web.reading.bridge.heaps import Heap, Sum, heap
from entourage.web.reading.bridge.trending import WEEK, trended, weeks_heard
from entourage.web.reading.models import Topic, TopicMessage, TopicWeek
from entourage.web.reading.queries.gathered import WEEKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.gathering import Gathered

    Vectors = NDArray[np.float32]

#: Weeks before, against which a week is held.
BEFORE = 8
#: More topics than this are not read on a Monday.
MOST = 12

# A week that was looked at is looked at again where it was not over, or where somebody in a topic of it has gone:
# erased, left alone, one of ours. People belong to a room above: they are read by their table.
_TOUCHED = """
SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date AS week FROM reading_vector
WHERE brand_id = %(brand)s AND number > %(grouped)s AND at >= %(since)s AND at < %(until)s
UNION
SELECT known.week FROM reading_topicweek known
WHERE known.brand_id = %(brand)s AND (%(grouped)s < 0 OR known.share < 1 OR EXISTS (
    SELECT FROM reading_topic topic
    WHERE topic.brand_id = known.brand_id AND topic.week = known.week AND topic.messages <> (
        SELECT count(*) FROM reading_topicmessage said JOIN listen_account account ON account.id = said.account_id
        WHERE said.topic_id = topic.id
          AND NOT EXISTS (SELECT FROM people_person person WHERE person.id = account.person_id
                          AND (person.left_alone_at IS NOT NULL OR person.kind <> 'public')))))
ORDER BY 1
"""


def monday(brand: Brand, moment: datetime) -> date:
    """The Monday of the week of a moment, in the brand's time zone."""
    day = moment.astimezone(ZoneInfo(brand.time_zone)).date()
    return day - timedelta(days=day.weekday())


def begins(brand: Brand, week: date) -> datetime:
    """The moment at which a week begins."""
    return datetime(week.year, week.month, week.day, tzinfo=ZoneInfo(brand.time_zone))


def find_topics(brand: Brand, reader: Encoder, *, grouped: int, now: datetime) -> list[date]:
    """Find the topics of each of the last weeks of which something has changed; which weeks those were.

    That is a week with messages beyond this number, one that was not over, or one whose topics have lost messages.
    """
    talk = _Talk(brand, reader, at=horizon_end(brand, now=now))
    this = monday(brand, talk.at)
    first = this - (WEEKS - 1) * WEEK
    _forget_outside(brand, first, this)
    with connection.cursor() as cursor:
        told: dict[str, Any] = {
            "zone": brand.time_zone, "brand": brand.pk, "grouped": grouped, "since": begins(brand, first),
            "until": talk.at,
        }  # fmt: skip
        cursor.execute(_TOUCHED, told)
        weeks = [week for (week,) in cursor.fetchall()]
    for week in weeks:
        _find(talk, week, now=now)
    return weeks


class _Talk:
    """What was said, week by week: one week in memory at a time, and of each that was looked at what it says in all."""

    def __init__(self, brand: Brand, reader: Encoder, *, at: datetime) -> None:
        self.brand, self.reader, self.at = brand, reader, at
        self._sums: dict[date, Sum] = {}

    def of(self, week: date) -> Heap:
        """The messages of a week."""
        since, until = begins(self.brand, week), min(self.at, begins(self.brand, week + WEEK))
        found = heap(self.brand, self.reader, since=since, until=until)
        self._sums[week] = found.sum
        return found

    def before(self, week: date) -> list[date]:
        """The weeks against which a week is held."""
        return [week - ago * WEEK for ago in range(BEFORE, 0, -1)]

    def sum(self, week: date) -> Sum:
        """What a week says in all; read once, though weeks overlap in what came before them."""
        return self._sums[week] if week in self._sums else self.of(week).sum


def _find(talk: _Talk, week: date, *, now: datetime) -> None:
    brand = talk.brand
    since, ends = begins(brand, week), begins(brand, week + WEEK)
    these = talk.of(week)
    common = common_to(talk.reader, reduce(add, map(talk.sum, talk.before(week))), these.sum)
    known = _known(brand, week, these, common)
    told = gathered(brand, these, common=common, known=list(known.values()), most=MOST)
    share = (min(talk.at, ends) - since) / (ends - since)
    facts = _held_against(talk, week, told, common, share)
    rows = [(_number(one, list(known)), {**one.figures, **fact}) for one, fact in zip(told, facts, strict=True)]
    with transaction.atomic():
        # Nobody erases anybody between our look at the messages and their storing.
        intake_lock(brand)
        kept = [_store(brand, week, these, one, row) for one, row in zip(told, rows, strict=True) if _holds(one)]
        _forget(brand, kept, week=week)
        made = {"messages": len(these), "share": share, "made_at": now}
        TopicWeek.objects.of(brand).update_or_create(brand=brand, week=week, defaults=made)


def _known(brand: Brand, week: date, these: Heap, common: Vectors) -> dict[int, Vectors]:
    """The topics that this week had when it was last looked at: they keep their addresses."""
    said = TopicMessage.objects.of(brand).filter(topic__week=week).order_by("topic", "activity")
    return centres_of(said.values_list("topic_id", "activity_id"), these, common)


def _number(one: Gathered, known: list[int]) -> int | None:
    return known[one.topic.known] if one.topic.known >= 0 else None


def _held_against(talk: _Talk, week: date, told: list[Gathered], common: Vectors, share: float) -> list[dict[str, Any]]:
    """How often each topic was talked about in the weeks before, and whether it is rising."""
    if not told:
        return []
    centres = np.array([one.topic.centre for one in told], np.float32)
    counts = np.zeros(len(told), np.int64)
    for one in talk.before(week):
        # A week in which nobody said anything is not read again.
        for block in talk.of(one).blocks() if talk.sum(one).count else ():
            counts += _near(turned(block, common), centres)
    before = talk.before(week)[0]
    heard = weeks_heard(talk.brand, since=begins(talk.brand, before), until=begins(talk.brand, week))
    spans = {"span": max(share, 1e-3), "span_before": heard}
    return [trended(len(one.topic), int(count), **spans) for one, count in zip(told, counts, strict=True)]


def _near(points: Vectors, centres: Vectors) -> NDArray[np.int64]:
    """How many messages lie near each centre, K; each counts for the nearest."""
    cosines = points @ centres.T
    nearest = cosines.argmax(axis=1)
    near = cosines[np.arange(len(cosines)), nearest] >= NEAR
    return np.bincount(nearest[near], minlength=len(centres))


def _store(brand: Brand, week: date, these: Heap, one: Gathered, row: tuple[int | None, dict[str, Any]]) -> int:
    number, values = row
    topic, _ = Topic.objects.of(brand).update_or_create(pk=number, defaults={**values, "brand": brand, "week": week})
    keep_members(brand, "topic", topic.pk, these, one.topic)
    return int(topic.pk)


def _holds(one: Gathered) -> bool:
    """A topic that its messages have left is one no longer."""
    return len(one.topic) >= MESSAGES and one.people >= PEOPLE


def _forget(brand: Brand, kept: list[int], **of: Any) -> None:
    gone = Topic.objects.of(brand).filter(**of).exclude(pk__in=kept)
    TopicMessage.objects.of(brand).filter(topic__in=gone).delete()
    gone.delete()


def _forget_outside(brand: Brand, first: date, last: date) -> None:
    """Weeks that nobody looks at again are not kept: who is erased would stay in their figures."""
    for edge in ({"week__lt": first}, {"week__gt": last}):
        _forget(brand, [], **edge)
        TopicWeek.objects.of(brand).filter(**edge).delete()
