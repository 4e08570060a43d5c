"""The jobs of a killed worker are done by the next one."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
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


# A job that is never done in its first life, and at once in any other.
WORKER = """
import os, sys, time
import django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
from procrastinate.contrib.django import app

@app.task(name="test.slow")
def slow() -> None:
    time.sleep(float(sys.argv[1]))

from entourage.cli.worker import main
main()
"""


def wait_until(job: int, status: str | None) -> None:
    ends = time.monotonic() + 60
    while ProcrastinateJob.objects.filter(id=job).values_list("status", flat=True).first() != status:
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_in_earnest_its_job_is_done_by_the_next_worker(database_url: str) -> None:
    job = app.configure_task("test.slow", queue="default").defer()
    first = subprocess.Popen([sys.executable, "-c", WORKER, "600"])
    try:
        wait_until(job, "doing")
    finally:
        first.kill()
        first.wait()
    wait_until(job, "doing")  # for ever, if nobody took it up
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '31 s'")
    second = subprocess.Popen([sys.executable, "-c", WORKER, "0"])
    try:
        wait_until(job, None)  # done, and gone
    finally:
        second.kill()
        second.wait()
