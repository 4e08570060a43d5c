"""The fast estimate is the slow one, whatever comes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.survival import survival_after

from entourage.engine.proof.intervals import difference, share
from entourage.engine.proof.survival import kaplan_meier

followed = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


@given(followed)
def test_the_curve_is_the_slow_twins(people: list[tuple[int, bool]]) -> None:
    durations, happened = [float(d) for d, _ in people], [h for _, h in people]
    curve = kaplan_meier(durations, happened)
    for time, survival in zip(curve.time, curve.survival, strict=True):
        assert np.isclose(survival, survival_after(float(time), durations, happened))


@given(followed)
def test_the_order_of_people_changes_nothing(people: list[tuple[int, bool]]) -> None:
    one, other = kaplan_meier(*zip(*people, strict=True)), kaplan_meier(*zip(*people[::-1], strict=True))
    assert one.survival.tolist() == other.survival.tolist()
    assert one.quantile(0.5) == other.quantile(0.5)


@given(followed)
def test_the_band_surrounds_the_curve(people: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(*zip(*people, strict=True))
    low, high = curve.band()
    assert np.all((low >= 0) & (low <= curve.survival + 1e-12) & (curve.survival <= high + 1e-12) & (high <= 1))


@given(followed, st.integers(1, 12))
def test_following_somebody_longer_without_an_end_never_lowers_the_curve(
    people: list[tuple[int, bool]], time: int
) -> None:
    durations, happened = [float(d) for d, _ in people], [h for _, h in people]
    longer = [d if h else d + time for d, h in zip(durations, happened, strict=True)]
    one, other = kaplan_meier(durations, happened), kaplan_meier(longer, happened)
    assert np.all(other.survival >= one.survival - 1e-12)


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_of_a_share_surrounds_it(part: int, whole: int) -> None:
    one = share(min(part, whole), whole)
    assert one.value is not None
    assert one.low is not None
    assert one.high is not None
    assert 0 <= one.low <= one.value <= one.high <= 1


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_exchanging_the_two_groups_turns_the_difference_round(a: int, n: int, b: int, m: int) -> None:
    a, b = min(a, n), min(b, m)
    one, other = difference(a, n, b, m), difference(b, m, a, n)
    assert one.value is not None
    assert one.low is not None
    assert other.value is not None
    assert other.high is not None
    assert np.isclose(one.value, -other.value)
    assert np.isclose(one.low, -other.high)
