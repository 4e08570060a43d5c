"""Keeping the connections: each is read when its turn comes, and heard where it can be heard.

Turns are done by a few threads, however many connections there are; a stream has a thread of its own that waits and
never touches the database. Whatever is lost here (a thread, the process, the machine) the next turn reads again.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import DatabaseError, close_old_connections, connections

from entourage.web.listen import actions, queries
from entourage.web.listen.bridge.doors import others_of, take_news
from entourage.web.listen.bridge.streams import Stream
from entourage.web.listen.bridge.turns import read_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from entourage.networks.base import Found

log = logging.getLogger(__name__)

AT_ONCE = 4  # turns and pieces of news at the same moment; each holds a connection to the database
LOOK_S = 0.5  # how soon a turn that is due begins
STEP_S = 2.0  # how soon a new connection is heard
SIGN_S = 20.0  # how often a stream's last sign of life is written down, and the rail told who needs a person
CALM_S = 5.0  # how long to leave a database alone that is not there


class Keeper:
    """Reads and hears every connection of the installation until told to stop."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="live")
        self._lock = threading.Lock()
        self._busy: set[Hashable] = set()
        self._news: dict[int, list[Found]] = {}
        self._streams: dict[tuple[int, datetime | None], Stream] = {}
        self._stepped = self._signed = 0.0

    def keep(self) -> None:
        """Keep them until ``stop``; a database that is not there for a while is waited for."""
        while not self.stopping.wait(LOOK_S):
            try:
                close_old_connections()
                self._round()
            except (DatabaseError, psycopg.Error) as error:
                log.warning("The live connections wait for the database: %s", type(error).__name__)
                connections.close_all()
                self.stopping.wait(CALM_S)

    def stop(self) -> None:
        """Begin nothing new and let go of the streams; what is under way ends by itself or with the process."""
        self.stopping.set()
        for stream in list(self._streams.values()):
            stream.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _round(self) -> None:
        now = datetime.now(UTC)
        for connection_id in queries.due(now):
            self._begin(("turn", connection_id), partial(self._turn, connection_id))
        for connection_id in list(self._news):  # what came while its last piece was being taken in
            self._begin(("news", connection_id), partial(self._take, connection_id))
        moment = time.monotonic()
        if moment - self._stepped > STEP_S:
            self._stepped = moment
            self._in_step()
        if moment - self._signed > SIGN_S:
            self._signed = moment
            actions.raise_alarms(now=now)
            actions.signs_of_life({pk: stream.sign_at for (pk, _), stream in self._streams.items() if stream.sign_at})

    def _in_step(self) -> None:
        """A stream for each connection that can be heard, none for any other; new keys mean a new stream."""
        wanted = {(row.pk, row.checked_at): row for row in queries.to_hear()}
        for key in [key for key in self._streams if key not in wanted]:
            self._streams.pop(key).stop()
        for key, connection in wanted.items():
            if key not in self._streams:
                beside = others_of(connection)
                self._streams[key] = Stream(connection, heard=self._heard, again=self._read_soon, beside=beside)
                self._streams[key].start()
            self._streams[key].watch()

    def _heard(self, connection_id: int, found: tuple[Found, ...]) -> None:
        """News of a stream, called in its thread: gathered until somebody has time to take it in."""
        with self._lock:
            self._news.setdefault(connection_id, []).extend(found)
        self._begin(("news", connection_id), partial(self._take, connection_id))

    def _take(self, connection_id: int) -> None:
        while not self.stopping.is_set():
            with self._lock:
                found = self._news.pop(connection_id, None)
            if not found:
                return
            take_news(connection_id, found, now=datetime.now(UTC))

    def _read_soon(self, connection_id: int) -> None:
        self._begin(("again", connection_id), partial(self._soon, connection_id))

    def _turn(self, connection_id: int) -> None:
        read_connection(connection_id, now=datetime.now(UTC))

    def _soon(self, connection_id: int) -> None:
        actions.read_soon(connection_id, now=datetime.now(UTC))

    def _begin(self, what: Hashable, work: Callable[[], Any]) -> None:
        """Have this done by one of the threads, unless it is being done already."""
        with self._lock:
            if what in self._busy or self.stopping.is_set():
                return
            self._busy.add(what)
        self._pool.submit(self._do, what, work)

    def _do(self, what: Hashable, work: Callable[[], Any]) -> None:
        try:
            close_old_connections()
            work()
        except (DatabaseError, psycopg.Error) as error:
            log.warning("%s waits for the database: %s", what, type(error).__name__)
            connections.close_all()
            self.stopping.wait(1)
        except Exception as error:  # noqa: BLE001 - one connection's mistake must not end the others
            log.error("%s failed: %s", what, type(error).__name__)  # noqa: TRY400 - the words of the error may hold a key
        finally:
            with self._lock:
                self._busy.discard(what)
