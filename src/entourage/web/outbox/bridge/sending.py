"""Sending a row: claimed and marked first, then the network is spoken to, then its receipt is kept.

Killed at any step, the row says enough: QUEUED was never sent; SENDING may have arrived, and is looked for on the
network before it is sent again; SENT has the network's receipt, and its words stand in the log.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

import psycopg
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from entourage.networks.base import NetworkError
from entourage.networks.live import Receipt, Refused, Retry, Uncertain
from entourage.web.listen.actions import failed, without_secrets
from entourage.web.listen.bridge import door
from entourage.web.outbox.actions import defer
from entourage.web.outbox.bridge.claiming import Claim, alone_with, claim, end, following
from entourage.web.outbox.bridge.telling import answer_of, done
from entourage.web.outbox.models import Deed, Outgoing, Sending
from entourage.web.outbox.queries.leaving import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from entourage.networks.live import Network

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)
#: With these waits between them some two days: an answer that comes later is an answer to something else.
MOST_TRIES = 55
#: What was on its way when the line broke has arrived by then, and can be found.
ARRIVES = timedelta(minutes=2)
#: How far the network's clock may be behind ours, when something is looked for.
CLOCKS = timedelta(minutes=10)
_PERHAPS = _("It may have arrived all the same: look on the network, or try again; it is looked for first.")


def send(key: UUID, *, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Send this row if it is its turn, and have what waited for it follow; whether it is out of the house now.

    May run twice, at once or after a crash: the network gets it once.

    Raises
    ------
    DatabaseError, psycopg.Error: the database is not there; the row is looked for on the network later.
    """
    with alone_with(key) as ours:
        claimed = claim(key, now=clock()) if ours else None
        if claimed is None:
            return False
        sent = _deliver(claimed, now=clock())
    follower = following(claimed.row)
    if follower is not None and claimed.row.state not in {Sending.QUEUED, Sending.SENDING}:
        defer(str(follower))
    return sent


def _deliver(claimed: Claim, *, now: datetime) -> bool:
    row = claimed.row
    assert row.connection is not None  # noqa: S101 - a claim has one
    try:
        with door(row.connection) as network:
            receipt, found = speak(network, claimed)
            return done(claimed, receipt, network, found=found, now=now)
    except (DatabaseError, psycopg.Error):
        raise
    except Refused as error:
        _end(row, error)
    except Retry as error:
        _later(claimed, error, now=now)
    except NetworkError as error:  # Reconnect and Broken: nothing was sent, and nothing can be just now
        failed(row.connection.pk, error, now=now)
        _again(claimed, error, at=now, unsure=claimed.unsure)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, it may have arrived
        log.error("Sending %s failed: %s", row.pk, type(error).__name__)  # noqa: TRY400 - the words of the error may hold a key
        _later(claimed, Uncertain(f"Entourage itself failed ({type(error).__name__}).", after=FIRST_WAIT), now=now)
    return False


def speak(network: Network, claimed: Claim) -> tuple[Receipt | None, bool]:
    """Say to the network what the row says: its receipt, if it gives one, and whether it had been there already.

    What may be there is looked for first.
    """
    row, to = claimed.row, claimed.to
    if row.deed in WORDS:
        answer = answer_of(row, to)
        there = network.find(answer, since=row.created_at - CLOCKS) if claimed.unsure else None
        if there is None and claimed.stopped:
            raise Refused(claimed.stopped)
        return there or network.send(answer), there is not None
    if to is None:
        raise Refused("What it points at is no longer kept. Withdraw it.")
    {Deed.LIKE: network.like, Deed.HIDE: network.hide, Deed.DELETE: network.delete}[Deed(row.deed)](to.network_id)
    return None, False


def _end(row: Outgoing, error: Exception, *, unsure: bool = False) -> None:
    if not unsure:
        row.sending_at = None
        end(row, _sentence(row, error))
        return
    with translation.override(row.brand.language):
        end(row, f"{_sentence(row, error)} {_PERHAPS}")


def _later(claimed: Claim, error: Retry, *, now: datetime) -> None:
    """Try again after a while; what asked us to wait, asks all that would leave by the same door."""
    row = claimed.row
    unsure = claimed.unsure or isinstance(error, Uncertain)
    wait = max(error.after, backoff(row), ARRIVES if unsure else FIRST_WAIT)
    if row.tries >= MOST_TRIES:
        _end(row, error, unsure=unsure)
        return
    _again(claimed, error, at=now + wait, unsure=unsure)
    if not isinstance(error, Uncertain) and error.after:
        neighbours = Outgoing.objects.of(row.brand_id).filter(connection=row.connection, state=Sending.QUEUED)
        neighbours.filter(due_at__lt=now + error.after).update(due_at=now + error.after)
    defer(str(row.pk), wait_s=wait.total_seconds())


def backoff(row: Outgoing) -> timedelta:
    """How long to wait after so many tries: twice as long each time, and not at the same moment as the neighbours."""
    grown: timedelta = min(FIRST_WAIT * 2 ** min(row.tries - 1, 10), LONGEST_WAIT)
    return grown * (1 + crc32(f"{row.pk}:{row.tries}".encode()) / 2**34)


def _again(claimed: Claim, error: Exception, *, at: datetime, unsure: bool) -> None:
    """Put it back: as queued where it surely did not arrive, else as being sent, so that it is looked for first."""
    row = claimed.row
    row.state, row.reason, row.due_at = Sending.SENDING if unsure else Sending.QUEUED, _sentence(row, error), at
    if not unsure:
        row.sending_at = None
    row.save(update_fields=["state", "reason", "due_at", "sending_at"])


def _sentence(row: Outgoing, error: Exception) -> str:
    return without_secrets(str(error), row.connection) if row.connection else str(error)
