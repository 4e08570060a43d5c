"""Connections as pages and the live process see them: which are due, which can be heard, and how each one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from entourage.web.listen.models import Connection, ConnectionState
from entourage.web.listen.queries.saying import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.web.core.models import Brand

#: Neither read nor sent through until a person does something.
ASLEEP = (ConnectionState.PAUSED, ConnectionState.RECONNECT)
# Due for so long and not read: nobody is there who reads.
FORGOTTEN = timedelta(minutes=5)
# A network that does not answer for so long is a person's business.
LONG_WAIT = timedelta(hours=1)
# A stream says at least every few minutes that it is there.
STREAM_QUIET = timedelta(minutes=5)
# Quiet so many times longer than it usually ever is, and at least an hour.
UNUSUAL, LEAST_SILENCE = 3, timedelta(hours=1)
ENDS_SOON = timedelta(days=7)
NAMED = 120  # characters, as the table has it


@dataclass(frozen=True, slots=True)
class Health:
    """How a connection is: ``level`` is good, wait (it mends itself) or bad (it needs a person)."""

    level: str
    sentence: str
    cure: str = ""

    @property
    def needs_person(self) -> bool:
        return self.level == "bad"


def connections(brand: Brand) -> QuerySet[Connection]:
    """The brand's connections, in the order of their networks and names."""
    return Connection.objects.of(brand).select_related("brand", "account", "by__user").order_by("network", "name")


def connection_called(brand: Brand, name: str, *, network: str = "") -> list[Connection]:
    """The brand's connections of this name; of one network, where several have it."""
    found = connections(brand).filter(name__iexact=name.strip())
    return list(found.filter(network=network) if network else found)


def offer_name(fields: Mapping[str, str], *, network: str) -> str:
    """What a connection is called until somebody calls it otherwise: what was said first of it, else its network."""
    return next((value for value in fields.values() if value), network)[:NAMED]


def due(now: datetime) -> list[int]:
    """The connections whose turn has come, of all brands."""
    awake = Connection.objects.everywhere().exclude(state__in=ASLEEP)
    return list(awake.filter(Q(next_at=None) | Q(next_at__lte=now)).order_by("next_at").values_list("pk", flat=True))


def to_hear() -> list[Connection]:
    """The connections that stream, of all brands; one that waits for its network may be heard all the same."""
    awake = Connection.objects.everywhere().filter(state__in=[ConnectionState.LIVE, ConnectionState.WAITING])
    return list(awake.filter(can__contains=["listen"]).exclude(checked_at=None))


def comparable() -> list[int]:
    """The connections whose network keeps a history to compare with, of all brands."""
    awake = Connection.objects.everywhere().exclude(state__in=ASLEEP)
    return list(awake.filter(can__contains=["history"]).order_by("pk").values_list("pk", flat=True))


def health(connection: Connection, *, now: datetime) -> Health:
    """How this connection is now, in a sentence, and what a person can do about it."""
    for look in (_state, _doubt, _overdue, _keys, _silence, _stream, _missing):
        if (found := look(connection, now)) is not None:
            return found
    return Health("good", gettext("It is read and all is well."))


def _state(c: Connection, now: datetime) -> Health | None:
    if c.state == ConnectionState.PAUSED:
        return Health("wait", gettext("Paused: nothing is read or sent."), gettext("Resume it to catch up."))
    if c.state == ConnectionState.RECONNECT:
        return _unconnected(c)
    if c.state == ConnectionState.BROKEN:
        return Health("bad", in_words(c.error), gettext("It is tried again every hour, or at once when you say so."))
    if c.state == ConnectionState.WAITING:
        lasts = now - (c.read_at or c.created_at)
        return Health(
            "bad" if lasts > LONG_WAIT else "wait", in_words(c.error), gettext("It is tried again by itself.")
        )
    if c.checked_at is None:
        return Health("wait", gettext("The keys are being checked."))
    return None


def _unconnected(c: Connection) -> Health:
    if c.error:
        return Health("bad", in_words(c.error), gettext("Connect anew below: it goes on from where it was read."))
    if c.allow_url:
        return Health("wait", gettext("Open its page below, allow Entourage there, and bring back the code."))
    return Health("wait", gettext("The network is asked for its page."))


def _overdue(c: Connection, now: datetime) -> Health | None:
    if c.next_at is None or c.next_at > now - FORGOTTEN:
        return None
    return Health("bad", gettext("Nobody reads it."), gettext("Start Entourage with entourage up: it reads by itself."))


def _doubt(c: Connection, _now: datetime) -> Health | None:
    if not c.doubted:
        return None
    told = gettext("%(number)d messages are here and no longer on the network: too many at once to be believed.")
    cure = gettext("Nothing was removed. If they are really gone, compare again and say so.")
    return Health("bad", told % {"number": c.doubted}, cure)


def _keys(c: Connection, now: datetime) -> Health | None:
    if c.ends_at is None or c.ends_at > now + ENDS_SOON:
        return None
    return Health("bad", gettext("Its keys end soon."), gettext("Connect anew before they do."))


def _silence(c: Connection, now: datetime) -> Health | None:
    heard = c.heard_at or c.caught_up_at
    if c.usual_gap is None or heard is None or now - heard <= silence_after(c.usual_gap):
        return None
    cure = gettext("Write to it yourself from another account; if that does not come in, connect anew.")
    return Health("bad", gettext("Nothing has come in for unusually long."), cure)


def silence_after(usual_gap: timedelta) -> timedelta:
    """After how long without news a connection is silent, that is usually quiet for so long at most."""
    return max(usual_gap * UNUSUAL, LEAST_SILENCE)


def _stream(c: Connection, now: datetime) -> Health | None:
    if "listen" not in c.can or c.checked_at is None:
        return None
    if now - max(filter(None, (c.stream_at, c.checked_at))) <= STREAM_QUIET:
        return None
    return Health("wait", gettext("Its stream is silent; it is read in turns instead, a minute later at most."))


def _missing(c: Connection, _now: datetime) -> Health | None:
    if c.caught_up_at is None:
        return Health("wait", gettext("What was there before is being read."))
    if c.held_there is None or c.held_here is None or c.held_here >= c.held_there:
        return None
    return Health("wait", gettext("Some of what the network holds is not here yet."), gettext("Compare once more."))


def brands_in_need(now: datetime) -> dict[int, bool]:
    """For each brand with connections, whether one of them needs a person."""
    need: dict[int, bool] = {}
    for connection in Connection.objects.everywhere():
        need[connection.brand_id] = need.get(connection.brand_id, False) or health(connection, now=now).needs_person
    return need
