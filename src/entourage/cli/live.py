"""The live process, ``python -m entourage.cli.live``: hears and reads the connections, and does what must not wait.

Beside the web server and the worker, for a scoring of an hour must delay neither a message that comes in nor an answer
that goes out. Of several on one database one is at work, the others stand by. Killed at any moment it loses nothing:
what it read is in the database with its cursor, what it did not is read again, and its jobs are done once more.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import traceback
from typing import TYPE_CHECKING

import django
from psycopg import AsyncConnection, OperationalError

from entourage.cli.queue import ALIVE_S, DEAD_S, begin_again, beside

if TYPE_CHECKING:
    from procrastinate import App

AT_WORK = 0x656E746F7574  # the number of the lock; any, as long as it is always the same and nobody else's
AT_ONCE = 6  # jobs: sending waits for networks more than it computes
LEAVING_S = 1.0  # for what is under way; then it is given back, to be done by the next live process
LOOK_S = 5.0  # how soon a lost lock is noticed


async def live(app: App) -> int:
    """Work until told to stop (SIGINT, SIGTERM); the code to end with."""
    leaving = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, leaving.set)
    try:
        door = await _lock(leaving)
        if door is not None:
            ours = beside(app)
            await ours.open_async()
            await give_back(ours)  # we are alone: what still says that it is being done was killed
            await _work(ours, door, leaving)
            await give_back(ours)
    except OperationalError as error:
        sys.stderr.write(f"The live process must have its database. It went away: {_first_line(error)}\n")
        return 1
    return 0


async def _lock(leaving: asyncio.Event) -> AsyncConnection | None:
    """The connection that makes us the only one on this database as long as it lasts; none when told to leave."""
    from procrastinate.contrib.django.utils import connector_params

    door = await AsyncConnection.connect(**connector_params(), autocommit=True)
    waits = asyncio.ensure_future(door.execute("SELECT pg_advisory_lock(%s)", [AT_WORK]))
    leaves = asyncio.ensure_future(leaving.wait())
    await asyncio.wait([waits, leaves], return_when=asyncio.FIRST_COMPLETED)
    leaves.cancel()
    if leaving.is_set():
        return None
    waits.result()
    return door


async def _work(app: App, door: AsyncConnection, leaving: asyncio.Event) -> None:
    """Keep the connections and do the jobs of the queue until told to leave.

    Raises
    ------
    OperationalError: the database went away, and the lock with it.
    """
    from entourage.web.core.jobs import LIVE
    from entourage.web.listen.bridge import Keeper

    keeper = Keeper()
    threading.Thread(target=keeper.keep, name="keeps", daemon=True).start()
    jobs = asyncio.ensure_future(
        app.run_worker_async(
            queues=[LIVE],
            concurrency=AT_ONCE,
            delete_jobs="successful",
            install_signal_handlers=False,
            shutdown_graceful_timeout=LEAVING_S,
            update_heartbeat_interval=ALIVE_S,
            stalled_worker_timeout=DEAD_S,
        )
    )
    while not leaving.is_set():
        await door.execute("SELECT 1")
        if jobs.done():
            raise OperationalError("the worker of the queue ended")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(leaving.wait(), LOOK_S)
    keeper.stop()
    jobs.cancel()
    await asyncio.wait([jobs], timeout=LEAVING_S)


async def give_back(app: App) -> int:
    """Give back the jobs of this queue that somebody had begun; how many. Jobs may run twice without harm."""
    from entourage.web.core.jobs import LIVE

    begun = list(await app.job_manager.list_jobs_async(queue=LIVE, status="doing"))
    for job in begun:
        await begin_again(app, job)
    return len(begun)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def main() -> None:
    """Start Django, then work. What a thread still does at the end dies with the process: it is done again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entourage.web.settings")
    django.setup()
    from procrastinate.contrib.django import app

    code = 1
    try:
        # Not asyncio.run: it would wait for every thread, and a network may keep one waiting for a minute.
        code = asyncio.new_event_loop().run_until_complete(live(app))
    except Exception:  # noqa: BLE001 - the process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
