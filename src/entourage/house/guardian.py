"""The guardian of one data folder: owns PostgreSQL, mends it, and leaves with the last user.

``python -m entourage.house.guardian DATA`` is started by `occupancy.ensure`, never by hand.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import IO

from entourage.house import postgres
from entourage.house.errors import HouseError
from entourage.house.occupancy import GUARDIAN, USERS, lock_file, try_lock

ROUND_S = 0.2  # how often it looks round; two system calls
TROUBLES = 5  # deaths of PostgreSQL within QUIET_S after which mending is given up
QUIET_S = 60.0


def guard(data: Path, *, durable: bool) -> None:
    """Keep PostgreSQL up while anybody is inside; return when nobody is, or when another guardian is at work.

    The door (``users.lock``) is let go last: whoever waits there must find neither us nor a PostgreSQL half stopped.
    """
    with lock_file(data / USERS) as door, lock_file(data / GUARDIAN) as mine:
        if try_lock(mine):
            _serve(data, door, durable=durable)


def _serve(data: Path, door: IO[str], *, durable: bool) -> None:
    server = postgres.start(data, durable=durable)
    deaths: list[float] = []
    try:
        while not try_lock(door):
            if server.poll() is not None:
                deaths = [at for at in deaths if at > time.monotonic() - QUIET_S] + [time.monotonic()]
                if len(deaths) > TROUBLES:
                    raise HouseError(f"PostgreSQL died {len(deaths)} times in a minute. See {data / 'postgres.log'}.")
                server = postgres.start(data, durable=durable)
            time.sleep(ROUND_S)
    finally:
        postgres.stop(server)


def _leave(*_signal: object) -> None:
    sys.exit(0)


def main() -> int:
    """Guard the folder named on the command line; 1 and a sentence on stderr if PostgreSQL cannot be had."""
    signal.signal(signal.SIGTERM, _leave)
    for ignored in (signal.SIGINT, signal.SIGHUP):  # a closed terminal is not the end: the last user is
        signal.signal(ignored, signal.SIG_IGN)
    try:
        guard(Path(sys.argv[1]), durable="--careless" not in sys.argv)
    except HouseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
