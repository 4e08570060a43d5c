"""What the public teaches: questions on use, what fails, ideas, gathered by meaning over half a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction

from entourage.engine.text.meaning.trend import trend
from entourage.web.listen.actions import intake_lock
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.gathering import centres_of, common_to, gathered, keep_members
from entourage.web.reading.bridge.heaps import Heap, heap
from entourage.web.reading.models import Finding, FindingMessage, Lesson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.gathering import Gathered

    Vectors = NDArray[np.float32]


#: How far back messages are gathered: a question that nobody has asked for half a year waits for nobody.
WINDOW = timedelta(weeks=26)
#: Of these weeks all messages are looked at, to know what they share.
RECENT = timedelta(weeks=4)
#: Findings of a kind; the ones with the most people first.
MOST = 40
#: The last weeks that are drawn, and how many of them are held against the others.
DRAWN, LATE = 13, 4
_WEEK_US = 7 * 24 * 3600 * 1_000_000
_SECOND_US = 1_000_000


def find_lessons(brand: Brand, reader: Encoder, *, now: datetime) -> int:
    """Gather what the public teaches anew; findings that are there take what joins them. How many there are."""
    at = horizon_end(brand, now=now)
    everything = _some(brand, reader, at=at)
    return sum(_find(brand, reader, kind, everything, at=at) for kind in Lesson.values)


def _some(brand: Brand, reader: Encoder, *, at: datetime) -> Vectors:
    """The vectors of the last messages, whatever they say: a question must differ from these."""
    return heap(brand, reader, since=at - RECENT, until=at).vectors


def _find(brand: Brand, reader: Encoder, kind: str, everything: Vectors, *, at: datetime) -> int:
    told = heap(brand, reader, since=at - WINDOW, until=at, lesson=kind)
    common = common_to(reader, everything, told.vectors)
    said = FindingMessage.objects.of(brand).filter(finding__kind=kind).order_by("finding", "activity")
    known = centres_of(said.values_list("finding_id", "activity_id"), told, common)
    found = gathered(brand, told, common=common, known=list(known.values()), most=MOST, faithful=True)
    rows = [_row(brand, kind, told, one, at) for one in found]
    numbers = [list(known)[one.topic.known] if one.topic.known >= 0 else None for one in found]
    with transaction.atomic():
        # Nobody erases anybody between our look at the messages and their storing.
        intake_lock(brand)
        kept = [_store(brand, told, *each) for each in zip(found, numbers, rows, strict=True)]
        _forget(brand, kind, kept)
    return len(kept)


def _row(brand: Brand, kind: str, told: Heap, one: Gathered, at: datetime) -> dict[str, Any]:
    moments = told.at_us[one.topic.members]
    first, last = _moment(moments.min()), _moment(moments.max())
    return {
        **one.figures, **_over_time(moments, at), "brand": brand, "kind": kind, "first_at": first, "last_at": last,
    }  # fmt: skip


def _store(brand: Brand, told: Heap, one: Gathered, number: int | None, row: dict[str, Any]) -> int:
    finding, _ = Finding.objects.of(brand).update_or_create(pk=number, defaults=row)
    keep_members(brand, "finding", finding.pk, told, one.topic)
    return int(finding.pk)


def _over_time(moments: NDArray[np.int64], at: datetime) -> dict[str, Any]:
    """Messages by week, and the last four weeks held against the nine before."""
    age = (int(at.timestamp() * _SECOND_US) - 1 - moments) // _WEEK_US
    weeks = np.bincount(age[age < DRAWN], minlength=DRAWN)[::-1]
    late, before = int(weeks[-LATE:].sum()), int(weeks[:-LATE].sum())
    risen = trend(late, before, span=LATE, span_before=DRAWN - LATE)
    return {"weeks": weeks.tolist(), "times": risen.times, "low": risen.low, "high": risen.high}


def _moment(at_us: np.int64) -> datetime:
    return datetime.fromtimestamp(int(at_us) / _SECOND_US, UTC)


def _forget(brand: Brand, kind: str, kept: list[int]) -> None:
    """What nobody asks any more and nobody has taken up goes; what a member worked on stays, without messages."""
    gone = Finding.objects.of(brand).filter(kind=kind).exclude(pk__in=kept)
    FindingMessage.objects.of(brand).filter(finding__in=gone).delete()
    gone.filter(changed_at=None).delete()
    Finding.objects.of(brand).filter(kind=kind).exclude(pk__in=kept).update(
        messages=0, people=0, different=0, weeks=[0] * DRAWN, times=None, low=0, high=None
    )
