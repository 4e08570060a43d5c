"""The chance that one of the true scores higher is what counting all pairs gives, ties by half."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entourage.engine.ranks import auc

some = st.lists(st.integers(0, 5), min_size=1, max_size=12)


@given(some, some)
def test_each_pair_counts_once_and_a_tie_by_half(true: list[int], false: list[int]) -> None:
    wins = [1.0 if one > other else 0.5 if one == other else 0.0 for one in true for other in false]
    both = np.arange(len(true) + len(false)) < len(true)
    assert auc(np.array([*true, *false], float), both) == pytest.approx(np.mean(wins))


def test_the_order_in_which_equals_come_does_not_matter() -> None:
    score = np.zeros(4)
    assert auc(score, np.array([True, True, False, False])) == auc(score, np.array([False, False, True, True])) == 0.5
