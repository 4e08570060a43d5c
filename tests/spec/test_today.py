"""Today

What fits into the minutes one has. In the drawings a line is an item: whom it is about, how many minutes it takes, what
it is worth, and in how many minutes its promise ends (`-` for none, negative for one that ended).
"""

from __future__ import annotations

import math

from entourage.web.today.queries.planning import Job, Plan, plan


def drawn(text: str, budget: float) -> tuple[list[str], Plan]:
    rows = [line.split() for line in text.split("\n") if line.strip()]
    ends = [math.inf if row[3] == "-" else float(row[3]) for row in rows]
    jobs = [Job(float(row[1]), float(row[2]), end) for row, end in zip(rows, ends, strict=True)]
    ours = plan(jobs, budget=budget)
    return [rows[item][0] for item in ours.order], ours


def test_a_promise_that_ends_in_these_minutes_comes_before_what_is_worth_more() -> None:
    order, _ = drawn(
        """
        Ann  10  100  -
        Dee  10    1  20
        """,
        budget=20,
    )
    assert order == ["Dee", "Ann"]


def test_a_promise_that_ends_after_these_minutes_is_worth_what_it_is_worth() -> None:
    order, _ = drawn(
        """
        Ann  10  9  -
        Dee  10  1  500
        """,
        budget=20,
    )
    assert order == ["Ann", "Dee"]


def test_where_not_all_promises_can_be_kept_the_most_are() -> None:
    """Dee would take all the time that three others need."""
    order, ours = drawn(
        """
        Dee  20  1  20
        Ann   8  1  21
        Bob   8  1  22
        Cyd   8  1  24
        """,
        budget=24,
    )
    assert (order, ours.kept) == (["Ann", "Bob", "Cyd"], (True, True, True))


def test_what_is_late_already_comes_before_what_was_never_promised() -> None:
    order, _ = drawn(
        """
        Ann  5  50  -
        Dee  5   1  -90
        Bob  5   2  -10
        """,
        budget=15,
    )
    assert order == ["Bob", "Dee", "Ann"]


def test_the_rest_goes_by_its_worth_a_minute_and_what_does_not_fit_is_passed_over() -> None:
    order, ours = drawn(
        """
        Ann  30  60  -
        Bob   5   9  -
        Cyd   5   5  -
        """,
        budget=12,
    )
    assert (order, ours.minutes) == (["Bob", "Cyd"], 10)


def test_one_thing_that_is_longer_than_the_minutes_stands_alone_rather_than_nothing() -> None:
    order, ours = drawn("Ann  30  60  -", budget=12)
    assert (order, ours.minutes) == (["Ann"], 30)
