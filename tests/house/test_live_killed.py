"""Killed at any moment and started again, the live process ends in what is true on the network."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.web import world
from tests.web.listen.there import as_there

from entourage.networks.base import NetworkError
from entourage.web.listen import actions, bridge
from entourage.web.listen.models import Activity, Connection

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 6
LIVE = [sys.executable, "-c", "from entourage.cli.live import main; main()"]


def connected(tmp_path) -> Connection:
    """A hostile network whose hour has just passed: all of it is to be caught up with, and stumbled over."""
    began = datetime.now(UTC) - timedelta(hours=1, minutes=20)
    told = {"began": began.isoformat(), "acts": "600", "cruelty": "0.2", "seed": "9", "ledger": str(tmp_path / "told")}
    return actions.connect(
        brand=world.brand("tea"), network="hostile", name="Rough", settings=told, secrets={}, by=None, at=began
    )


def at_work(it: Connection, since: datetime) -> bool:
    """Whether somebody has read since then; what is due is due now, whatever pause the network asked for."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listen_connection SET next_at = now() WHERE next_at > now()")
    return Connection.objects.everywhere().filter(pk=it.pk, read_at__gt=since).exists()


def live_for(it: Connection, seconds: float, *, by: signal.Signals, rows: int = 0) -> None:
    """So long from the first page on, and until so much is here; then it is told, or made, to end."""
    since = datetime.now(UTC)
    process = subprocess.Popen(LIVE)
    try:
        while not at_work(it, since):
            assert datetime.now(UTC) < since + timedelta(seconds=60)
            time.sleep(0.02)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends or Activity.objects.of(it.brand).count() <= rows:
            at_work(it, since)
            time.sleep(0.02)
            assert time.monotonic() < ends + 60
        process.send_signal(by)
        process.wait(60)
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_killed_at_random_moments_it_ends_in_what_is_true_there(database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    it, chance = connected(tmp_path), random.Random(1)  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        live_for(it, 0.5 * chance.random(), by=signal.SIGKILL)
    live_for(it, 5, by=signal.SIGTERM, rows=100)
    it.refresh_from_db(from_queryset=Connection.objects.everywhere())
    assert it.taken > 100
    done = compared(it)
    assert done.held_here == done.held_there
    as_there(it)


def compared(it: Connection) -> Connection:
    for _ in range(100):
        try:
            return bridge.reconcile(it.pk, now=datetime.now(UTC))
        except NetworkError:
            continue
    raise AssertionError("it never told all of it")
