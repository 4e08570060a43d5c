"""The guardian of one data folder: owns PostgreSQL, mends it, and leaves with the last user.

``python -m entourage.house.guardian DATA`` is started by `occupancy.ensure`, never by hand.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from entourage.house import postgres
from entourage.house.errors import HouseError
from entourage.house.occupancy import GUARDIAN, USERS, lock_file, try_lock

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND_S = 0.2  # how often it looks round; two system calls
TROUBLES = 5  # deaths of PostgreSQL within QUIET_S after which mending is given up
QUIET_S = 60.0


def guard(data: Path, *, durable: bool, ready: Callable[[], None]) -> None:
    """Keep PostgreSQL up while anybody is inside; return when nobody is, or when another guardian is at work.

    The door (``users.lock``) is let go last: whoever waits there must find neither us nor a PostgreSQL half stopped.
    """
    with lock_file(data / USERS) as door, lock_file(data / GUARDIAN) as mine:
        if try_lock(mine):
            _serve(data, door, durable=durable, ready=ready)


def _serve(data: Path, door: IO[str], *, durable: bool, ready: Callable[[], None]) -> None:
    server = postgres.start(data, durable=durable)
    deaths: list[float] = []
    try:
        ready()
        while not try_lock(door):
            if server.poll() is not None:
                deaths = [at for at in deaths if at > time.monotonic() - QUIET_S] + [time.monotonic()]
                if len(deaths) > TROUBLES:
                    return  # the next user sends for another guardian, who will say why
                server = postgres.start(data, durable=durable)
            time.sleep(ROUND_S)
    finally:
        postgres.stop(server)


def main() -> int:
    """Guard the folder named on the command line, in a process of its own that nobody waits for.

    Returns once PostgreSQL answers (or another guardian is at work); 1 and a sentence on stderr if it cannot.
    """
    hears, tells = os.pipe()
    if os.fork():
        os.close(tells)
        with os.fdopen(hears) as ear:
            complaint = ear.read()  # ends when the other side is ready, or dead
        sys.stderr.write(complaint)
        return 1 if complaint else 0
    os.close(hears)
    _detach()
    with os.fdopen(tells, "w") as mouth:
        try:
            guard(Path(sys.argv[1]), durable="--careless" not in sys.argv, ready=mouth.close)
        except Exception as error:  # noqa: BLE001 - this is the end of the process: its reason must reach a person
            if not mouth.closed:
                mouth.write(str(error) if isinstance(error, HouseError) else f"The guardian failed: {error!r}")
    return 0


def _detach() -> None:
    """Leave the terminal: a closed window or Ctrl-C is not the end, the last user is."""
    os.setsid()
    for number in (1, 2):
        os.dup2(0, number)  # standard input is /dev/null already
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
