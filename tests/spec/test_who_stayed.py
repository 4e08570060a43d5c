"""Who stayed

An operation runs from day 0 to day 10; a person is one line, a character is ten days, from day -100 on: `.` nothing,
`#` an act of their own, `!` an act with the operation's mark, `?` with the mark of another one. The bar stands where
the operation begins.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from entourage.engine.errors import InvalidInput
from entourage.engine.log import DAY_US
from entourage.engine.operations.audit import Stayed, who_stayed

STARTS = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENDS = STARTS + timedelta(days=10)
MARKS = {"#": 0, "!": 1, "?": 2}


def acts(text: str) -> tuple[pa.Table, list[str]]:
    """The drawing as a table; an act stands in the middle of its ten days."""
    rows, names = [], []
    for line in text.split("\n"):
        if not line.strip():
            continue
        name, drawing = line.split()
        before, after = drawing.split("|")
        names.append(name)
        start = int(STARTS.timestamp() * 1_000_000) - len(before) * 10 * DAY_US
        rows += [
            (len(names), start + (place * 10 + 5) * DAY_US, MARKS[sign])
            for place, sign in enumerate(before + after)
            if sign in MARKS
        ]
    person, at_us, mark = zip(*rows, strict=True)
    return pa.table({"person": person, "at_us": at_us, "mark": mark}), names


def stayed(text: str, *, day: int = 200) -> Stayed:
    return who_stayed(acts(text)[0], starts=STARTS, ends=ENDS, at=ENDS + timedelta(days=day))


def names_of(people: tuple[int, ...], text: str) -> set[str]:
    return {acts(text)[1][number - 1] for number in people}


def test_two_acts_in_two_weeks_after_the_first_month_are_a_lasting_relation() -> None:
    """Ann comes back twice between day 30 and day 90; Bob comes for the prize."""
    text = """
        Ann  ..........|!....#.#..
        Bob  ..........|!.........
    """
    said = stayed(text)
    assert (said.state, said.entrants, said.recruits.people, said.recruits.kept) == ("kept", 2, 2, 1)
    assert names_of(said.recruits.kept_ids, text) == {"Ann"}


def test_the_first_month_and_what_comes_after_day_90_do_not_count() -> None:
    said = stayed("""
        Ann  ..........|!.##......
        Bob  ..........|!.........##
    """)
    assert said.recruits.kept == 0


def test_acts_that_earn_something_are_no_relation() -> None:
    """Bob plays the next contest too."""
    said = stayed("""
        Bob  ..........|!....?.?..
    """)
    assert said.recruits.kept == 0


def test_who_was_there_in_the_last_ninety_days_is_no_newcomer() -> None:
    """Ann has been there all along, Cyd was silent for a hundred days and counts as new."""
    text = """
        Ann  ........#.|!....#.#..
        Cyd  #.........|!....#.#..
    """
    said = stayed(text)
    assert said.entrants == 2
    assert names_of(said.recruits.ids, text) == {"Cyd"}


def test_beside_them_stand_the_newcomers_of_the_same_days_without_a_mark() -> None:
    """Dee came in the same days by herself; Eve came later, Fay for another operation, Gus was there before."""
    text = """
        Ann  ..........|!....#.#..
        Dee  ..........|#....#.#..
        Eve  ..........|..#..#.#..
        Fay  ..........|?....#.#..
        Gus  .........#|#....#.#..
    """
    said = stayed(text)
    assert names_of(said.organic.ids, text) == {"Dee"}
    assert said.organic.kept == 1


def test_before_day_ninety_it_is_provisional() -> None:
    """On day 60 leaving can be judged up to day 30: Bob has left, Ann has not."""
    text = """
        Ann  ..........|!.#..#....
        Bob  ..........|!.........
    """
    said = stayed(text, day=60)
    assert (said.state, said.judged_day, said.recruits.kept) == ("provisional", 30, None)
    assert said.recruits.here.value == 0.5


def test_within_the_first_month_nobody_can_be_called_gone() -> None:
    said = stayed("Ann  ..........|!.........", day=20)
    assert (said.state, said.recruits.people, said.recruits.curve) == ("too_early", 1, None)


def test_the_label_is_associated() -> None:
    assert stayed("Ann  ..........|!....#.#..").label == "associated"


def test_dates_the_wrong_way_round_are_said() -> None:
    with pytest.raises(InvalidInput, match=r"`ends` must come after `starts`. Got 2026-03-02T09:00:00"):
        who_stayed(acts("Ann ..|!.")[0], starts=ENDS, ends=STARTS, at=ENDS)
