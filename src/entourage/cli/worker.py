"""The worker, ``python -m entourage.cli.worker``: does the jobs, and takes up those whose worker was killed.

A killed worker leaves its job marked as being done, and the job's lock would hold up all later ones for ever.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import django

from entourage.cli.queue import ALIVE_S, DEAD_S, begin_again, beside

if TYPE_CHECKING:
    from procrastinate import App

ROUND_S = 10.0
QUEUES = ["default"]  # what must not wait behind a scoring is the live process's, cli/live.py
FINISH_S = 5.0  # a job may end in peace; less than the supervisor's patience


async def work(app: App) -> None:
    """Do jobs until told to stop (SIGINT, SIGTERM)."""
    async with beside(app).open_async() as ours:
        ours.periodic_registry = app.periodic_registry
        again = asyncio.create_task(_take_up_for_ever(ours))
        try:
            await ours.run_worker_async(
                queues=QUEUES,
                concurrency=1,
                delete_jobs="successful",
                shutdown_graceful_timeout=FINISH_S,
                update_heartbeat_interval=ALIVE_S,
                stalled_worker_timeout=DEAD_S,
            )
        finally:
            again.cancel()


async def take_up(app: App, *, silent_s: float = DEAD_S) -> int:
    """Give back the jobs of workers that have been silent for so long; how many. Jobs may run twice without harm."""
    left = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_s))
    for job in left:
        await begin_again(app, job)
    return len(left)


async def _take_up_for_ever(app: App) -> None:
    while True:
        await take_up(app)
        await asyncio.sleep(ROUND_S)


def main() -> None:
    """Start Django, then work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entourage.web.settings")
    django.setup()
    from procrastinate.contrib.django import app

    asyncio.run(work(app))


if __name__ == "__main__":
    main()
