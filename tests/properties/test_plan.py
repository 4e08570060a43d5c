"""The plan of a day beside a slow twin that tries every order."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entourage.engine.service.plan import plan

ITEM = st.tuples(st.integers(1, 20), st.integers(0, 50), st.one_of(st.none(), st.integers(-30, 60)))


def most_kept(items: list[tuple[int, int, int | None]], budget: int) -> int:
    """In the best of all orders, how many promises that end within the budget are kept."""
    promised = [item for item in items if item[2] is not None and 0 <= item[2] <= budget]
    best = 0
    for order in permutations(promised):
        clock = kept = 0
        for minutes, _, due in order:
            if clock + minutes <= due:
                clock, kept = clock + minutes, kept + 1
        best = max(best, kept)
    return best


@given(st.lists(ITEM, min_size=1, max_size=6), st.integers(1, 60))
def test_no_order_keeps_more_promises(items, budget):
    due = [np.nan if one[2] is None else one[2] for one in items]
    ours = plan([one[0] for one in items], [one[1] for one in items], due, budget=budget)
    within = [due[item] <= budget for item, kept in zip(ours.order, ours.kept, strict=True) if kept]
    assert sum(within) == most_kept(items, budget)


@given(st.lists(ITEM, min_size=1, max_size=30), st.integers(1, 90))
def test_nothing_twice_within_the_minutes_and_nothing_that_fits_is_left(items, budget):
    due = [np.nan if one[2] is None else one[2] for one in items]
    minutes = np.array([one[0] for one in items])
    ours = plan(minutes, [one[1] for one in items], due, budget=budget)
    assert len(set(ours.order.tolist())) == len(ours.order)
    assert ours.minutes <= budget or len(ours.order) == 1
    left = np.delete(minutes, ours.order)
    assert not len(left) or ours.minutes + left.min() > budget


@given(st.lists(ITEM, min_size=1, max_size=20), st.integers(1, 90), st.randoms(use_true_random=False))
def test_the_order_in_which_items_are_told_changes_nothing_that_counts(items, budget, chance):
    def facts(told):
        due = [np.nan if one[2] is None else one[2] for one in told]
        ours = plan([one[0] for one in told], [one[1] for one in told], due, budget=budget)
        return int((ours.kept & np.isfinite(np.array(due)[ours.order])).sum() > 0), len(ours.order) > 0

    shuffled = list(items)
    chance.shuffle(shuffled)
    assert facts(items) == facts(shuffled)
