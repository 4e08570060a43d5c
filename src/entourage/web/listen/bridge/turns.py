"""A turn of reading: some pages from where the last turn ended; each page and the cursor move in one transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from zlib import crc32

import psycopg
from django.db import DatabaseError, transaction

from entourage.networks.base import NetworkError
from entourage.web.listen import actions, queries
from entourage.web.listen.actions import Taken
from entourage.web.listen.bridge.doors import door, introduce, take_found
from entourage.web.listen.bridge.silence import look
from entourage.web.listen.models import Connection, ConnectionState

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.networks.live import Network, Page

log = logging.getLogger(__name__)

PAGES = 25  # a turn: enough to catch up in a few, few enough that a network that never ends holds nobody up
# Whose account it is and what the keys allow is asked again so often: rights are taken away silently.
CHECKED_FOR = timedelta(days=1)


@dataclass(slots=True)
class _Turn:
    """What a turn has met so far."""

    taken: Taken = field(default_factory=Taken)
    #: Cursors of this turn: one that comes again leads in a circle.
    met: set[str] = field(default_factory=set)
    more: bool = True
    #: The network said that there is no more for now.
    ended: bool = False


def read_connection(connection_id: int, *, now: datetime) -> Taken:
    """Read on for one turn, and say on the connection when the next one is. What goes wrong is noted there, too.

    Safe to repeat and to run twice at once: a page that another turn took in before is not counted again.

    Raises
    ------
    DatabaseError, psycopg.Error: the database is not there; nothing was lost.
    """
    connection = Connection.objects.everywhere().exclude(state__in=queries.ASLEEP).filter(pk=connection_id).first()
    if connection is None:
        return Taken()
    turn = _Turn()
    try:
        with door(connection) as network:
            _check(connection, network, now=now)
            _read(connection, network, turn, now=now)
            _rest(connection, turn, every=network.declared.every, now=now)
    except (DatabaseError, psycopg.Error):
        raise
    except NetworkError as error:
        actions.failed(connection_id, error, now=now)
    except Exception as error:  # noqa: BLE001 - one network's mistake must not end the others' reading
        log.error("A turn of the connection %s failed: %s", connection_id, type(error).__name__)  # noqa: TRY400 - the words of the error may hold a key
        actions.failed(connection_id, error, now=now)
    return turn.taken


def _check(connection: Connection, network: Network, *, now: datetime) -> None:
    if connection.checked_at is None or connection.checked_at < now - CHECKED_FOR:
        introduce(connection, network.check(), network.declared, now=now)


def _read(connection: Connection, network: Network, turn: _Turn, *, now: datetime) -> None:
    turn.met.add(connection.cursor)
    for _ in range(PAGES):
        page = network.read(connection.cursor)
        taken = _take_page(connection, page, now=now)
        if taken is None:
            turn.more = False
            return
        turn.taken.rows += taken.rows
        turn.taken.accepted += taken.accepted
        turn.taken.repeated += taken.repeated
        turn.taken.left_out += taken.left_out
        turn.more, turn.ended = page.more and connection.cursor not in turn.met, not page.more
        if not turn.more:
            return
        turn.met.add(connection.cursor)


@transaction.atomic
def _take_page(connection: Connection, page: Page, *, now: datetime) -> Taken | None:
    """Take a page in and move the cursor, both or neither; none where somebody else moved it, or paused us."""
    rows = Connection.objects.everywhere().select_for_update()
    held: Connection | None = rows.filter(pk=connection.pk).first()
    if held is None or held.state in queries.ASLEEP or held.cursor != connection.cursor:
        return None
    taken = take_found(held, page.found, now=now)
    held.cursor = _onwards(page.cursor, before=held.cursor)
    held.read_at, held.heard_at = now, now if taken.accepted else held.heard_at
    held.taken += taken.accepted
    held.state, held.error, held.tries = ConnectionState.LIVE, "", 0
    held.save(update_fields=["cursor", "read_at", "heard_at", "taken", "state", "error", "tries"])
    connection.cursor = held.cursor
    return taken


def _onwards(cursor: str, *, before: str) -> str:
    """The cursor to go on from. An empty one would begin everything again, a NUL the database does not keep."""
    return cursor if cursor and "\0" not in cursor else before


def _rest(connection: Connection, turn: _Turn, *, every: timedelta, now: datetime) -> None:
    """Say when to read next: at once while pages bring news, else after the network's own pause.

    A network that promises more for ever and brings nothing is read no more often than any other.
    """
    chance = crc32(f"{connection.pk}:{now.timestamp():.0f}".encode()) / 2**32
    at_once = turn.more and turn.taken.accepted > 0
    facts = {"next_at": now if at_once else now + every * (0.9 + chance / 5)}
    if turn.ended and connection.caught_up_at is None:
        facts["caught_up_at"] = now
    Connection.objects.everywhere().filter(pk=connection.pk).exclude(state__in=queries.ASLEEP).update(**facts)
    look(connection, now=now)
