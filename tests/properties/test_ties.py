"""What holds of closeness whatever the log: who runs it, in what order and when; and that coming never harms."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.drawn import AT, drawn
from tests.reference.frames import FRAMES
from tests.reference.resampling import auc, difference_interval

from entourage import closeness
from entourage.engine.log import WEEK_US
from entourage.engine.ties.bgbb import BgBb
from entourage.engine.ties.hazard import Hazard, levelled, slices
from entourage.engine.ties.histories import Past, cells
from entourage.engine.ties.ranking import auc_difference, placements

TEXT = """
    Ann  .#.##.#.##.#
    Bob  ........9...
    Cyd  #...#...#...
    Dee  ....#####...
"""


@pytest.fixture(scope="module")
def log() -> pa.Table:
    return drawn(TEXT, crowd=500, act="reply")


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_gives_the_same_table(log: pa.Table, name: str) -> None:
    frame = FRAMES[name](log)
    for exclude in ((), (2, 100)):
        assert closeness(frame, at=AT, exclude=exclude).equals(closeness(log, at=AT, exclude=exclude))


def test_the_order_of_rows_changes_nothing(log: pa.Table) -> None:
    shuffled = log.take(np.random.default_rng(1).permutation(len(log)))
    assert closeness(shuffled, at=AT).equals(closeness(log, at=AT))


def test_shifting_all_times_together_changes_nothing_but_the_times(log: pa.Table) -> None:
    years = timedelta(days=1234)
    moved = log.set_column(1, "at_us", pa.array(np.asarray(log["at_us"]) + years // timedelta(microseconds=1)))
    plain, later = closeness(log, at=AT), closeness(moved, at=AT + years)
    columns = [name for name in plain.column_names if name not in {"first_us", "last_us"}]
    assert later.select(columns).equals(plain.select(columns))


def test_acts_after_the_moment_change_nothing(log: pa.Table) -> None:
    later = log.slice(0, 200).set_column(1, "at_us", pa.array(np.asarray(log["at_us"])[:200] + 60 * WEEK_US))
    assert closeness(pa.concat_tables([log, later]), at=AT).equals(closeness(log, at=AT))


shapes = st.lists(st.floats(0.05, 20), min_size=4, max_size=4).map(lambda four: BgBb(*four, 0.0, 0.0))


@settings(deadline=None, max_examples=200)
@given(shapes, st.integers(1, 60), st.data())
def test_one_more_engaged_week_now_never_lowers_anybody(model: BgBb, n: int, data: st.DataObject) -> None:
    t_x = data.draw(st.integers(0, n - 1))
    x = data.draw(st.integers(min(t_x, 1), t_x))
    before = model.expected(np.array([x]), np.array([t_x]), np.array([n]), ahead=13)[0]
    after = model.expected(np.array([x + 1]), np.array([n]), np.array([n]), ahead=13)[0]
    assert after >= before
    assert 0 <= before <= 13


@settings(deadline=None, max_examples=200)
@given(shapes, st.integers(1, 60), st.data())
def test_of_two_alike_the_one_seen_later_is_more_surely_there(model: BgBb, n: int, data: st.DataObject) -> None:
    early = data.draw(st.integers(1, n))
    late = data.draw(st.integers(early, n))
    x = data.draw(st.integers(1, early))
    chances = model.alive(np.array([x, x]), np.array([early, late]), np.array([n, n]))
    assert chances[0] <= chances[1]


@pytest.mark.parametrize("back", [0, 1, 5, 12])
def test_the_past_looked_back_at_is_the_past_of_that_moment(log: pa.Table, back: int) -> None:
    """Looking back inside the fetched units gives what a query at that moment gives: nothing of later leaks in."""
    now, week = 1_767_571_200_000_000, WEEK_US
    then = cells(log, at_us=now - back * week, unit_us=week).history()
    past, _ = cells(log, at_us=now, unit_us=week).at(back)
    for column in ("x", "t_x", "n", "acts"):
        assert np.array_equal(getattr(past, column), getattr(then.past, column))


@settings(deadline=None)
@given(st.integers(1, 200))
def test_slices_cover_the_horizon_without_a_gap(ahead: int) -> None:
    edges = [edge for pair in slices(ahead) for edge in pair]
    assert edges[0] == 0
    assert edges[-1] == ahead
    assert edges[1:-1:2] == edges[2:-1:2]


def test_levelling_keeps_the_order_and_meets_the_total() -> None:
    rng = np.random.default_rng(5)
    x = rng.integers(0, 9, 300)
    past = Past(x=x, t_x=x, n=x + rng.integers(0, 20, 300), acts=x + 1 + rng.integers(0, 9, 300))
    before = Hazard(np.array([-3.0, 1.2, 0.5, -0.4]), likeness=0.1).expected(past, ahead=13)
    after = levelled(before, ahead=13, total=500.0)
    assert after.sum() == pytest.approx(500, rel=1e-4)
    assert np.array_equal(np.argsort(before, kind="stable"), np.argsort(after, kind="stable"))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=4, max_size=60))
def test_auc_from_placements_is_the_share_of_pairs_ranked_right(rows: list[tuple[int, bool]]) -> None:
    score = np.array([value for value, _ in rows], dtype=float)
    returned = np.array([flag for _, flag in rows])
    if returned.all() or not returned.any():
        return
    pairs = [(s > o) + 0.5 * (s == o) for s in score[returned] for o in score[~returned]]
    assert placements(score, returned).auc == pytest.approx(np.mean(pairs))
    assert auc(score, returned) == pytest.approx(np.mean(pairs))


def test_the_fast_paired_bootstrap_agrees_with_resampling_people() -> None:
    rng = np.random.default_rng(11)
    truth = rng.random(3000)
    returned = rng.random(3000) < 0.3 * truth
    ours, other = truth + 0.3 * rng.random(3000), truth + 1.0 * rng.random(3000)
    slow = difference_interval(ours, other, returned, seed=2, resamples=1000)
    pair = placements(ours, returned), placements(other, returned)
    fast = auc_difference(*pair, rng=np.random.default_rng(2), resamples=1000)
    assert [fast.low, fast.high] == pytest.approx(slow, abs=0.004)
    assert fast.high - fast.low == pytest.approx(slow[1] - slow[0], rel=0.12)
