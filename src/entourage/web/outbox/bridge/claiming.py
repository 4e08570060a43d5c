"""Taking a row to send it: one worker has it, it is marked before the network hears of it, and the order is kept."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext

from entourage.web.listen.models import Activity, ConnectionState
from entourage.web.outbox import queries
from entourage.web.outbox.models import Outgoing, Sending

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

#: Longer than any call to a network takes. Whose worker died is looked for there only then: what was on its way when
#: it died has arrived by then, or never will.
SETTLES = timedelta(minutes=2)
#: On their way, or about to be.
UNDER_WAY = (Sending.QUEUED, Sending.SENDING)
#: Doors that may be tried; a person has paused the others, or must mend them.
OPEN = (ConnectionState.LIVE, ConnectionState.WAITING)


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is ours to send now."""

    row: Outgoing
    to: Activity | None
    #: An earlier try may have arrived: look for it first.
    unsure: bool
    #: Why it must not be sent any more, unless it is there already; empty where it may.
    stopped: str


@contextmanager
def alone_with(key: UUID) -> Iterator[bool]:
    """Be the only worker that has this row; tells whether we are. Ends with our link to the database at latest."""
    number = int.from_bytes(key.bytes[:8], signed=True)
    ours = _asked("SELECT pg_try_advisory_lock(%s)", number)
    try:
        yield ours
    finally:
        if ours:
            _let_go(number)


def _let_go(number: int) -> None:
    if connection.connection is None or connection.connection.closed:
        return
    try:
        _asked("SELECT pg_advisory_unlock(%s)", number)
    except DatabaseError:
        connection.close()


def _asked(statement: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def claim(key: UUID, *, now: datetime) -> Claim | None:
    """Mark this row as being sent, if it is its turn; once this transaction is kept, the network may hear of it.

    The caller is alone with the row. A row that cannot go yet says why.
    """
    row = _due(key, now=now)
    if row is None:
        return None
    with translation.override(row.brand.language):
        if row.connection is None or row.connection.state not in OPEN or _earlier(row).exists():
            _wait(row)
            return None
        to = Activity.objects.of(row.brand_id).filter(pk=row.to).first() if row.to else None
        stopped = queries.stopped(row, to, at=now)
    unsure = row.sending_at is not None
    if stopped and not unsure:
        end(row, stopped)
        return None
    row.state, row.sending_at, row.due_at = Sending.SENDING, row.sending_at or now, now + SETTLES
    row.tries += 1
    # For what it waited is over; what went wrong before still tells why it is looked for.
    row.reason = row.reason if unsure else ""
    row.save(update_fields=["state", "sending_at", "due_at", "tries", "reason"])
    return Claim(row=row, to=to, unsure=unsure, stopped=stopped)


def _due(key: UUID, *, now: datetime) -> Outgoing | None:
    rows = Outgoing.objects.everywhere().select_for_update(skip_locked=True, of=("self",))
    row: Outgoing | None = (
        rows.select_related("brand", "connection__account").filter(pk=key, state__in=UNDER_WAY, due_at__lte=now).first()
    )
    return row


def _same_talk(row: Outgoing) -> Q:
    """The rows that must keep their order with this one: those of its conversation, else to the same account."""
    if row.conversation_id is not None:
        return Q(conversation_id=row.conversation_id)
    return Q(conversation_id=None, account=row.account) if row.account else Q(pk=None)


def _earlier(row: Outgoing) -> QuerySet[Outgoing]:
    """What was written before it to the same reader and is still under way."""
    before = Q(created_at__lt=row.created_at) | Q(created_at=row.created_at, pk__lt=row.pk)
    return Outgoing.objects.of(row.brand_id).filter(_same_talk(row), before, state__in=UNDER_WAY)


def following(row: Outgoing) -> UUID | None:
    """What waits for this row, now that it is done with."""
    waiting = Outgoing.objects.of(row.brand_id).filter(_same_talk(row), state__in=UNDER_WAY).exclude(pk=row.pk)
    return waiting.order_by("created_at", "pk").values_list("pk", flat=True).first()


def _wait(row: Outgoing) -> None:
    """Leave it where it is, and say for what it waits."""
    if row.connection is None:
        lost_door(row)
        return
    reason = queries.stuck(row.connection) or gettext("It waits for what was written before it to the same person.")
    if row.reason != reason:
        row.reason = reason
        row.save(update_fields=["reason"])


def lost_door(row: Outgoing) -> None:
    """Its connection was removed: a hand must send it; what may have arrived already is not sent blindly."""
    if row.sending_at is None:
        row.state, row.reason = Sending.BY_HAND, queries.by_hand(row.network)
    else:
        row.state = Sending.FAILED
        row.reason = gettext(
            "The connection was removed while it was being sent: it may have arrived. Look on the network before you "
            "send it by hand."
        )
    row.save(update_fields=["state", "reason"])


def end(row: Outgoing, reason: str) -> None:
    """It will not be sent: the row says why."""
    row.state, row.reason = Sending.FAILED, reason
    row.save(update_fields=["state", "reason", "sending_at"])
