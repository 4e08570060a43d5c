"""Reconciliation: all that a network holds of a stretch, set against what is here. "412 of 412 present".

A webhook, a stream, a page are hints; this is the proof. What is missing here is taken in. What is here and was not
told again is withdrawn only if the network, asked of each message, says that it is gone: a mail that was filed away, a
notification that was cleared are no deletions.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from django.db import DatabaseError, transaction
from django.db import connection as database

from entourage.networks.activity import Activity, Change
from entourage.networks.base import NetworkError
from entourage.networks.live import Can
from entourage.web.listen import actions
from entourage.web.listen.bridge import told_there as sql
from entourage.web.listen.bridge.doors import door, introduce, take_found
from entourage.web.listen.keys import account_keys, activity_keys, fingerprint
from entourage.web.listen.models import Connection, ConnectionState, Erased

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from entourage.networks.base import Found

log = logging.getLogger(__name__)

STRETCH = timedelta(days=30)
# What was said in the last minutes, one server of a network knows and another not yet.
SETTLED = timedelta(minutes=10)
# More than these at once, both a number and a share of what is told, is rather a fault of the network than the work of
# erasers: a person says.
FEW, SHARE = 20, 0.1
ASKED = 200  # messages that a network is asked about at a time


class CannotCompare(Exception):  # noqa: N818 - it names what cannot be done
    """A connection that has nothing to be compared with; the sentence says why."""


def reconcile(connection_id: int, *, now: datetime, stretch: timedelta = STRETCH, trust: bool = False) -> Connection:
    """Compare a connection with its network and mend what is missing; what was found is noted on the connection.

    ``trust``: mirror deletions however many they are. Safe to repeat; interrupted, nothing is deleted.

    Raises
    ------
    CannotCompare: the network keeps no history, or the connection is paused.
    NetworkError: the network did not tell it all; it is noted on the connection as well.
    """
    connection: Connection = Connection.objects.everywhere().select_related("brand").get(pk=connection_id)
    if connection.state == ConnectionState.PAUSED:
        raise CannotCompare(f"A paused connection is not compared with its network. Resume {connection.name} first.")
    try:
        _compare(connection, now=now, since=now - stretch, trust=trust)
    except (CannotCompare, DatabaseError, psycopg.Error):
        raise
    except Exception as error:
        actions.failed(connection_id, error, now=now)
        raise
    actions.restored(connection_id, now=now)
    connection.refresh_from_db(from_queryset=Connection.objects.everywhere().select_related("brand"))
    return connection


def reconcile_quietly(connection_id: int, *, now: datetime, trust: bool = False) -> None:
    """The same for a job: what goes wrong is on the connection's row, and in no log.

    Raises
    ------
    DatabaseError, psycopg.Error: the database is not there.
    """
    try:
        reconcile(connection_id, now=now, trust=trust)
    except (DatabaseError, psycopg.Error):
        raise
    except (Connection.DoesNotExist, CannotCompare, NetworkError):
        return
    except Exception as error:  # noqa: BLE001 - the words of the error may hold a key
        log.error("Comparing connection %s failed: %s", connection_id, type(error).__name__)  # noqa: TRY400 - the same


def _compare(connection: Connection, *, now: datetime, since: datetime, trust: bool) -> None:
    with door(connection) as network:
        if connection.checked_at is None:
            introduce(connection, network.check(), network.declared, now=now)
        if Can.HISTORY not in connection.can:
            raise CannotCompare(
                f"{network.declared.name} keeps no history that could be compared; {connection.name} is only read on."
            )
        telling = _Telling(connection, now=now)
        for found in network.history(since):
            telling.hear(found)
        if Can.VERIFY in connection.can:
            telling.miss(since)
            telling.keep_only(network.missing)
    telling.end(since, trust=trust)


class _Telling:
    """What a network tells of a stretch, kept in a table of this database connection while it speaks."""

    def __init__(self, connection: Connection, *, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._key, self._who = activity_keys(connection.brand_id), account_keys(connection.brand_id)
        # Of erased people nothing is here, and nothing is missing.
        kept_out = Erased.objects.of(connection.brand_id).values_list("fingerprint", flat=True)
        self._erased = {bytes(each) for each in kept_out}
        self._mended = 0
        with database.cursor() as cursor:
            cursor.execute(sql.TABLE)

    def hear(self, found: tuple[Found, ...]) -> None:
        """Some of it: what is missing here is taken in, all of it remembered."""
        with transaction.atomic(), database.cursor() as cursor:
            cursor.execute(sql.HEARD, self._rows(each for each in found if isinstance(each, Activity)))
            self._mended += take_found(self._connection, found, now=self._now).accepted

    def _rows(self, told: Iterable[Activity]) -> dict[str, list[UUID] | list[datetime]]:
        acts = [each for each in told if each.change is not Change.DELETE and not self._is_erased(each)]
        keys = [UUID(bytes=self._key(each.network, each.id)) for each in acts]
        return {"keys": keys, "moments": [each.at for each in acts]}

    def _is_erased(self, told: Activity) -> bool:
        return bool(self._erased) and fingerprint(self._who(told.network, told.actor.id)) in self._erased

    def miss(self, since: datetime) -> None:
        """Note which acts around this account since then are here and were not told."""
        asked: dict[str, Any] = {
            "brand": self._connection.brand_id,
            "network": self._connection.network,
            "account": self._connection.account_id,
            "since": since,
            "settled": self._now - SETTLED,
        }
        with database.cursor() as cursor:
            cursor.execute(sql.MISSING, asked)

    def keep_only(self, missing: Callable[[Sequence[str]], frozenset[str]]) -> None:
        """Ask the network which of those are really gone, and forget the others."""
        with database.cursor() as cursor:
            cursor.execute("SELECT network_id FROM told_no_more ORDER BY id")
            ids = [network_id for (network_id,) in cursor.fetchall()]
            for begin in range(0, len(ids), ASKED):
                asked = ids[begin : begin + ASKED]
                there = list(set(asked) - missing(asked))
                cursor.execute("DELETE FROM told_no_more WHERE network_id = ANY(%s)", [there])

    @transaction.atomic
    def end(self, since: datetime, *, trust: bool) -> None:
        """All was told: withdraw what is no longer there, and note how much of it is here."""
        connection = self._connection
        actions.intake_lock(connection.brand_id)
        there = self._asked("SELECT count(*) FROM told_there")
        here = self._asked("SELECT count(*) FROM told_there JOIN listen_activity USING (id)")
        gone = self._asked("SELECT count(*) FROM told_no_more")
        doubted = gone if gone > FEW and gone > SHARE * there and not trust else 0
        if gone and not doubted:
            with database.cursor() as cursor:
                cursor.execute(sql.WITHDRAW, {"brand": connection.brand_id, "now": self._now})
            actions.told(connection.brand_id, since, self._now)
        Connection.objects.of(connection.brand_id).filter(pk=connection.pk).update(
            reconciled_at=self._now,
            reconciled_since=since,
            held_there=there,
            held_here=here,
            mended=self._mended + gone - doubted,
            doubted=doubted,
        )

    def _asked(self, question: str) -> Any:
        with database.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
