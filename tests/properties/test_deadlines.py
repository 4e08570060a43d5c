"""Clocks of service against a twin that walks through one conversation after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import promises

from entourage.engine.errors import InvalidInput
from entourage.engine.service.deadlines import Clock, Clocks, Event, State, attainment, clocks, due_us, states
from entourage.engine.service.hours import Hours

LATE = datetime(1970, 1, 2, tzinfo=UTC)
happened = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(Event)), max_size=9)
talks = st.dictionaries(st.integers(0, 4), happened, max_size=4)
Talks = dict[int, list[tuple[int, Event]]]


def columns(drawn: Talks) -> tuple[list[int], list[int], list[int]]:
    rows = [(talk, at, int(event)) for talk, events in drawn.items() for at, event in events]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def moment(us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)


def rows(found: Clocks) -> list[tuple[int, ...]]:
    return list(zip(*(getattr(found, name).tolist() for name in Clocks.__slots__), strict=True))


@given(talks)
@settings(max_examples=400, deadline=None)
def test_clocks_are_what_a_walk_through_each_conversation_finds(drawn: Talks) -> None:
    assert rows(clocks(*columns(drawn), at=LATE)) == promises.clocks(drawn)


@given(talks, st.randoms())
@settings(max_examples=100, deadline=None)
def test_what_arrives_late_finds_its_place(drawn: Talks, rng: object) -> None:
    """The order in which events came to us changes nothing; only when they happened does."""
    told = list(zip(*columns(drawn), strict=True))
    rng.shuffle(told)  # type: ignore[attr-defined]
    mixed = [list(column) for column in zip(*told, strict=True)] or [[], [], []]
    assert rows(clocks(*mixed, at=LATE)) == rows(clocks(*columns(drawn), at=LATE))


@given(talks, st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_what_comes_later_is_not_known_yet(drawn: Talks, now: int) -> None:
    then = {talk: [one for one in events if one[0] <= now] for talk, events in drawn.items()}
    assert rows(clocks(*columns(drawn), at=moment(now))) == promises.clocks(then)


@given(talks)
@settings(max_examples=100, deadline=None)
def test_a_bot_changes_nothing(drawn: Talks) -> None:
    quiet = {talk: [one for one in events if one[1] is not Event.BOT] for talk, events in drawn.items()}
    assert rows(clocks(*columns(drawn), at=LATE)) == rows(clocks(*columns(quiet), at=LATE))


@given(talks, st.integers(0, 12), st.integers(0, 20))
@settings(max_examples=200, deadline=None)
def test_each_promise_has_one_state_and_no_miss_is_forgotten(drawn: Talks, now: int, allowed: int) -> None:
    found = clocks(*columns(drawn), at=moment(now))
    due = found.started_us + allowed
    told = states(found, due, at=moment(now))
    kept = attainment(told, due, at=moment(now))
    assert kept.met + kept.missed + kept.early + kept.running + kept.cancelled + kept.unknown == len(told)
    for row, limit, state in zip(rows(found), due.tolist(), told.tolist(), strict=True):
        end = row[3] if row[3] >= 0 else now
        assert (state == State.MISSED) == (end > limit)
        assert (state == State.RUNNING) == (row[3] < 0 and now <= limit)


def test_targets_follow_each_ones_hours() -> None:
    always, never_on_day_one = Hours.always(), Hours.weekly("UTC", [[(0, 1440)]] * 7, {moment(0).date(): ()})
    started, minutes = np.array([0, 0, 0]), np.array([1, 1, -1])
    due = due_us(started, minutes, [always, never_on_day_one], np.array([0, 1, 1]))
    assert due.tolist() == [60_000_000, 86_400_000_000 + 60_000_000, -1]


def test_events_of_unequal_columns_say_so() -> None:
    with pytest.raises(InvalidInput) as told:
        clocks([1, 1], [0], [Event.ASKED], at=LATE)
    assert str(told.value) == "Events need three equal columns. Got 2, 1, 1 rows."


def test_no_event_is_no_clock() -> None:
    found = clocks([], [], [], at=LATE)
    assert rows(found) == []
    assert attainment(states(found, found.started_us, at=LATE), found.started_us, at=LATE).share.value is None
    assert [Clock(0).name, Clock(1).name, Clock(2).name] == ["FIRST", "NEXT", "RESOLUTION"]
