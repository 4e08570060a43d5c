"""From the press to the person: a real Mastodon server on loopback, the live process beside us, killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest
from django.utils import timezone
from mastodon_mock.config import MastodonMockConfig, SeedAccount, SeedConfig, StreamingConfig
from mastodon_mock.testing.server import MockServer
from tests.web import world

from entourage.web.listen.actions import connect
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox import actions
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PATIENCE_S = 120.0


@pytest.fixture
def town():
    accounts = [SeedAccount(username=name, access_token=f"{name}_token") for name in ("tea", "ann")]
    config = MastodonMockConfig(seed=SeedConfig(accounts=accounts), streaming=StreamingConfig(heartbeat_seconds=0.2))
    with MockServer(config=config) as town:
        yield town


@contextmanager
def live():
    """The live process; ``kill`` it and begin another."""
    process = subprocess.Popen([sys.executable, "-m", "entourage.cli.live"], env=os.environ.copy())
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(found):
    """What ``found`` finds, as soon as it does."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if there := found():
            return there
        time.sleep(0.1)
    raise AssertionError("it did not come")


def ann(town, method, path, **content):
    headers = {"Authorization": "Bearer ann_token"}
    with httpx.Client(base_url=f"{town.base_url}/api/v1/", headers=headers, trust_env=False, timeout=60) as client:
        answer = client.request(method, path, json=content or None)
        answer.raise_for_status()
        return answer.json()


def heard(town):
    """What Ann was told: the words of those who mention her."""
    return [each["status"]["content"] for each in ann(town, "GET", "notifications") if each["type"] == "mention"]


def test_an_answer_reaches_ann_once_though_the_live_process_is_killed_twice(town, database_url):
    tea = world.brand("tea")
    told = {"server": town.base_url}
    secrets = {"token": "tea_token"}
    connect(brand=tea, network="mastodon", name="tea", settings=told, secrets=secrets, by=None, at=timezone.now())
    with live() as first:
        until(lambda: Connection.objects.of(tea).filter(account__isnull=False).exists())
        ann(town, "POST", "statuses", status="@tea where is it?", visibility="public")
        asked = until(lambda: Activity.objects.of(tea).filter(account__handle__startswith="ann").first())
        row = actions.queue(
            brand=tea, deed="reply", purpose="answer", to=asked, text="It leaves today.", by=None, at=timezone.now()
        )
        assert (row.state, row.connection.limits["length"] > 0) == (Sending.QUEUED, True)
        first.send_signal(signal.SIGKILL)
    with live() as second:
        until(lambda: heard(town))
        second.send_signal(signal.SIGKILL)
    with live():
        until(lambda: Outgoing.objects.of(tea).get().state in {Sending.SENT, Sending.ACCEPTED} or _hurried(tea))
        until(lambda: Outgoing.objects.of(tea).get().state == Sending.ACCEPTED)
        assert len(heard(town)) == 1
        assert "It leaves today." in heard(town)[0]
    ours = Activity.objects.of(tea).filter(account__role="own", reply_to=asked.pk)
    assert ours.count() == 1


def _hurried(tea):
    """Let two minutes pass for what was on its way when its worker died, as the sweep would find it then."""
    stuck = Outgoing.objects.of(tea).filter(state=Sending.SENDING)
    if stuck.update(due_at=timezone.now()):
        actions.defer(str(stuck.values_list("pk", flat=True)[0]))
    return False
