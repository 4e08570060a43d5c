"""Reasons

Why a person is as close as that: the weeks and the acts that it rests on.
"""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.reference.drawn import AT, drawn

from entourage import InvalidInput, reasons
from entourage.engine.log import WEEK_US, moment_us


def test_reasons_are_the_same_weeks_that_closeness_counted() -> None:
    """Newest first; the last column is the week that ends now."""
    why = reasons(drawn("Ann  .#.#9..#.", act="reply"), at=AT)
    assert [(moment_us(AT) - unit.end_us) // WEEK_US for unit in why.engaged] == [1, 4, 5, 7]
    assert (why.engaged_units, why.units, why.acts) == (4, 8, 12)
    assert all(unit.start_us + WEEK_US == unit.end_us for unit in why.engaged)


def test_a_burst_is_named_as_the_one_week_that_it_counts_for() -> None:
    why = reasons(drawn("Bob  ...9....", act="comment"), at=AT)
    assert [(burst.acts, burst.by_act) for burst in why.bursts] == [(9, {"comment": 9})]
    assert why.engaged_units == 1


def test_presence_stands_beside_and_does_not_count() -> None:
    both = pa.concat_tables([drawn("Dee  ##..", act="reply"), drawn("Dee  .###", act="like")])
    why = reasons(both, at=AT)
    assert (why.engaged_units, why.by_act, why.presence) == (2, {"reply": 2}, {"like": 3})


def test_somebody_who_did_nothing_has_no_reasons() -> None:
    why = reasons(drawn("", act="reply"), at=AT)
    assert (why.engaged, why.units, why.first_us, why.last_us) == ((), 0, None, None)


def test_a_log_of_several_people_is_refused() -> None:
    log = drawn("""
        Ann  #
        Bob  #
    """)
    with pytest.raises(InvalidInput) as caught:
        reasons(log, at=AT)
    assert str(caught.value) == "`log` of reasons must hold the rows of one person. Got 2; filter it first."
