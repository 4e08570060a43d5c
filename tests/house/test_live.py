"""The live process: its jobs, its end, its death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.quick import assert_quick

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)

# A job that keeps its thread busy, as a network does that does not answer.
SLOW = """
import sys, time
import django
from django.conf import settings
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
from procrastinate.contrib.django import app

@app.task(name="test.slow")
def slow() -> None:
    time.sleep(60)

from entourage.cli.live import main
main()
"""


@contextmanager
def alive(code: str = "from entourage.cli.live import main; main()") -> Iterator[subprocess.Popen[str]]:
    """The live process on the test's database; it does not outlive the test."""
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def job(name: str = "listen.check", queue: str = "live", **arguments: int) -> int:
    return int(app.configure_task(name, queue=queue).defer(**(arguments or {"connection_id": 1})))


def state(number: int) -> str:
    """The job's state; nothing where it was done and is gone."""
    return ProcrastinateJob.objects.filter(id=number).values_list("status", flat=True).first() or ""


def wait_for(number: int, wanted: str, within_s: float = 60) -> float:
    begun = time.monotonic()
    while state(number) != wanted:
        assert time.monotonic() < begun + within_s, state(number)
        time.sleep(0.02)
    return time.monotonic() - begun


def test_it_does_what_must_not_wait_and_leaves_the_rest_to_the_worker(database_url):
    first, other = job(), job("listen.check", queue="default")
    with alive():
        wait_for(first, "")
        assert_quick(lambda: wait_for(job(), ""), under_s=2)
    assert state(other) == "todo"


def test_told_to_stop_it_is_gone_in_two_seconds_and_gives_back_what_it_was_doing(database_url):
    stuck = app.configure_task("test.slow", queue="live").defer()

    def ends() -> float:
        with alive(SLOW) as process:
            wait_for(stuck, "doing")
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
            took = time.monotonic() - begun
        assert state(stuck) == "todo"
        return took

    assert_quick(ends, under_s=2)


def test_killed_its_jobs_are_done_by_the_next_one_at_once(database_url):
    stuck = app.configure_task("test.slow", queue="live").defer()
    with alive(SLOW) as process:
        wait_for(stuck, "doing")
        process.kill()
        process.wait()
        assert state(stuck) == "doing"
    with alive(SLOW):
        with connection.cursor() as cursor:
            cursor.execute("SELECT attempts FROM procrastinate_jobs WHERE id = %s", [stuck])
            before = cursor.fetchone()[0]
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            with connection.cursor() as cursor:
                cursor.execute("SELECT attempts, status FROM procrastinate_jobs WHERE id = %s", [stuck])
                attempts, status = cursor.fetchone()
            if attempts > before and status == "doing":
                break
            time.sleep(0.05)
        assert (attempts > before, status) == (True, "doing")


def test_of_two_one_is_at_work_and_the_other_stands_by(database_url):
    with alive() as first, alive() as second:
        wait_for(job(), "")
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        wait_for(job(), "")
        assert second.poll() is None
        second.send_signal(signal.SIGTERM)
        assert second.wait(60) == 0


def test_without_its_database_it_ends_and_says_so(database_url):
    with alive() as process:
        wait_for(job(), "")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "The live process must have its database. It went away: " in said
