"""What the worker and the live process share: how they speak to the queue, and how a job is begun again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job

ALIVE_S = 5.0  # how often a worker says that it lives
DEAD_S = 30.0  # after which silence it is taken for dead; long enough for a computation that lets nobody else in


def beside(app: App) -> App:
    """An application with the same tasks for a worker's own dealings with the queue; it starts no periodic ones.

    The tasks stay with ``app``: what a job starts, it starts through Django's connection, and so in its transaction.
    """
    from procrastinate.contrib.django import DjangoApp

    ours: App = DjangoApp(connector=app.connector.get_worker_connector(), import_paths=app.import_paths)  # type: ignore[attr-defined]
    ours.tasks = app.tasks
    return ours


async def begin_again(app: App, job: Job) -> None:
    """Give a job back that was begun by a process that is gone; where the very same one waits already, let it be."""
    try:
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
    except UniqueViolation:
        await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)
