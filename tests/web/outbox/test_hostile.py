"""Sending on a network that loses, delays and refuses by chance: each answer stands there once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from tests.web import world

from entourage.networks import registry
from entourage.networks.hostile import ledger
from entourage.networks.hostile.story import ME
from entourage.networks.pace import World
from entourage.web.listen import actions as listen
from entourage.web.listen import bridge as listening
from entourage.web.listen.models import Account, Activity, Connection
from entourage.web.outbox import actions, bridge
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 16, 9, tzinfo=UTC)


@pytest.fixture
def hour(monkeypatch):
    """The moment there and here: a list with one moment in it."""
    moment = [BEGAN + timedelta(hours=1)]
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    monkeypatch.setattr("entourage.networks.hostile.network.WORLD", World(now=lambda: moment[0], sleep=lambda _: None))
    return moment


def connected(name, keyed, hour):
    told = {"seed": "7", "cruelty": "0.5", "began": BEGAN.isoformat(), "ledger": name, "keyed": keyed}
    ledger.forget({"ledger": name})
    tea = world.brand("tea")
    door = listen.connect(brand=tea, network="hostile", name="H", settings=told, secrets={}, by=None, at=BEGAN)
    for _ in range(100):
        listening.check_connection(door.pk, now=hour[0])
        door.refresh_from_db(from_queryset=Connection.objects.of(tea))
        if door.account_id:
            return tea, door
    raise AssertionError(door.error)


@pytest.mark.parametrize("keyed", ["", "1"])
def test_two_dozen_answers_stand_there_once_each(hour, keyed):
    tea, door = connected(f"outbox {keyed}", keyed, hour)
    page = Account.objects.of(tea).get(pk=door.account_id)
    for number in range(8):
        asked = world.act(
            world.person(tea, f"P{number}", network="hostile"), at=hour[0], toward=page, text=f"Question {number}"
        )
        for place in range(3):
            words = "[refuse] Never" if (number, place) == (0, 1) else f"Answer {number}.{place}"
            actions.queue(
                brand=tea, deed="reply", purpose="answer", to=asked, text=words, by=None,
                at=hour[0] + timedelta(seconds=place), conversation_id=number,
            )  # fmt: skip
    rows, turns = Outgoing.objects.of(tea), 0
    while rows.filter(state__in=["queued", "sending"]).exists():
        Connection.objects.of(tea).update(state="live")
        due = rows.filter(state__in=["queued", "sending"], due_at__lte=hour[0])
        for key in due.order_by("created_at").values_list("pk", flat=True):
            bridge.send(key, clock=lambda: hour[0])
        hour[0] += timedelta(minutes=2)
        turns += 1
        assert turns < 24 * 60
    refused = rows.get(state=Sending.FAILED)
    assert refused.reason == "The hostile network does not like these words. Change the text."
    assert {row.state for row in rows.exclude(pk=refused.pk)} <= {Sending.SENT, Sending.ACCEPTED}
    settings = {each.key: door.settings.get(each.key) or each.default for each in registry.declared("hostile").settings}
    there = Counter(entry.key for entry in ledger.entries(settings) if entry.what == "sent")
    assert there == Counter(str(row.pk) for row in rows.exclude(pk=refused.pk))
    ours = Activity.objects.of(tea).filter(account__network_id=ME.id).values_list("network_id", flat=True)
    assert sorted(ours) == sorted(row.network_id for row in rows.exclude(pk=refused.pk))
