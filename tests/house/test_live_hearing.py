"""What happens on a network that streams is here within two seconds."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.quick import assert_quick
from tests.web import world

from entourage.networks import registry
from entourage.networks.hostile import ledger
from entourage.web.listen import actions
from entourage.web.listen.models import Activity, Connection

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)

TELLS = 1.0  # the stream of this network looks for news once a second
WITHIN = 2.0


@pytest.mark.slow
def test_an_act_is_here_two_seconds_after_its_stream_could_tell_it(database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    rounds = itertools.count()
    process = subprocess.Popen([sys.executable, "-c", "from entourage.cli.live import main; main()"])
    try:
        at_work()
        assert_quick(lambda: lag_of_nine_in_ten(f"tea{next(rounds)}", tmp_path), under_s=TELLS + WITHIN)
    finally:
        process.terminate()
        process.wait(60)


def at_work() -> None:
    """Wait until the live process does its jobs."""
    job = app.configure_task("listen.check", queue="live").defer(connection_id=1)
    ends = time.monotonic() + 60
    while ProcrastinateJob.objects.filter(id=job).exists():
        assert time.monotonic() < ends
        time.sleep(0.05)


def lag_of_nine_in_ten(slug: str, folder: Path) -> float:
    """In how many seconds nine of ten acts of a network's twelve seconds are here."""
    began = datetime.now(UTC) + timedelta(seconds=12)
    told = {"began": began.isoformat(), "acts": "40", "minutes": "0.2", "cruelty": "0", "ledger": str(folder / slug)}
    it = actions.connect(
        brand=world.brand(slug), network="hostile", name="Rough", settings=told, secrets={}, by=None, at=began
    )
    seen = watched(it, until=began + timedelta(seconds=16))
    full = registry.opened("hostile", it.settings)._settings
    acts = {name: held.activity.at for name, held in ledger.truth(full, at=datetime.now(UTC)).held.items()}
    lags = sorted((seen[name] - at).total_seconds() for name, at in acts.items() if name in seen)
    assert len(lags) > 30
    assert Connection.objects.everywhere().get(pk=it.pk).stream_at is not None
    return lags[int(0.9 * len(lags))]


def watched(it: Connection, *, until: datetime) -> dict[str, datetime]:
    """When each act was first seen in the database."""
    seen: dict[str, datetime] = {}
    while (now := datetime.now(UTC)) < until:
        for name in Activity.objects.of(it.brand).values_list("network_id", flat=True):
            seen.setdefault(name, now)
        time.sleep(0.1)
    return seen
