"""What the public teaches: questions on use, what fails, ideas, gathered by meaning over half a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction

from entourage.web.listen.actions import intake_lock
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.gathering import centres_of, common_to, gathered, keep_members
from entourage.web.reading.bridge.heaps import SECOND_US, Heap, Sum, heap
from entourage.web.reading.bridge.trending import WEEK, trended, weeks_heard
from entourage.web.reading.models import Finding, FindingMessage, Lesson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.gathering import Gathered


#: How far back messages are gathered: a question that nobody has asked for half a year waits for nobody.
WINDOW = timedelta(weeks=26)
#: Weeks of which all messages are looked at, to know what they share.
RECENT = 4
#: Findings of a kind; the ones with the most people first.
MOST = 40
#: The last weeks that are drawn, and how many of them are held against the others.
DRAWN, LATE = 13, 4
_WEEK_US = 7 * 24 * 3600 * 1_000_000


def find_lessons(brand: Brand, reader: Encoder, *, now: datetime) -> int:
    """Gather what the public teaches anew; findings that are there take what joins them. How many there are."""
    at = horizon_end(brand, now=now)
    everything = _everything(brand, reader, at=at)
    heard = weeks_heard(brand, since=at - DRAWN * WEEK, until=at - LATE * WEEK)
    return sum(_find(brand, reader, kind, everything, at=at, heard=heard) for kind in Lesson.values)


def _everything(brand: Brand, reader: Encoder, *, at: datetime) -> Sum:
    """The last messages, whatever they say, a week at a time: a question must differ from these."""
    weeks = (heap(brand, reader, since=at - ago * WEEK, until=at - (ago - 1) * WEEK) for ago in range(RECENT, 0, -1))
    return reduce(add, (week.sum for week in weeks))


def _find(brand: Brand, reader: Encoder, kind: str, everything: Sum, *, at: datetime, heard: float) -> int:
    told = heap(brand, reader, since=at - WINDOW, until=at, lesson=kind)
    common = common_to(reader, everything, told.sum)
    said = FindingMessage.objects.of(brand).filter(finding__kind=kind).order_by("finding", "activity")
    known = centres_of(said.values_list("finding_id", "activity_id"), told, common)
    found = gathered(brand, told, common=common, known=list(known.values()), most=MOST, faithful=True)
    rows = [_row(brand, kind, told, one, at=at, heard=heard) for one in found]
    numbers = [list(known)[one.topic.known] if one.topic.known >= 0 else None for one in found]
    with transaction.atomic():
        # Nobody erases anybody between our look at the messages and their storing.
        intake_lock(brand)
        kept = [_store(brand, told, *each) for each in zip(found, numbers, rows, strict=True)]
        _forget(brand, kind, kept)
    return len(kept)


def _row(brand: Brand, kind: str, told: Heap, one: Gathered, *, at: datetime, heard: float) -> dict[str, Any]:
    moments = told.at_us[one.topic.members]
    first, last = _moment(moments.min()), _moment(moments.max())
    return {
        **one.figures, **_over_time(moments, at, heard), "brand": brand, "kind": kind,
        "first_at": first, "last_at": last,
    }  # fmt: skip


def _store(brand: Brand, told: Heap, one: Gathered, number: int | None, row: dict[str, Any]) -> int:
    finding, _ = Finding.objects.of(brand).update_or_create(pk=number, defaults=row)
    keep_members(brand, "finding", finding.pk, told, one.topic)
    return int(finding.pk)


def _over_time(moments: NDArray[np.int64], at: datetime, heard: float) -> dict[str, Any]:
    """Messages by week, and the last four weeks held against those of the nine before that there are messages of."""
    age = (int(at.timestamp() * SECOND_US) - 1 - moments) // _WEEK_US
    weeks = np.bincount(age[age < DRAWN], minlength=DRAWN)[::-1]
    late, before = int(weeks[-LATE:].sum()), int(weeks[:-LATE].sum())
    return {"weeks": weeks.tolist(), **trended(late, before, span=LATE, span_before=heard)}


def _moment(at_us: np.int64) -> datetime:
    return datetime.fromtimestamp(int(at_us) / SECOND_US, UTC)


def _forget(brand: Brand, kind: str, kept: list[int]) -> None:
    """What nobody asks any more and nobody has taken up goes; what a member worked on stays, without messages."""
    gone = Finding.objects.of(brand).filter(kind=kind).exclude(pk__in=kept)
    FindingMessage.objects.of(brand).filter(finding__in=gone).delete()
    gone.filter(changed_at=None).delete()
    Finding.objects.of(brand).filter(kind=kind).exclude(pk__in=kept).update(
        messages=0, people=0, different=0, weeks=[0] * DRAWN, weeks_before=0, times=None, low=0, high=None
    )
