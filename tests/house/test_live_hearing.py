"""What happens on a network that streams is here within two seconds."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.web import world

from entourage.networks import registry
from entourage.networks.hostile import ledger
from entourage.web.listen import actions
from entourage.web.listen.models import Activity, Connection

pytestmark = pytest.mark.django_db(transaction=True)

TELLS = 1.0  # the stream of this network looks for news once a second
WITHIN = 2.0


@pytest.mark.slow
def test_an_act_is_here_two_seconds_after_its_stream_could_tell_it(database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    began = datetime.now(UTC) + timedelta(seconds=12)
    told = {"began": began.isoformat(), "acts": "40", "minutes": "0.2", "cruelty": "0", "ledger": str(tmp_path / "t")}
    it = actions.connect(
        brand=world.brand("tea"), network="hostile", name="Rough", settings=told, secrets={}, by=None, at=began
    )
    process = subprocess.Popen([sys.executable, "-c", "from entourage.cli.live import main; main()"])
    try:
        seen = watched(it, until=began + timedelta(seconds=16))
    finally:
        process.terminate()
        process.wait(10)
    full = registry.opened("hostile", it.settings)._settings
    acts = {name: held.activity.at for name, held in ledger.truth(full, at=datetime.now(UTC)).held.items()}
    lags = sorted((seen[name] - at).total_seconds() for name, at in acts.items() if name in seen)
    assert len(lags) > 30
    assert lags[int(0.9 * len(lags))] < TELLS + WITHIN
    assert Connection.objects.everywhere().get(pk=it.pk).stream_at is not None


def watched(it: Connection, *, until: datetime) -> dict[str, datetime]:
    """When each act was first seen in the database."""
    seen: dict[str, datetime] = {}
    while (now := datetime.now(UTC)) < until:
        for name in Activity.objects.of(it.brand).values_list("network_id", flat=True):
            seen.setdefault(name, now)
        time.sleep(0.1)
    return seen
