"""The children (web, worker, live process), started together, watched, and stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entourage.house.errors import HouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

READY_S = 60.0  # a slow disk's first import of everything
STOP_S = 8.0  # a request or a job in progress may end; longer would feel like a hang
ROUND_S = 0.25
MENDS, MENDS_WITHIN_S = 5, 60.0  # restarts of one child before we give up
SET_PARENT_DEATH_SIGNAL = 1  # <sys/prctl.h>


@dataclass
class Child:
    """A process of ours: its name for people, and how it is started."""

    name: str
    command: Sequence[str]
    mends: bool = False  # started again when it dies; else its death ends everything
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches us alone, and we stop it in good order."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            close_fds=False,  # the lock that keeps PostgreSQL up is theirs as well; Python's other files close anyway
            preexec_fn=end_with_parent,  # noqa: PLW1509 - we have one thread when children start
        )

    def dead(self) -> int | None:
        """Return its exit code once it has ended."""
        return None if self.process is None else self.process.poll()


class Household:
    """The children, and the wish to stop that Ctrl-C and SIGTERM set."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.leaving = threading.Event()

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Start all, and on the way out, whatever the reason, leave none behind."""
        kept = {number: signal.signal(number, self._leave) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            for child in self.children:
                child.start()
            yield
        finally:
            stop_all(self.children)
            for number, handler in kept.items():
                signal.signal(number, handler)

    def wait_ready(self, host: str, port: int) -> bool:
        """Wait until ``/healthz`` answers 200. False when told to stop before.

        Raises
        ------
        HouseError: a child died, or nothing answered in time.
        """
        ends = time.monotonic() + READY_S
        while not healthy(host, port):
            self._look_after()
            if time.monotonic() > ends:
                raise HouseError(f"The pages must answer within {READY_S:.0f} s. They did not. See what stands above.")
            if self.leaving.wait(0.05):
                return False
        return True

    def watch(self, each_round: Callable[[], None]) -> None:
        """Stay until told to stop, mending what may be mended.

        Raises
        ------
        HouseError: a child died that is not mended, or died too often.
        """
        while not self.leaving.wait(ROUND_S):
            self._look_after()
            each_round()

    def _look_after(self) -> None:
        for child in self.children:
            if (code := child.dead()) is not None:
                _kill_group(child)
                _mend(child, code)

    def _leave(self, _number: int, _frame: FrameType | None) -> None:
        self.leaving.set()


def healthy(host: str, port: int) -> bool:
    """Whether ``/healthz`` answers 200 now."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop_all(children: Sequence[Child]) -> None:
    """Ask all at once to end, wait, then insist; their own children too."""
    at_work = [child.process for child in children if child.process is not None]
    for process in at_work:
        process.terminate()
    ends = time.monotonic() + STOP_S
    for process in at_work:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, ends - time.monotonic()))
    for child in children:
        _kill_group(child)


def _mend(child: Child, code: int) -> None:
    now = time.monotonic()
    child.deaths = [at for at in child.deaths if at > now - MENDS_WITHIN_S] + [now]
    how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
    if not child.mends or len(child.deaths) > MENDS:
        raise HouseError(f"The {child.name} must keep running. It {how}. See what stands above, then start again.")
    sys.stderr.write(f"The {child.name} {how}; it starts again.\n")
    child.start()


def _kill_group(child: Child) -> None:
    if child.process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def reachable(host: str) -> str:
    """Return the address at which a server that listens on `host` can be asked."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def end_with_parent() -> None:
    """Ask the kernel to tell this process to stop (SIGTERM) when its parent dies, however it dies (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
