"""Connecting an account of a network, pausing and ending that; and what becomes of it when something goes wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django.db import transaction

from entourage.web.core.actions import alarm, record
from entourage.web.core.jobs import defer_live
from entourage.web.core.models import Brand
from entourage.web.listen.actions.secrets import sealed, without_secrets
from entourage.web.listen.models import Connection, ConnectionState
from entourage.web.listen.queries import brands_in_need

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.web.core.models import Member

#: The door behind which connections are mended.
DOOR = "listen:connections"
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
# What a person should mend is tried again all the same, seldom: a server that was down for a day comes back by itself.
BROKEN_WAIT = timedelta(hours=1)
# Longer than a network asks to wait in earnest; a wrong clock there must not silence us for a year.
PATIENCE = timedelta(days=1)
# If the job that checks new keys is lost, reading begins with the check all the same.
CHECK_WITHIN = timedelta(seconds=30)


@transaction.atomic
def connect(
    *,
    brand: Brand,
    network: str,
    name: str,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    by: Member | None,
    at: datetime,
) -> Connection:
    """Keep these keys and have them checked by a job; the same name again gives the connection new keys.

    Connected anew it goes on from where it was read. The keys are encrypted before they reach the database.
    """
    told = {"settings": dict(settings), "secrets": sealed(secrets), "by": by}
    fresh = {"state": ConnectionState.LIVE, "error": "", "tries": 0, "checked_at": None, "next_at": at + CHECK_WITHIN}
    connection: Connection
    connection, made = Connection.objects.of(brand).update_or_create(
        brand=brand, network=network, name=name, defaults={**told, **fresh}
    )
    what = "connection.made" if made else "connection.renewed"
    record(brand=brand, by=by, at=at, what=what, subject=connection.pk, network=network)
    defer_live("listen.check", connection_id=connection.pk)
    return connection


@transaction.atomic
def pause(*, connection: Connection, by: Member | None, at: datetime) -> None:
    """Neither read nor send through it until it is resumed. Doing it twice changes nothing."""
    changed = _of(connection).exclude(state=ConnectionState.PAUSED).update(state=ConnectionState.PAUSED, next_at=None)
    if changed:
        _record(connection, "connection.paused", by=by, at=at)


@transaction.atomic
def resume(*, connection: Connection, by: Member | None, at: datetime) -> None:
    """Go on from where it was read; what happened meanwhile is caught up with. Doing it twice changes nothing."""
    paused = _of(connection).filter(state=ConnectionState.PAUSED)
    if paused.update(state=ConnectionState.LIVE, error="", tries=0, next_at=at):
        _record(connection, "connection.resumed", by=by, at=at)


@transaction.atomic
def disconnect(*, connection: Connection, by: Member | None, at: datetime) -> None:
    """End the connection and forget its keys; what it brought stays. Doing it twice changes nothing."""
    gone, _ = _of(connection).delete()
    if gone:
        _record(connection, "connection.removed", by=by, at=at)


@transaction.atomic
def read_now(*, connection: Connection, at: datetime) -> None:
    """Have the live process read it at once instead of in its turn."""
    waiting = _of(connection).exclude(state__in=[ConnectionState.PAUSED, ConnectionState.RECONNECT])
    waiting.update(next_at=at)


def read_soon(connection_id: int, *, now: datetime) -> None:
    """Something may have been missed: read it at once, unless it waits for its network."""
    rows = Connection.objects.everywhere().filter(pk=connection_id, state=ConnectionState.LIVE)
    rows.exclude(checked_at=None).update(next_at=now)


def signs_of_life(heard: Mapping[int, datetime]) -> None:
    """Note when each of these connections' streams was last heard of."""
    for connection_id, at in heard.items():
        Connection.objects.everywhere().filter(pk=connection_id).update(stream_at=at)


def raise_alarms(*, now: datetime) -> None:
    """Show on the rail of each brand whether one of its connections needs a person. Safe to repeat."""
    need = {brand_id for brand_id, needs in brands_in_need(now).items() if needs}
    alarm(Brand.objects.exclude(pk__in=need), DOOR, on=False)
    alarm(Brand.objects.filter(pk__in=need), DOOR, on=True)


@transaction.atomic
def ask_reconciling(*, connection: Connection, by: Member | None, at: datetime, trust: bool = False) -> None:
    """Have what the network holds compared with what is here, by a job; asked twice it is done once.

    ``trust``: deletions are mirrored however many they are.
    """
    _record(connection, "connection.compared", by=by, at=at)
    compare(connection.pk, **({"trust": True} if trust else {}))


def compare(connection_id: int, **how: bool) -> None:
    """Have a connection compared with its network; one at a time, for a network may take its time."""
    defer_live("listen.reconcile", alone="listen.reconcile", connection_id=connection_id, **how)


def restored(connection_id: int, *, now: datetime) -> None:
    """Something worked: whatever was said of waiting is over. What was paused meanwhile stays paused."""
    failing = Connection.objects.everywhere().filter(pk=connection_id).exclude(state=ConnectionState.PAUSED)
    failing.exclude(state=ConnectionState.LIVE, tries=0).update(
        state=ConnectionState.LIVE, error="", tries=0, next_at=now
    )


def failed(connection_id: int, error: Exception, *, now: datetime) -> None:
    """Note what went wrong, in a sentence without keys, and when it is tried again. What is paused stays paused.

    ``Retry`` waits as long as the network asks, and longer each time; ``Reconnect`` waits for a person; anything else
    is tried again after an hour.
    """
    with transaction.atomic():
        rows = Connection.objects.everywhere().select_for_update()
        connection: Connection | None = rows.filter(pk=connection_id).first()
        if connection is None or connection.state == ConnectionState.PAUSED:
            return
        connection.state, wait = _verdict(connection, error)
        connection.error = without_secrets(_sentence(error), connection)
        connection.tries += 1
        connection.next_at = now + wait if wait else None
        connection.save(update_fields=["state", "error", "tries", "next_at"])


def _verdict(connection: Connection, error: Exception) -> tuple[ConnectionState, timedelta | None]:
    # Who fails has spoken to a network, and so has loaded them.
    from entourage.networks.live import Reconnect, Retry

    if isinstance(error, Reconnect):
        return ConnectionState.RECONNECT, None
    if isinstance(error, Retry):
        return ConnectionState.WAITING, min(max(error.after, timedelta(0)), PATIENCE) + backoff(connection)
    return ConnectionState.BROKEN, BROKEN_WAIT + backoff(connection)


def backoff(connection: Connection) -> timedelta:
    """How long to wait after so many tries: twice as long each time, and not at the same moment as the neighbours."""
    grown: timedelta = min(FIRST_WAIT * 2 ** min(connection.tries, 10), LONGEST_WAIT)
    chance = crc32(f"{connection.pk}:{connection.tries}".encode()) / 2**32
    return grown * (0.5 + chance / 2)


def _sentence(error: Exception) -> str:
    from entourage.networks.base import NetworkError

    if isinstance(error, NetworkError):
        return str(error)
    # The words of an unforeseen error may hold anything; its kind is enough to report it.
    return f"Entourage itself failed at this connection ({type(error).__name__}). It tries again; please report it."


def told(brand_id: int, since: datetime, until: datetime) -> None:
    """What was taken in of this stretch is now threaded and read, at once; rooms above are called by their names.

    Call it in the transaction that took in: the jobs come with the rows, or not at all. Whole days are named, so that
    many calls in a row start one job.
    """
    first, last = (moment.astimezone(UTC) for moment in (since, until))
    begin = first.replace(hour=0, minute=0, second=0, microsecond=0)
    end = last.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    span = {"since": begin.isoformat(), "until": end.isoformat()}
    defer_live("inbox.thread", alone=f"inbox.thread:{brand_id}", brand_id=brand_id)
    defer_live("reading.read", alone=f"reading.read:{brand_id}", brand_id=brand_id, **span)


def _of(connection: Connection) -> Any:
    return Connection.objects.of(connection.brand_id).filter(pk=connection.pk)


def _record(connection: Connection, what: str, *, by: Member | None, at: datetime) -> None:
    record(brand=connection.brand, by=by, at=at, what=what, subject=connection.pk, network=connection.network)
