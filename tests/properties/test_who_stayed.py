"""Who stayed, in arrays, is who stayed person by person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.stayed import DAY, kept, recruits_and_organic

from entourage.engine.operations.audit import Stayed, who_stayed

STARTS = datetime(2026, 3, 2, tzinfo=UTC)
ENDS = STARTS + timedelta(days=14)
START_US, END_US = (int(moment.timestamp() * 1_000_000) for moment in (STARTS, ENDS))
#: A person, the third of a day (from 120 days before to 130 days after), a mark.
drawn = st.lists(st.tuples(st.integers(1, 5), st.integers(-360, 390), st.sampled_from([0, 0, 0, 1, 2])), min_size=1)


def placed(acts: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    return [(who, START_US + third * DAY // 3, mark) for who, third, mark in acts]


def said(acts: list[tuple[int, int, int]]) -> Stayed:
    person, at_us, mark = zip(*acts, strict=True)
    table = pa.table({"person": person, "at_us": at_us, "mark": mark})
    return who_stayed(table, starts=STARTS, ends=ENDS, at=STARTS + timedelta(days=131))


@given(drawn)
def test_the_groups_are_the_slow_twins(acts: list[tuple[int, int, int]]) -> None:
    told = placed(acts)
    recruits, organic = recruits_and_organic(told, START_US, END_US)
    ours = said(told)
    assert (set(ours.recruits.ids), set(ours.organic.ids)) == (recruits, organic)
    assert set(ours.recruits.kept_ids) == {who for who in recruits if kept(who, told, END_US)}
    assert set(ours.organic.kept_ids) == {who for who in organic if kept(who, told, END_US)}


@given(drawn, st.randoms(use_true_random=False))
def test_the_order_of_acts_changes_nothing(acts: list[tuple[int, int, int]], chance: object) -> None:
    shuffled = placed(acts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = said(placed(acts)), said(shuffled)
    assert (one.recruits.ids, one.recruits.kept_ids, one.gap) == (
        other.recruits.ids,
        other.recruits.kept_ids,
        other.gap,
    )
