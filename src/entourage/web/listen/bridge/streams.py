"""A stream: what a network tells as it happens, heard by a thread of its own and handed on."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from entourage.networks.live import Reconnect, Retry
from entourage.web.listen.actions import backoff
from entourage.web.listen.bridge.doors import door

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.networks.base import Found
    from entourage.networks.live import Network
    from entourage.web.listen.models import Connection

log = logging.getLogger(__name__)

# Without a sign of life for so long a stream is dead, though its socket may not know it.
SILENT_S = 180.0
# A stream that lasted so long was well: its next failure is the first one again.
WELL_S = 60.0


class Stream(threading.Thread):
    """Hears one connection until stopped; comes back by itself, later each time.

    Parameters
    ----------
    heard : called with the connection's number and what it told
    again : called with its number when something may have been missed: it is to be read
    beside : the ids of our other accounts on its network, as ``doors.others_of`` tells them
    """

    def __init__(
        self,
        connection: Connection,
        *,
        heard: Callable[[int, tuple[Found, ...]], None],
        again: Callable[[int], None],
        beside: str = "",
    ) -> None:
        super().__init__(name=f"hears {connection.pk}", daemon=True)
        self.sign_at: datetime | None = None
        self._connection, self._heard, self._again, self._beside = connection, heard, again, beside
        self._stopping = threading.Event()
        self._network: Network | None = None
        self._alive = time.monotonic()

    def run(self) -> None:
        """Hear, and after an end or a mistake hear again."""
        # Kept in memory only: how often in a row this stream failed says nothing about reading.
        self._connection.tries = 0
        while not self._stopping.is_set():
            begun = time.monotonic()
            wait = self._hear()
            self._connection.tries = 0 if time.monotonic() - begun > WELL_S else self._connection.tries + 1
            if wait is None or self._stopping.wait((wait + backoff(self._connection)).total_seconds()):
                return

    def watch(self) -> None:
        """Shake a stream that has been silent for too long."""
        if self._network is not None and time.monotonic() - self._alive > SILENT_S:
            self._alive = time.monotonic()
            self._let_go()

    def stop(self) -> None:
        """Hear no more; a stream that waits for the network is let go."""
        self._stopping.set()
        self._let_go()

    def _hear(self) -> timedelta | None:
        """Hear until it ends; how long to wait before the next time, none where only a person can help."""
        try:
            with door(self._connection, beside=self._beside) as network:
                self._network, self._alive = network, time.monotonic()
                for found in network.listen():
                    if self._stopping.is_set():
                        return None
                    self._sign(found)
        except Reconnect:
            # Reading meets the same refusal, and says so on the connection.
            self._again(self._connection.pk)
            return None
        except Retry as pause:
            self._again(self._connection.pk)
            return max(pause.after, timedelta(0))
        except Exception as error:  # noqa: BLE001 - whatever happens to a stream, reading goes on without it
            if not self._stopping.is_set():
                log.info("The stream of connection %s ended: %s", self._connection.pk, type(error).__name__)
        finally:
            self._network = None
        self._again(self._connection.pk)
        return timedelta(0)

    def _sign(self, found: tuple[Found, ...]) -> None:
        first = self.sign_at is None or time.monotonic() - self._alive > WELL_S
        self._alive, self.sign_at = time.monotonic(), datetime.now(UTC)
        if found:
            self._heard(self._connection.pk, found)
        elif first:
            # It is open: what happened since the last page and before now is read.
            self._again(self._connection.pk)

    def _let_go(self) -> None:
        network = self._network
        if network is not None:
            with suppress(Exception):
                network.close()
