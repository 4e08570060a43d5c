"""Promises of service

By when whoever writes hears from us, and whether that was kept. In the drawings a line is a conversation: an hour and
what happened then. It is Monday the 5th of January 2026, and the service is there from 9 to 12 and from 13 to 18 on
weekdays, in Paris. A first answer is promised within two hours, a later one within one, the end within eight, all of
them hours of service. It is 18 o'clock, or as the drawing says.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from entourage.engine.service.deadlines import Attainment, Clock, Event, State, attainment, clocks, due_us, states
from entourage.engine.service.hours import Hours

PARIS = ZoneInfo("Europe/Paris")
DAY_SHIFTS = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
SERVICE = Hours.weekly("Europe/Paris", [DAY_SHIFTS] * 5 + [(), ()], {date(2026, 4, 6): ()})
WORDS = {
    "asks": Event.ASKED, "answer": Event.ANSWERED, "bot": Event.BOT, "resolve": Event.RESOLVED,
    "reopen": Event.REOPENED, "answer+": Event.ANSWERED_AFTER,
}  # fmt: skip
PEOPLE = ("Ann", "Bob", "Cyd", "Dee")
PROMISED = {Clock.FIRST: 120, Clock.NEXT: 60, Clock.RESOLUTION: 480}


def hour(told: str) -> datetime:
    """``9``, ``9:30``, or ``+1d9``: nine o'clock a day later."""
    days, _, clock = told.rpartition("d")
    whole, _, minutes = clock.partition(":")
    day = datetime(2026, 1, 5, tzinfo=PARIS) + timedelta(days=int(days or 0))
    return day.replace(hour=int(whole), minute=int(minutes or 0))


def us(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000


def kept(text: str, *, at: str = "18") -> tuple[list[str], Attainment]:
    rows = [line.split() for line in text.split("\n") if line.strip()]
    told = [(PEOPLE.index(row[0]), us(hour(row[i])), WORDS[row[i + 1]]) for row in rows for i in range(1, len(row), 2)]
    found = clocks(*(list(column) for column in zip(*told, strict=True)), at=hour(at))
    minutes = np.array([PROMISED[Clock(what)] for what in found.what.tolist()])
    due = due_us(found.started_us, minutes, [SERVICE], np.zeros(len(minutes), np.int64))
    state = states(found, due, at=hour(at))
    lines = [
        f"{PEOPLE[talk]} {Clock(what).name.lower()} {shown(limit)} {State(one).name.lower()}"
        for talk, what, limit, one in zip(
            found.talk.tolist(), found.what.tolist(), due.tolist(), state.tolist(), strict=True
        )
    ]
    return lines, attainment(state, due, at=hour(at))


def shown(limit: int) -> str:
    at = datetime.fromtimestamp(limit / 1_000_000, PARIS)
    days = (at.date() - date(2026, 1, 5)).days
    return (f"+{days}d" if days else "") + (f"{at.hour}:{at.minute:02d}" if at.minute else f"{at.hour}")


def drawn(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def answers(text: str, *, at: str = "18") -> list[str]:
    """The promises of an answer alone."""
    return [line for line in kept(text, at=at)[0] if " resolution " not in line]


def test_a_promise_counts_hours_of_service_only() -> None:
    """Who writes at 11 is due at 14, for nobody is there from 12 to 13; who writes at night is due at 11."""
    assert answers("""
        Ann  11  asks  13:30  answer
        Bob  3   asks  11:30  answer
        Cyd  17  asks
    """) == drawn("""
        Ann  first  14      met
        Bob  first  11      missed
        Cyd  first  +1d10   running
    """)


def test_a_bot_answers_nobody() -> None:
    assert answers("""
        Ann  9  asks  9  bot  10  answer
        Bob  9  asks  9  bot
    """) == drawn("""
        Ann  first  11  met
        Bob  first  11  missed
    """)


def test_what_they_add_while_they_wait_starts_no_second_clock() -> None:
    assert answers("""
        Ann  9  asks  9:30  asks  10  asks  10:30  answer  14  asks  14:30  asks  16  answer
    """) == drawn("""
        Ann  first  11  met
        Ann  next   15  missed
    """)


def test_a_conversation_that_we_opened_has_no_first_answer() -> None:
    """We wrote to Bob; his words are then the next ones."""
    assert answers("""
        Bob  9  answer  10  asks  10:30  answer
    """) == drawn("""
        Bob  next  11  met
    """)


def test_who_needs_no_answer_is_resolved_without_one_in_time() -> None:
    """Ann said thank you. Dee was put away after her time was over: that is a miss."""
    assert answers("""
        Ann  9  asks  10  resolve
        Dee  9  asks  15  resolve
    """) == drawn("""
        Ann  first  11  cancelled
        Dee  first  11  missed
    """)


def test_what_they_write_after_the_end_begins_again() -> None:
    lines, _ = kept("""
        Ann  9  asks  10  answer  10  resolve  15  asks  15:30  answer
    """)
    assert lines == drawn("""
        Ann  first       11      met
        Ann  next        16      met
        Ann  resolution  18      met
        Ann  resolution  +1d15   running
    """)


def test_a_resolution_that_is_taken_back_never_was() -> None:
    """A click in time and another one later would keep every promise."""
    lines, _ = kept("""
        Ann  9  asks  10  resolve  14  reopen  15  answer  16  resolve
    """)
    assert lines == drawn("""
        Ann  first       11  missed
        Ann  resolution  18  met
    """)


def test_an_answer_of_unknown_moment_keeps_no_promise_and_breaks_one_only_when_surely_late() -> None:
    assert answers("""
        Ann  9  asks  10  answer+
        Bob  9  asks  15  answer+
    """) == drawn("""
        Ann  first  11  unknown
        Bob  first  11  missed
    """)


def test_attainment_is_of_those_whose_target_has_passed_and_silence_is_a_miss() -> None:
    """At 14: Ann was in time, Bob not, Cyd still waits. Dee's target is at 15; kept early, it counts from then on."""
    _, found = kept(
        """
        Ann  9      asks  10     answer
        Bob  9      asks  11:30  answer
        Cyd  9      asks
        Dee  12:30  asks  13     answer
    """,
        at="14",
    )
    assert (found.met, found.missed, found.early) == (1, 2, 1)
    assert found.share.value == 1 / 3


def test_a_holiday_and_the_hour_that_the_clock_skips_are_no_hours_of_service() -> None:
    """Easter: the clock jumps on the last Sunday of March 2026, and on the 6th of April nobody is there."""
    before_easter = datetime(2026, 4, 3, 17, tzinfo=PARIS)
    assert SERVICE.add(before_easter, timedelta(hours=2)).astimezone(PARIS) == datetime(2026, 4, 7, 10, tzinfo=PARIS)
    night = datetime(2026, 3, 28, 23, tzinfo=PARIS)
    assert Hours.always("Europe/Paris").add(night, timedelta(hours=4)).astimezone(PARIS).hour == 4
