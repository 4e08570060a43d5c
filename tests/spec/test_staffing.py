"""Staffing

In which hours people write and hardly anybody answers. In the drawings a line is a stretch of hours on some days: how
many wrote in each of these hours, and how many were answered in it, over ten weeks.
"""

from __future__ import annotations

import numpy as np
import pytest

from entourage.engine.errors import InvalidInput
from entourage.engine.service.staffing import Gap, Staffing, staffing

DAYS = {"Mon-Fri": range(5), "Mon": (0,), "Tue": (1,), "Sat": (5,), "Sun": (6,)}


def drawn(text: str, *, weeks: int = 10) -> Staffing:
    asked, answered = [], []
    for line in text.split("\n"):
        if line.strip():
            days, hours, each, ours = line.split()
            first, last = map(int, hours.split("-"))
            for hour in (day * 24 + hour for day in DAYS[days] for hour in range(first, last)):
                asked += [hour] * int(each)
                answered += [hour] * int(ours)
    return staffing(np.array(asked, int), np.array(answered, int), weeks=np.arange(len(asked)) % weeks)


def named(found: Staffing) -> list[str]:
    return [f"{len(gap.days)} days {gap.first}-{gap.last}: {gap.answered}/{gap.asked}" for gap in found.gaps]


def test_evenings_and_sundays_without_anybody_are_named() -> None:
    ours = drawn("""
        Mon-Fri   9-18   6   6
        Mon-Fri  18-22  12   0
        Sat       9-18   6   6
        Sun      10-20   9   0
    """)
    assert named(ours) == ["5 days 18-22: 0/240", "1 days 10-20: 0/90"]
    assert (ours.verdict(), round(ours.alone.value or 0, 2), ours.then.value) == ("gaps", 0.5, 0)


def test_who_answers_when_people_write_has_no_gap() -> None:
    assert drawn("""
        Mon-Fri   9-22   6   6
        Sun      10-20   6   6
    """).verdict() == "covered"  # fmt: skip


def test_answering_a_third_of_everything_at_all_hours_is_no_gap() -> None:
    """Who is left without an answer is another figure: here it counts only that the hours fit."""
    assert drawn("""
        Mon-Fri   9-22   6   2
        Sun      10-20   6   2
    """).gaps == ()  # fmt: skip


def test_an_hour_in_which_half_of_the_answers_come_is_not_named() -> None:
    assert drawn("""
        Mon-Fri   9-18   6   6
        Mon-Fri  18-22  12   6
    """).gaps == ()  # fmt: skip


def test_hours_with_a_straggler_are_named_with_the_straggler_counted() -> None:
    ours = drawn("""
        Mon-Fri   9-18  20  20
        Mon-Fri  18-20  40   1
    """)
    assert named(ours) == ["5 days 18-20: 10/400"]


def test_a_handful_in_an_empty_hour_may_be_chance() -> None:
    assert drawn("""
        Mon-Fri   9-18   6   6
        Sun      10-13   2   0
    """).gaps == ()  # fmt: skip


def test_one_bad_evening_is_no_habit() -> None:
    text = """
        Mon-Fri   9-18   6   6
        Mon-Fri  18-22  12   0
    """
    assert (len(drawn(text, weeks=2).gaps), len(drawn(text, weeks=3).gaps)) == (0, 1)


def test_hours_in_which_nobody_wrote_are_not_part_of_a_gap_at_its_ends() -> None:
    ours = drawn("""
        Mon-Fri   9-18   6   6
        Mon       19-20  60  0
        Mon       22-23  60  0
    """)
    assert ours.gaps == (Gap((0, 1, 2, 3, 4), 19, 23, 120, 0),)
    assert (ours.gaps[0].hours[:5], ours.gaps[0].hours[-1]) == ((19, 20, 21, 22, 43), 118)


def test_under_twenty_answers_nothing_is_said() -> None:
    ours = drawn("""
        Mon      9-10   19  19
        Mon     18-22  100   0
    """)
    assert (ours.verdict(), ours.gaps, ours.alone.value) == ("too_few", (), 0)


def test_nobody_wrote() -> None:
    assert (drawn("").verdict(), drawn("").alone.value) == ("too_few", None)


def test_a_page_that_answers_when_people_write_is_told_of_a_gap_in_less_than_one_of_twenty() -> None:
    rng = np.random.default_rng(7)
    weights = rng.dirichlet(np.ones(168))
    told = 0
    for _ in range(200):
        asked, answered = rng.choice(168, 400, p=weights), rng.choice(168, 300, p=weights)
        told += bool(staffing(asked, answered, weeks=rng.integers(0, 13, 400)).gaps)
    assert told <= 10


def test_an_hour_outside_of_the_week_is_said() -> None:
    with pytest.raises(InvalidInput, match=r"`asked` must be hours of the week, 0 to 167. Got 3 to 168."):
        staffing(np.array([3, 168]), np.array([3]), weeks=np.array([1, 1]))


def test_a_missing_week_is_said() -> None:
    with pytest.raises(InvalidInput, match=r"`weeks` must have one week for each question. Got 1 for 2."):
        staffing(np.array([3, 4]), np.array([3]), weeks=np.array([1]))
