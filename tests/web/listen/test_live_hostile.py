"""An hour on a network that does everything wrong: no loss, no double, no crash, no hot loop."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from tests.web import world

from entourage.networks import registry
from entourage.networks.base import NetworkError
from entourage.networks.hostile import ledger
from entourage.networks.live import Retry
from entourage.networks.pace import World
from entourage.web.listen import actions, bridge
from entourage.web.listen.bridge.doors import take_news
from entourage.web.listen.models import Activity, Connection

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 16, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Time:
    """The moment there and here; sleeping is passing on."""

    def __init__(self) -> None:
        self.now = BEGAN

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def time(monkeypatch):
    moment = Time()
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    there = World(now=lambda: moment.now, sleep=moment.sleep)
    monkeypatch.setattr("entourage.networks.hostile.network.WORLD", there)
    return moment


def connected(seed: str, cruelty: float, name: str):
    told = {"seed": seed, "cruelty": str(cruelty), "acts": "300", "began": BEGAN.isoformat(), "ledger": name}
    return actions.connect(
        brand=world.brand("tea"), network="hostile", name="Hostile", settings=told, secrets={}, by=None, at=BEGAN
    )


def again(connection):
    connection.refresh_from_db(from_queryset=Connection.objects.everywhere())
    return connection


def read_until(connection, time, end: datetime, *, seconds: int) -> int:
    """Take each turn when it is due, and hear a little in between; how many turns that was."""
    turns = 0
    while time.now < end:
        bridge.read_connection(connection.pk, now=time.now)
        turns += 1
        again(connection)
        assert connection.state in {"live", "waiting"}, connection.error
        time.now = max(time.now + timedelta(seconds=seconds), connection.next_at)
        if turns % 7 == 0:
            hear(connection, time)
    return turns


def hear(connection, time) -> None:
    """A few pieces of the stream; where it breaks off, reading goes on without it."""
    with closing(registry.opened("hostile", connection.settings)) as network:
        try:
            for found, _ in zip(network.listen(), range(3), strict=False):
                take_news(connection.pk, found, now=time.now)
        except Retry:
            return


def compared(connection, time) -> Connection:
    """Reconcile, as often as the network stumbles over it."""
    for _ in range(200):
        time.now += timedelta(minutes=15)
        try:
            return bridge.reconcile(connection.pk, now=time.now)
        except NetworkError:
            assert again(connection).state == "waiting"
    raise AssertionError("it never told all of it")


@pytest.mark.parametrize(("seed", "cruelty"), [("1", 0.0), ("2", 0.3), ("3", 0.6), ("4", 0.3)])
def test_an_hour_with_a_hostile_network_ends_in_what_is_true_there(time, seed, cruelty, tmp_path):
    connection = connected(seed, cruelty, f"hour-{seed}")
    turns = read_until(connection, time, BEGAN + HOUR, seconds=1)
    assert turns <= 3600 / 5  # it asks to be read every ten seconds; a page with news may be followed at once
    done = compared(connection, time)
    assert done.held_here == done.held_there
    assert done.doubted == 0
    truth = ledger.truth(registry.opened("hostile", connection.settings)._settings, at=time.now)
    rows = {row.network_id: row for row in Activity.objects.of(connection.brand)}
    assert len(rows) == Activity.objects.of(connection.brand).count()
    assert set(truth.present) <= set(rows)
    wrong = [
        name for name, held in truth.held.items()
        if name in rows and (held.deleted_at is None) != (rows[name].deleted_at is None)
    ]  # fmt: skip
    assert wrong == []
    told = {name: rows[name].text for name, held in truth.held.items() if not held.odd and held.deleted_at is None}
    assert told == {name: act.text for name, act in truth.present.items() if not truth.held[name].odd}
    assert {row.text for row in rows.values() if row.deleted_at} <= {""}
    assert set(rows) <= set(truth.held)


def test_a_second_comparison_finds_nothing_to_mend(time):
    connection = connected("5", 0.3, "twice")
    read_until(connection, time, BEGAN + timedelta(minutes=20), seconds=5)
    time.now = BEGAN + HOUR
    first = compared(connection, time)
    assert first.mended > 0
    second = compared(connection, time)
    assert (second.mended, second.held_here) == (0, second.held_there)
