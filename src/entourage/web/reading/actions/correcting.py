"""Corrections: what a member says of a message holds wherever the very same words stand, at once and for good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer, defer_once
from entourage.web.core.locks import hold
from entourage.web.core.models import AuditEvent
from entourage.web.reading.actions.overlay import TOLD, overlay
from entourage.web.reading.models import About, Label, Reading, Teaching, TeachingState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Brand, Member

#: The brand's reader is taught anew once so many labels have come since it was.
TAUGHT_AFTER = 10
#: The same words standing in more messages than so many: some are told at once, a job does the others.
AT_ONCE = 500
#: Corrections come one after the other: what rests on readings is made anew once for those of some minutes.
SETTLED = timedelta(minutes=2)
#: What search and gatherings rest on.
_RESTS_ON = ("language", "lesson")


def labels_lock(brand_id: int) -> None:
    """Hold the brand's labels until the transaction ends: readings stored meanwhile would miss a correction."""
    hold("reading.labels", brand_id)


@transaction.atomic
def correct(*, reading: Reading, about: str, value: str, by: Member | None, at: datetime) -> Reading | None:
    """Say what a message really is. The same words read the same from now on; doing it twice changes nothing.

    The reading as it is now; None where the message has gone meanwhile, and nothing is kept of it.
    """
    labels_lock(reading.brand_id)
    now = _as_it_is(reading)
    if now is None:
        return None
    ours = Label.objects.of(now.brand_id).filter(text_key=now.text_key, about=About(about))
    if ours.filter(value=value).exists():
        return now
    # A new row, not a changed one: its number says that the reader has not been taught it yet.
    ours.delete()
    said = {"activity_id": now.pk, "text_key": now.text_key, "about": about, "value": value}
    Label.objects.create(brand_id=now.brand_id, by=by, at=at, **said)
    before = _before(now, about)
    _tell_all(now)
    _record(now, by, at, "reading.corrected", about=about, before=before, value=value)
    _teach_in_time(now.brand_id)
    return now


@transaction.atomic
def put_back(*, reading: Reading, by: Member | None, at: datetime) -> Reading | None:
    """Take a message's corrections back: it reads as its reader said. Doing it twice changes nothing.

    The reading as it is now; None where the message has gone meanwhile.
    """
    labels_lock(reading.brand_id)
    now = _as_it_is(reading)
    if now is None:
        return None
    gone, _ = Label.objects.of(now.brand_id).filter(text_key=now.text_key).delete()
    if gone:
        _tell_all(now)
        _record(now, by, at, "reading.put-back")
    return now


@transaction.atomic
def ask_teaching(*, brand: Brand, by: Member | None, at: datetime) -> None:
    """Have the brand's reader taught what members have corrected; a worker does it. Safe to repeat."""
    record(brand=brand, by=by, at=at, what="reader.asked", subject=brand.slug)
    teach_soon(brand.pk)


def teach_soon(brand_id: int) -> None:
    """Put the teaching in the worker's line after the transaction, unless it waits there already."""
    Teaching.objects.of(brand_id).get_or_create(brand_id=brand_id)
    Teaching.objects.of(brand_id).exclude(state=TeachingState.RUNNING).update(state=TeachingState.WAITING)
    transaction.on_commit(lambda: defer_once("reading.teach", brand_id=brand_id))


def tell_anew(brand: Brand | int, text_key: UUID, *, after: UUID | None = None, but: UUID | None = None) -> UUID | None:
    """Put the labels of a text over what was read wherever it stands, from a message on; the last one if more follow.

    Safe to repeat. The caller holds ``labels_lock``, and has told the message ``but`` itself.
    """
    rows = Reading.objects.of(brand).filter(text_key=text_key).exclude(pk=but).order_by("pk")
    found: list[Reading] = list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])
    _lay(brand, found, _labels(brand, text_key))
    return found[-1].pk if len(found) == AT_ONCE else None


def forget(*, brand: Brand | int, activities: Sequence[UUID]) -> None:
    """Leave nothing of these messages, which are about to go: a reader that learned from them is taught anew."""
    number = brand if isinstance(brand, int) else brand.pk
    labels_lock(number)
    subjects = [str(key) for key in activities]
    AuditEvent.objects.of(brand).filter(what__startswith="reading.", subject__in=subjects).update(subject="")
    if Label.objects.of(brand).filter(activity__in=activities).exists():
        teach_soon(number)
    if Reading.objects.of(brand).filter(pk__in=activities).exists():
        # Topics and findings are told without them.
        transaction.on_commit(lambda: defer_once("reading.gather", brand_id=number))


def _as_it_is(reading: Reading) -> Reading | None:
    """The row as it stands now, held until the transaction ends: who shows it may have fetched it long ago."""
    rows = Reading.objects.of(reading.brand_id).select_related("activity", "account", "brand")
    now: Reading | None = rows.select_for_update(of=("self",)).filter(pk=reading.pk, activity__deleted_at=None).first()
    return now


def _labels(brand: Brand | int, text_key: UUID) -> dict[str, str]:
    return dict(Label.objects.of(brand).filter(text_key=text_key).values_list("about", "value"))


def _tell_all(reading: Reading) -> None:
    """Put the labels of a message over it and wherever its very words stand: some at once, a job does the others."""
    brand, key = reading.brand_id, reading.text_key
    before = [getattr(reading, name) for name in _RESTS_ON]
    _lay(brand, [reading], _labels(brand, key))
    if before != [getattr(reading, name) for name in _RESTS_ON]:
        transaction.on_commit(lambda: defer_once("reading.index", brand_id=brand, later=SETTLED))
    if last := tell_anew(brand, key, but=reading.pk):
        facts: dict[str, Any] = {"brand_id": brand, "text_key": str(key), "after": str(last)}
        transaction.on_commit(lambda: defer("reading.tell_anew", **facts))


def _lay(brand: Brand | int, readings: Iterable[Reading], labels: dict[str, str]) -> None:
    """Put labels over readings; none put back what their reader said."""
    rows = list(readings)
    for row in rows:
        read = row.told or {name: getattr(row, name) for name in TOLD}
        for name, value in overlay(read, labels).items():
            setattr(row, name, value)
        row.corrected, row.told = bool(labels), read if labels else None
    Reading.objects.of(brand).bulk_update(rows, [*TOLD, "corrected", "told"], batch_size=AT_ONCE)


def _before(reading: Reading, about: str) -> Any:
    return {"sentiment": reading.sign, "intent": reading.intent, "language": reading.language}[about]


def _record(reading: Reading, by: Member | None, at: datetime, what: str, **detail: Any) -> None:
    record(brand=reading.brand, by=by, at=at, what=what, subject=reading.pk, **detail)


def _teach_in_time(brand_id: int) -> None:
    teaching = Teaching.objects.of(brand_id).defer("taught").filter(pk=brand_id).first()
    new = Label.objects.of(brand_id).filter(pk__gt=teaching.upto if teaching else 0).count()
    if new >= TAUGHT_AFTER:
        teach_soon(brand_id)
