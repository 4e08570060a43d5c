"""Hours against a slow twin that looks at the wall clock minute by minute: zones, clocks that jump, split shifts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import opening

from entourage.engine.errors import InvalidInput
from entourage.engine.log import moment_us
from entourage.engine.service.hours import Hours

# A jump of one hour, of half an hour, none, a date that never was (Apia), an odd quarter, one with Ramadan's own clock.
ZONES = (
    "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Asia/Kathmandu",
    "Africa/Casablanca", "America/Sao_Paulo", "UTC",
)  # fmt: skip
# Days around which a clock jumps somewhere, and a date that Apia skipped.
NEAR = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2011, 12, 30),
)
MINUTE = timedelta(minutes=1)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """None, one or two shifts of a day, often near the hours at which clocks jump."""
    minutes = st.one_of(st.sampled_from((0, 60, 90, 120, 150, 180, 540, 720, 780, 1080, 1440)), st.integers(0, 1440))
    edges = sorted(draw(st.sets(minutes, max_size=4)))
    return tuple((edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2))


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    week = tuple(draw(shifts()) for _ in range(7))
    days = st.sampled_from([near + timedelta(days=day) for near in NEAR for day in (-1, 0, 1)])
    dated = draw(st.dictionaries(days, shifts(), max_size=3))
    return Hours.weekly(draw(st.sampled_from(ZONES)), week, dated)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    near = draw(st.sampled_from(NEAR))
    return datetime(near.year, near.month, near.day, tzinfo=UTC) + MINUTE * draw(st.integers(-3000, 3000))


@given(hours(), moments(), st.integers(0, 4000))
@settings(max_examples=150, deadline=None)
def test_open_time_is_what_the_wall_clock_shows_minute_by_minute(one: Hours, a: datetime, minutes: int) -> None:
    b = a + MINUTE * minutes
    assert one.open_between(a, b) == opening.open_between(one, a, b)
    assert one.open_between(b, a) == -one.open_between(a, b)


@given(hours(), moments(), st.integers(0, 2000))
@settings(max_examples=100, deadline=None)
def test_a_target_is_the_minute_at_which_the_wall_clock_has_shown_so_much(one: Hours, a: datetime, most: int) -> None:
    """As much is asked for as the next days have, so that the twin comes to an end."""
    wanted = min(MINUTE * most, opening.open_between(one, a, a + timedelta(days=8)))
    assert one.add(a, wanted) == opening.add(one, a, wanted)


@given(hours(), st.lists(st.tuples(moments(), st.integers(0, 10**9), st.integers(0, 10**10)), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_many_at_once_are_each_one_alone_to_the_microsecond(one: Hours, drawn: list[tuple[datetime, int, int]]) -> None:
    a = np.array([moment_us(moment) + extra for moment, extra, _ in drawn])
    b = a + np.array([later for *_, later in drawn])
    together = one.open_between_us(a, b)
    for place in range(len(drawn)):
        begin, end = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(us[place])) for us in (a, b))
        assert timedelta(microseconds=int(together[place])) == one.open_between(begin, end)


@given(hours(), moments(), st.integers(0, 10**11))
@settings(max_examples=100, deadline=None)
def test_at_the_target_exactly_so_much_has_passed_and_a_moment_before_less(
    one: Hours, a: datetime, wanted: int
) -> None:
    open_time = timedelta(microseconds=wanted)
    if not any(one.week):
        return
    try:
        due = one.add(a, open_time)
    except InvalidInput:  # only hours that fall where every clock jumps
        return
    assert one.open_between(a, due) == open_time
    if wanted:
        assert one.open_between(a, due - timedelta(microseconds=1)) < open_time


def test_a_million_clocks_are_one_pass() -> None:
    """Ten years of split shifts with holidays; a page of minutes would be a page of hours."""
    week = (((540, 720), (780, 1080)),) * 5 + ((), ())
    one = Hours.weekly("Europe/Paris", week, {date(2026, 12, 25): ()})
    rng = np.random.default_rng(1)
    start = moment_us(datetime(2020, 1, 1, tzinfo=UTC))
    a = start + rng.integers(0, 6 * 365 * 86_400_000_000, 1_000_000)
    due = one.add_us(a, np.full(len(a), 4 * 3_600_000_000))
    assert (one.open_between_us(a, due) == 4 * 3_600_000_000).all()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Hours("Europe/Pris", ((),) * 7), "`zone` of hours must be a zone as Europe/Paris. Got 'Europe/Pris'."),
        (lambda: Hours("UTC", ()), "`week` of hours must have 7 weekdays, Monday first. Got 0."),
        (
            lambda: Hours("UTC", (((1320, 360),),) * 7),
            "A shift must end after it begins, by 24:00. Got 22:00-06:00; write a night as two shifts.",
        ),
        (
            lambda: Hours("UTC", (((540, 720), (700, 800)),) * 7),
            "Shifts of a day must not overlap. Got one that begins at 11:40 too early.",
        ),
    ],
)
def test_hours_that_cannot_be_say_why(made: object, said: str) -> None:
    with pytest.raises(InvalidInput) as told:
        made()  # type: ignore[operator]
    assert str(told.value) == said


def test_who_is_never_open_has_no_target_and_says_so() -> None:
    never = Hours("UTC", ((),) * 7)
    at = datetime(2026, 1, 5, tzinfo=UTC)
    assert never.open_between(at, at + timedelta(days=400)) == timedelta()
    with pytest.raises(InvalidInput) as told:
        never.add(at, MINUTE)
    assert "These are never open; give a weekday a shift." in str(told.value)
