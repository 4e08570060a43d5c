"""The hostile network keeps its ledger true, and a patient reader comes out even against it.

The reader here is the plainest that can: a dictionary, the newest edit wins, a deletion is for good, ``history`` and
``missing`` at the end. What the house does with its database must come to the same.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from entourage.networks import registry
from entourage.networks.activity import Activity, Change
from entourage.networks.base import Skip
from entourage.networks.hostile import ledger, network
from entourage.networks.hostile.network import REFUSED
from entourage.networks.hostile.story import Plot, story
from entourage.networks.live import Answer, Refused, Retry, Uncertain
from entourage.networks.pace import World

BEGAN = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
SEEDS = ["1", "2", "3"]


class Clock:
    """Time that passes when the reader waits."""

    def __init__(self):
        self.at = BEGAN

    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    monkeypatch.setattr(network, "WORLD", World(now=lambda: clock.at, sleep=clock.wait))
    return clock


def given(seed, ledger_name="tests", **more):
    settings = {"seed": seed, "began": BEGAN.isoformat(), "minutes": "60", "acts": "200", "cruelty": "0.5", **more}
    settings = {"keyed": "", "ledger": f"{ledger_name}-{seed}", **settings}
    ledger.forget(settings)
    return settings


def patiently(call, clock):
    """The same call until it is answered."""
    for _ in range(200):
        try:
            return call()
        except Uncertain:
            raise
        except Retry as later:
            clock.wait(max(later.after.total_seconds(), 0.1))
    raise AssertionError("refused for ever")


class Reader:
    """All that was told, the newest edit of each and what is gone."""

    def __init__(self):
        self.acts, self.gone, self.calls = {}, set(), 0

    def take(self, found):
        for one in found:
            if not isinstance(one, Activity):
                continue
            if one.change is Change.DELETE:
                self.gone.add(one.id)
            elif one.id not in self.acts or (one.edited_at or one.at) >= self._edition(one.id):
                self.acts[one.id] = one

    def _edition(self, id_):
        return self.acts[id_].edited_at or self.acts[id_].at

    @property
    def present(self):
        return {id_: one for id_, one in self.acts.items() if id_ not in self.gone}


def read_for(hour, hostile, clock):
    """A turn of some pages every ten seconds, as the house reads where nothing streams."""
    reader, cursor, ends = Reader(), "", clock.at + hour
    while clock.at < ends:
        for _ in range(10):
            page = patiently(lambda at=cursor: hostile.read(at), clock)
            reader.take(page.found)
            reader.calls += 1
            cursor = page.cursor
            if not page.more:
                break
        clock.wait(10)
    return reader


def reconciled(reader, hostile, clock):
    reader.take(one for part in whole_history(hostile, clock) for one in part)
    reader.gone |= patiently(lambda: hostile.missing(list(reader.acts)), clock)
    return reader


def whole_history(hostile, clock):
    return patiently(lambda: list(hostile.history(BEGAN)), clock)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_hour_of_it_is_read_without_a_loss_once_reconciled(seed, clock):
    settings = given(seed, cruelty="0.4")
    hostile = registry.opened("hostile", settings)
    reader = read_for(HOUR + timedelta(minutes=5), hostile, clock)
    truth = ledger.truth(settings, at=clock.at)
    assert reader.present.keys() != truth.present.keys(), "pages alone must not be enough, else this proves nothing"
    reconciled(reader, hostile, clock)
    assert reader.present == truth.present
    assert reader.gone >= truth.gone & reader.acts.keys()


def test_a_story_is_the_same_for_the_same_seed_and_holds_all_that_goes_wrong():
    plot = Plot.of(given("1"))
    told = story(plot)
    assert told == story(Plot.of(given("1")))
    assert told != story(Plot.of(given("2")))
    changes = [event.activity.change for event in told]
    assert {change: changes.count(change) > 5 for change in Change} == dict.fromkeys(Change, True)
    assert sum(event.odd for event in told) > 5
    assert {event.activity.act for event in told} >= {"mention", "reply", "message", "post", "like", "share", "follow"}


def test_everything_that_can_go_wrong_with_a_page_goes_wrong(clock):
    settings = given("4", cruelty="0.9")
    hostile = registry.opened("hostile", settings)
    clock.at += HOUR
    seen = set()
    for n in range(400):
        cursor = str(n % 100)
        try:
            page = hostile.read(cursor)
        except Retry:
            seen.add("storm")
            continue
        ids = [one.id for one in page.found if isinstance(one, Activity)]
        deleted = [one.id for one in page.found if isinstance(one, Activity) and one.change is Change.DELETE]
        seen |= {
            name
            for name, is_so in {
                "stuck": page.more and page.cursor == cursor,
                "back": page.cursor.isdigit() and int(page.cursor) < int(cursor),
                "emptied": not page.cursor,
                "noise": any(isinstance(one, Skip) for one in page.found),
                "half": 0 < len(page.found) < 5,
                "ends early": not page.more,
                "deleted before it was made": any(
                    ids.index(one) < len(ids) - 1 - ids[::-1].index(one) for one in deleted
                ),
            }.items()
            if is_so
        }
    assert seen == {"storm", "stuck", "back", "emptied", "noise", "half", "ends early", "deleted before it was made"}


def test_its_stream_is_a_hint_and_no_more(clock):
    hostile = registry.opened("hostile", given("5", cruelty="0.6"))
    signs, ends = [], 0
    for _ in range(30):
        with suppress(Retry):
            signs += [len(part) for part in hostile.listen()]
        ends += 1
    assert ends == 30
    assert 0 in signs
    assert any(signs)


@pytest.mark.parametrize("keyed", ["", "1"])
def test_who_looks_before_sending_again_sends_everything_once(keyed, clock):
    settings = given("6", keyed=keyed, cruelty="0.8")
    hostile = registry.opened("hostile", settings)
    receipts = {}
    for n in range(100):
        answer = Answer(key=f"k{n}", text=f"answer {n}", to=f"6-{n}")
        receipts[answer.key] = sent_once(hostile, answer, clock)
    truth = ledger.truth(settings, at=clock.at + HOUR)
    assert {key: [receipt.id] for key, receipt in receipts.items()} == truth.sent
    assert {receipt.id for receipt in receipts.values()} <= truth.present.keys()


def sent_once(hostile, answer, clock):
    began = clock.at
    while True:
        try:
            return patiently(lambda: hostile.send(answer), clock)
        except Uncertain as unsure:
            clock.wait(unsure.after.total_seconds())
            if (found := patiently(lambda: hostile.find(answer, since=began), clock)) is not None:
                return found


def test_who_just_sends_again_is_caught_by_the_ledger(clock):
    settings = given("7", cruelty="0.8")
    hostile = registry.opened("hostile", settings)
    for n in range(30):
        answer = Answer(key=f"k{n}", text=f"answer {n}", to="7-1")
        with suppress(Uncertain):
            patiently(lambda: hostile.send(answer), clock)  # noqa: B023 - called at once
        with suppress(Uncertain):
            patiently(lambda: hostile.send(answer), clock)  # noqa: B023
    assert max(map(len, ledger.truth(settings, at=clock.at).sent.values())) == 2


def test_what_it_refuses_it_refuses_for_good(clock):
    hostile = registry.opened("hostile", given("8", cruelty="0"))
    with pytest.raises(Refused):
        hostile.send(Answer(key="k", text=f"{REFUSED} hello", to="8-1"))


def test_a_ledger_in_a_file_outlives_the_process_and_a_half_written_line(tmp_path, clock):
    settings = given("9", ledger=str(tmp_path / "ledger.jsonl"), cruelty="0")
    hostile = registry.opened("hostile", settings)
    first = hostile.send(Answer(key="k1", text="one", to="9-1"))
    with (tmp_path / "ledger.jsonl").open("ab") as file:
        file.write(b'{"what":"sent","at":"2026-11-')
    second = hostile.send(Answer(key="k2", text="two", to="9-1"))
    hostile.delete(first.id)
    hostile.delete(first.id)
    truth = ledger.truth(settings, at=clock.at)
    assert truth.sent == {"k1": [first.id], "k2": [second.id]}
    assert truth.gone == {first.id}
    assert first.id != second.id
