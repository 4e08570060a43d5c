"""Closeness

In how many of the next 13 weeks a person will engage with the brand. In the drawings a line is a person and a character
a week, the newest last: `.` nothing, `#` one act, a digit so many acts.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import cache

import pyarrow as pa
import pytest
from tests.reference.drawn import AT, NAMES, drawn

from entourage import QUARTER, closeness
from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.ties.closeness import closeness_facts

CROWD = 400


@cache
def seen(text: str, act: str | None = None, exclude: tuple[int, ...] = ()) -> dict[str, dict[str, float]]:
    """What closeness says of the people drawn, by name."""
    table = closeness(drawn(text, crowd=CROWD, act=act), at=AT, exclude=exclude)
    names = {number: name for name, number in NAMES.items()}
    return {names[row["person"]]: row for row in table.to_pylist() if row["person"] in names}


def weeks(text: str) -> dict[str, float]:
    return {name: row["weeks"] for name, row in seen(text).items()}


def test_a_regular_is_closer_than_a_burst() -> None:
    """Bob did more than Ann, all of it in one week."""
    said = weeks("""
        Ann  .#.##.#.##.#
        Bob  ........9...
    """)
    assert said["Ann"] > 3 * said["Bob"]


def test_thirty_acts_in_a_week_are_one_engaged_week() -> None:
    """A week counts once however much was done in it: the lines give the same prediction."""
    quiet = """
        Ann  ..#...#.....
        Bob  ....#.......
    """
    loud = """
        Ann  ..9...9.....
        Bob  ....9.......
    """
    assert weeks(loud) == weeks(quiet)


def test_of_two_who_came_as_often_the_one_who_came_lately_is_closer() -> None:
    said = weeks("""
        Ann  #.......###
        Bob  ####.......
    """)
    assert said["Ann"] > said["Bob"]


def test_of_two_regulars_gone_for_as_long_the_more_frequent_one_is_more_surely_gone() -> None:
    """Silence says more about somebody who was never silent."""
    both = seen("""
        Ann  ########........
        Bob  #......#........
    """)
    assert both["Ann"]["p_alive"] < both["Bob"]["p_alive"]


def test_counts_are_of_weeks_after_the_first() -> None:
    """`x` engaged weeks after the first, `t_x` the last of them, `n` weeks since the first; acts are beside."""
    both = seen("""
        Ann  ..#.2..#.
        Bob  ........#
    """)
    counts = {name: [row[column] for column in ("x", "t_x", "n", "acts")] for name, row in both.items()}
    assert counts == {"Ann": [2, 5, 6, 4], "Bob": [0, 0, 0, 1]}


def test_somebody_first_seen_this_week_has_a_prediction_too() -> None:
    bob = seen("Bob  ...........#")["Bob"]
    assert bob["p_alive"] == 1.0
    assert 0 < bob["weeks"] < 13


def test_the_interval_holds_the_prediction_and_stays_within_the_horizon() -> None:
    both = seen("""
        Ann  ############
        Bob  #...........
    """)
    for row in both.values():
        assert 0 <= row["low"] <= row["weeks"] + 1
        assert row["weeks"] - 1 <= row["high"] <= 13


def test_likes_follows_and_views_are_presence_and_not_engagement() -> None:
    liking = pa.concat_tables([drawn("Dee  ############", act="like"), drawn("", crowd=CROWD, act="reply")])
    assert NAMES["Dee"] not in closeness(liking, at=AT)["person"].to_pylist()
    assert "Dee" in seen("Dee  ############", act="reply")


def test_what_happens_at_the_moment_or_later_is_not_known() -> None:
    """The same people a week earlier: the last column is not there yet."""
    log = drawn("Ann  .#.##.#.##.#", crowd=CROWD)
    before = closeness(log, at=AT - timedelta(weeks=1)).to_pylist()[0]
    assert (before["x"], before["n"], before["acts"]) == (5, 9, 6)


def test_staff_and_bots_are_left_out() -> None:
    text = """
        Ann  .#.##.#.##.#
        Bob  ############
    """
    assert set(seen(text, exclude=(NAMES["Bob"],))) == {"Ann"}


def test_any_unit_and_horizon_will_do() -> None:
    """An hour is a unit as good as a week; the prediction is in hours of the next day."""
    table = closeness(
        drawn("Ann  ############", crowd=CROWD), at=AT, horizon=timedelta(weeks=2), unit=timedelta(days=1)
    )
    assert closeness_facts(table)["opportunities"] == 14
    assert max(table["weeks"].to_pylist()) <= 14


def test_a_log_of_too_few_who_came_back_gets_no_prediction() -> None:
    with pytest.raises(NotEnoughData) as caught:
        closeness(drawn("Ann  #.#"), at=AT)
    assert str(caught.value) == (
        "`log` must hold at least 50 people who came back in a later unit. Got 1 of 1; "
        "import a longer past or ask in shorter units."
    )


def test_an_empty_log_gets_no_prediction() -> None:
    with pytest.raises(NotEnoughData, match="Got 0 of 0"):
        closeness(drawn(""), at=AT)


MISTAKES = [
    (
        {"at": AT.replace(tzinfo=None)},
        "`at` must have a time zone. Got 2026-01-05T00:00:00; write at.replace(tzinfo=UTC).",
    ),
    (
        {"horizon": timedelta(days=10)},
        "`horizon` must be a whole number of units. Got 10 days, 0:00:00 in units of 7 days, 0:00:00; round it.",
    ),
    ({"unit": timedelta(0)}, "`unit` must be positive. Got 0:00:00; a week is timedelta(weeks=1)."),
    (
        {"model": "magic"},
        "`model` must be one of auto, bgbb, hazard, hazard_order. Got 'magic'; leave it out for auto.",
    ),
]


@pytest.mark.parametrize(("argument", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_cure(argument: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        closeness(drawn("Ann  #.#", crowd=CROWD), **{"at": AT, **argument})
    assert str(caught.value) == message


def test_the_table_says_how_it_was_made() -> None:
    facts = closeness_facts(closeness(drawn("Ann  #.#", crowd=CROWD), at=AT, model="bgbb"))
    assert (facts["model"], facts["people"], facts["opportunities"]) == (
        "bgbb",
        CROWD + 1,
        QUARTER // timedelta(weeks=1),
    )
    assert set(facts["parameters"]) == {"alpha", "beta", "gamma", "delta"}
    assert facts["at_us"] == int(AT.astimezone(UTC).timestamp()) * 1_000_000
