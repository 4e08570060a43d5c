"""A crisis is opened, goes on, gets an owner and ends; once, whoever looks at the same time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext

from entourage.web.core.actions import alarm, record
from entourage.web.core.jobs import defer, defer_once
from entourage.web.core.locks import hold
from entourage.web.core.models import Brand, Member
from entourage.web.crisis.models import Aftermath, Crisis, Watch
from entourage.web.crisis.queries import figures, moment, open_crisis, overdue

if TYPE_CHECKING:
    from datetime import datetime

#: So long within the usual, and it is over; so long ago at most, and an alarm is one of now.
CALM = timedelta(hours=24)
#: On the rail, this door says that it needs somebody.
DOOR = "crisis:list"


class AlreadyOpen(Exception):  # noqa: N818 - it names what the other one is
    """Another crisis lasts; what is new belongs to it."""

    def __init__(self) -> None:
        super().__init__(gettext("A crisis is open already. What is new belongs to it; close it first if it is over."))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the watch saw of the last day: since when, the first and the last hour beyond the usual, the worst of it."""

    starts_at: datetime
    first_at: datetime
    last_at: datetime
    measure: str
    window: int
    seen: int
    expected: float
    high: float

    @property
    def worst(self) -> dict[str, Any]:
        """The columns of ``models.Crisis`` that tell the worst."""
        return {key: asdict(self)[key] for key in ("measure", "window", "seen", "expected", "high")}


def ask_look(*, brand: Brand, at: datetime) -> None:
    """Have a worker look at the hours now. Asked twice, it looks once."""
    Watch.objects.of(brand).update_or_create(brand=brand, defaults={"asked_at": at})
    transaction.on_commit(
        lambda: defer_once("crisis.look", brand_id=brand.pk),
    )


@transaction.atomic
def tell(*, brand: Brand, seen: Seen | None, until: datetime, at: datetime, hours: dict[str, Any]) -> Crisis | None:
    """Open the crisis that was seen, or let the open one go on, or end in calm; the one that is open then.

    Safe to repeat; who comes second finds what the first has done.
    """
    hold("crisis", brand.pk)
    lasts = open_crisis(brand)
    if lasts is None:
        return _open(brand, seen, until=until, at=at, hours=hours) if seen and not _known(brand, seen) else None
    if seen is None and lasts.last_at is not None and until - lasts.last_at >= CALM and not lasts.named:
        _end(lasts, by=None, at=at, until=lasts.last_at, hours=hours)
        return None
    changed: dict[str, Any] = {"until": max(lasts.until, until), "hours": hours}
    if seen:
        changed |= {"starts_at": min(lasts.starts_at, seen.starts_at), "last_at": seen.last_at}
        changed |= seen.worst if _worse(seen, lasts) else {}
    _change(lasts, **changed)
    return lasts


def _known(brand: Brand, seen: Seen) -> bool:
    """Whether somebody, or calm, has ended this very one: what began before that end does not open it again."""
    return bool(Crisis.objects.of(brand).filter(closed_at__isnull=False, until__gt=seen.first_at).exists())


def _worse(seen: Seen, lasts: Crisis) -> bool:
    return lasts.seen is None or seen.seen / max(seen.high, 1) >= lasts.seen / max(lasts.high or 0, 1)


def _open(brand: Brand, seen: Seen, *, until: datetime, at: datetime, hours: dict[str, Any]) -> Crisis:
    made: Crisis = Crisis.objects.create(
        brand=brand, opened_at=at, starts_at=seen.starts_at, until=until, last_at=seen.last_at, hours=hours,
        **seen.worst,
    )  # fmt: skip
    record(brand=brand, by=None, at=at, what="crisis.seen", subject=made.pk)
    _alarm(brand, on=True)
    return made


def _change(crisis: Crisis, **fields: Any) -> None:
    for key, value in fields.items():
        setattr(crisis, key, value)
    crisis.save(update_fields=list(fields))


@transaction.atomic
def name(*, brand: Brand, name: str, since: datetime, by: Member, at: datetime) -> Crisis:
    """Say that there is a crisis which the watch has not seen, about what, and since when.

    Raises
    ------
    AlreadyOpen: another one lasts.
    """
    hold("crisis", brand.pk)
    if open_crisis(brand):
        raise AlreadyOpen
    made: Crisis = Crisis.objects.create(
        brand=brand, name=name.strip(), by=by, named=True, opened_at=at, starts_at=since,
        until=max(moment(brand, now=at), since),
    )  # fmt: skip
    record(brand=brand, by=by, at=at, what="crisis.named", subject=made.pk)
    _alarm(brand, on=True)
    transaction.on_commit(lambda: defer("crisis.gather", first=True, brand_id=brand.pk, crisis_id=made.pk))
    transaction.on_commit(lambda: defer_once("crisis.look", brand_id=brand.pk))
    return made


@transaction.atomic
def close(*, crisis: Crisis, by: Member, at: datetime) -> None:
    """Say that it is over. Doing it twice changes nothing."""
    hold("crisis", crisis.brand_id)
    lasts = Crisis.objects.of(crisis.brand_id).select_related("brand").filter(pk=crisis.pk, closed_at=None).first()
    if lasts:
        until = max(lasts.starts_at, moment(lasts.brand, now=at))
        _end(lasts, by=by, at=at, until=until, hours=lasts.hours)


def _end(crisis: Crisis, *, by: Member | None, at: datetime, until: datetime, hours: dict[str, Any]) -> None:
    _change(crisis, closed_at=at, closed_by=by, until=until, hours=hours)
    record(brand=crisis.brand, by=by, at=at, what="crisis.closed" if by else "crisis.ended", subject=crisis.pk)
    _alarm(crisis.brand, on=False)
    # What is behind it is gathered once more, up to its very end.
    transaction.on_commit(lambda: defer_once("crisis.gather", brand_id=crisis.brand_id, crisis_id=crisis.pk))


def _alarm(brand: Brand, *, on: bool) -> None:
    alarm(Brand.objects.filter(pk=brand.pk), DOOR, on=on)


@transaction.atomic
def own(*, crisis: Crisis, owner: Member | None, by: Member, at: datetime) -> None:
    """Say who answers for it. Doing it twice changes nothing."""
    rows = Crisis.objects.of(crisis.brand_id).filter(pk=crisis.pk)
    if rows.exclude(owner=owner).update(owner=owner) if owner else rows.exclude(owner=None).update(owner=None):
        detail = {"owner": owner.pk} if owner else {}
        record(brand=crisis.brand, by=by, at=at, what="crisis.owned", subject=crisis.pk, **detail)


@transaction.atomic
def measure(*, crisis: Crisis, until: datetime) -> None:
    """Store what had become of a crisis: now while it lasts, else 0, 1, 7 and 28 days after its end. Safe to repeat."""
    hold("crisis.measure", crisis.brand_id)
    rows = Aftermath.objects.of(crisis.brand_id)
    days = overdue(crisis, at=until)
    for day in days:
        at = until if day == Aftermath.OPEN else crisis.until + timedelta(days=day)
        told = {"brand_id": crisis.brand_id, "at": at, "figures": figures(crisis, at=at)}
        rows.update_or_create(crisis=crisis, day=day, defaults=told)
    if crisis.closed_at and days:
        rows.filter(crisis=crisis, day=Aftermath.OPEN).delete()
