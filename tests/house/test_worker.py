"""The jobs of a killed worker are done by the next one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from entourage.cli.worker import take_up


async def taken_up() -> int:
    with app.replace_connector(app.connector.get_worker_connector()) as ours:  # type: ignore[attr-defined]
        async with ours.open_async():
            return await take_up(ours)


def a_job_being_done(*, last_heard_of: timedelta) -> int:
    job = app.configure_task("people.score").defer(brand_id=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [datetime.now(UTC) - last_heard_of],
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job])
    return job


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("silent", "taken", "status"), [(timedelta(minutes=2), 1, "todo"), (timedelta(seconds=3), 0, "doing")]
)
def test_a_job_goes_back_once_its_worker_has_been_silent_for_long(silent: timedelta, taken: int, status: str) -> None:
    job = a_job_being_done(last_heard_of=silent)
    assert asyncio.run(taken_up()) == taken
    assert ProcrastinateJob.objects.get(id=job).status == status
