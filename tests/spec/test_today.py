"""Today

What fits into the minutes one has. In the drawings a line is an item: whom it is about, how many minutes it takes, what
it is worth, and in how many minutes its promise ends (`-` for none, negative for one that ended).
"""

from __future__ import annotations

import pytest

from entourage.engine.errors import InvalidInput
from entourage.engine.service.plan import Plan, plan


def drawn(text: str, budget: float) -> tuple[list[str], Plan]:
    rows = [line.split() for line in text.split("\n") if line.strip()]
    due = [float("nan") if row[3] == "-" else float(row[3]) for row in rows]
    ours = plan([float(row[1]) for row in rows], [float(row[2]) for row in rows], due, budget=budget)
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
    assert (order, ours.kept.tolist()) == (["Ann", "Bob", "Cyd"], [True, True, True])


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


@pytest.mark.parametrize(
    ("minutes", "value", "message"),
    [
        ([0.0], [1.0], "`minutes` must be positive. Got 0; give each item a length."),
        ([1.0], [-1.0], "`value` must not be negative. Got -1; leave such items out."),
        ([1.0, 2.0], [1.0], "`minutes`, `value` and `due` must have the same number of items. Got 2, 1 and 1."),
    ],
)
def test_what_cannot_be_planned_is_refused_with_its_cure(minutes, value, message) -> None:
    with pytest.raises(InvalidInput, match=message.replace("?", "\\?")):
        plan(minutes, value, [float("nan")], budget=10)
