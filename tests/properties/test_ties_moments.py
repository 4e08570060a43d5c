"""One reading of the log answers for every moment as a reading at that moment would, and as counting by hand does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.drawn import AT, drawn
from tests.reference.engaged import Counted, counted

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.log import DAY, WEEK
from entourage.engine.ties.closeness import closeness, closeness_facts, closeness_over_time
from entourage.engine.ties.histories import Cells, cells

if TYPE_CHECKING:
    from entourage.engine.ties.forecast import Model

TEXT = """
    Ann  .#.##.#.##.#
    Bob  ........9...
    Cyd  #...#...#...
    Dee  ....#####...
"""
UNIT, NOW = 10, 200
#: Numbers as far apart as 64 bits allow, which no joint number of person and age could hold.
PEOPLE = st.sampled_from([-(2**63), -7, 0, 1, 2, 3, 61, 122, 2**63 - 1])
LOGS = st.lists(st.tuples(PEOPLE, st.integers(0, 250)), min_size=1, max_size=80)


def read(log: list[tuple[int, int]]) -> Cells:
    who, moments = ([row[column] for row in log] for column in (0, 1))
    return cells(pa.table({"person": pa.array(who, pa.int64()), "at_us": moments}), at_us=NOW, unit_us=UNIT)


def rows(units: Cells, back: int, recent: int) -> list[Counted]:
    made = units.history(back, recent=recent)
    past = made.past
    columns = (made.person, past.x, past.t_x, past.n, past.acts, made.first_us, made.last_us, made.recent)
    return [Counted(*(int(value) for value in row)) for row in zip(*columns, strict=True)]


@settings(deadline=None, max_examples=60)
@given(LOGS, st.integers(0, 21), st.integers(0, 5))
def test_what_was_known_then_is_what_counting_by_hand_finds(log: list[tuple[int, int]], back: int, recent: int) -> None:
    slow = counted(log, at_us=NOW - back * UNIT, unit_us=UNIT, recent=recent)
    assert rows(read(log), back, recent) == slow
    assert rows(read(log).rewound(back), 0, recent) == slow


@settings(deadline=None, max_examples=30)
@given(LOGS, st.sampled_from([1, 3, 61]), st.integers(0, 21))
def test_a_sample_holds_whole_people(log: list[tuple[int, int]], one_in: int, back: int) -> None:
    chosen = [row for row in log if row[0] % one_in == 0]
    slow = counted(chosen, at_us=NOW - back * UNIT, unit_us=UNIT, recent=2)
    assert rows(read(log).one_in(one_in), back, 2) == slow
    assert rows(read(log).one_in(one_in).rewound(back), 0, 2) == slow


@pytest.fixture(scope="module")
def log() -> pa.Table:
    return drawn(TEXT, crowd=500)


@pytest.mark.parametrize("model", ["auto", "bgbb", "hazard", "hazard_order"])
def test_each_moment_is_seen_as_if_it_were_asked_alone(log: pa.Table, model: Model) -> None:
    moments = [AT - 9 * WEEK, AT, AT - 2 * WEEK, AT - 9 * WEEK]
    tables = closeness_over_time(log, at=moments, horizon=4 * WEEK, model=model)
    served = closeness_facts(closeness(log, at=AT, horizon=4 * WEEK, model=model))["model"]
    for moment, table in zip(moments, tables, strict=True):
        alone = closeness(log, at=moment, horizon=4 * WEEK, model=served)
        assert table is not None
        assert table.equals(alone)
        assert closeness_facts(table) == closeness_facts(alone)


def test_a_moment_with_too_few_people_is_empty_and_the_latest_is_refused(log: pa.Table) -> None:
    early, now = closeness_over_time(log, at=[AT - 25 * WEEK, AT])
    assert early is None
    assert now is not None
    with pytest.raises(NotEnoughData, match="people who came back"):
        closeness_over_time(log, at=[AT - 26 * WEEK, AT - 25 * WEEK])


def test_moments_between_the_units_are_refused(log: pa.Table) -> None:
    with pytest.raises(InvalidInput) as error:
        closeness_over_time(log, at=[AT - DAY, AT])
    assert str(error.value) == (
        "`at` must be moments whole units apart. Got one that is 0.143 units off; go back from the latest in units."
    )
    with pytest.raises(InvalidInput, match="Got none"):
        closeness_over_time(log, at=[])


def test_a_shorter_unit_sees_more_units_of_the_same_people(log: pa.Table) -> None:
    weeks, days = (closeness(log, at=AT, unit=unit, horizon=4 * WEEK) for unit in (WEEK, timedelta(days=1)))
    assert weeks["person"].equals(days["person"])
    assert np.all(weeks["n"].to_numpy() <= days["n"].to_numpy())
