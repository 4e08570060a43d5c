"""BG/BB gives the numbers that its authors printed, and what the formula gives in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.reference import bgbb as exact

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.ties.bgbb import BgBb, fitted
from entourage.engine.ties.bgbb_likelihood import Likelihood

DONATIONS = Path("../shared/data/cdnow/donations.csv")

SHAPE = (Fraction(6, 5), Fraction(3, 4), Fraction(2, 3), Fraction(14, 5))


def model(shape: tuple[Fraction, ...] = SHAPE) -> BgBb:
    return BgBb(*(float(value) for value in shape), log_likelihood=0.0, people=0.0)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@pytest.mark.data
@pytest.mark.skipif(not DONATIONS.exists(), reason="donations.csv of the shared data is absent")
def test_the_donors_of_the_paper_give_its_table_3() -> None:
    """Fader, Hardie & Shang (2010), table 3: 1.204 .750 .657 2.783, LL -33225.6; to more digits, methods.md."""
    x, t_x, n, people = np.loadtxt(DONATIONS, delimiter=",", skiprows=1, dtype=np.int64).T
    donors = fitted(x, t_x, n, weight=people)
    assert donors.people == 11_104
    assert donors.log_likelihood == pytest.approx(-33225.58, abs=0.002)
    assert donors.parameters == pytest.approx([1.2035, 0.7497, 0.6567, 2.7834], abs=0.002)


CASES = [(0, 0, 0), (0, 0, 6), (1, 1, 6), (1, 6, 6), (3, 4, 6), (6, 6, 6), (5, 30, 80), (40, 200, 300)]


@pytest.mark.parametrize(("x", "t_x", "n"), CASES)
def test_likelihood_alive_and_expectation_equal_the_exact_fractions(x: int, t_x: int, n: int) -> None:
    group = (ints(x), ints(t_x), ints(n))
    one = Likelihood.of(*group, np.ones(1))
    loss, _ = one.loss(np.log(model().parameters))
    assert -loss == pytest.approx(exact.log_likelihood(SHAPE, x, t_x, n), rel=1e-10, abs=1e-12)
    assert model().alive(*group)[0] == pytest.approx(exact.alive(SHAPE, x, t_x, n), rel=1e-10)
    assert model().expected(*group, ahead=13)[0] == pytest.approx(exact.expected(SHAPE, x, t_x, n, 13), rel=1e-10)


def test_it_stays_finite_where_the_alive_term_is_too_small_for_a_float() -> None:
    """600 engaged hours of 1,200, and then 600 hours of silence: surely gone, but finite."""
    shape = (Fraction(1), Fraction(1), Fraction(1), Fraction(50))
    group = (ints(600), ints(600), ints(1200))
    loss, slope = Likelihood.of(*group, np.ones(1)).loss(np.log(model(shape).parameters))
    assert -loss == pytest.approx(exact.log_likelihood(shape, 600, 600, 1200), rel=1e-9)
    assert np.isfinite(slope).all()
    assert 0 <= model(shape).alive(*group)[0] < 1e-200


def test_the_slope_is_the_slope() -> None:
    x, t_x, n = (np.array(column) for column in zip(*CASES, strict=True))
    groups = Likelihood.of(x, t_x, n, np.arange(1.0, 9.0))
    logs = np.log(model().parameters)
    for axis in np.eye(4):
        ahead, behind = groups.loss(logs + 1e-5 * axis)[0], groups.loss(logs - 1e-5 * axis)[0]
        assert groups.loss(logs)[1] @ axis == pytest.approx((ahead - behind) / 2e-5, rel=1e-6)


def test_chances_of_each_count_sum_to_one_and_have_the_expected_mean() -> None:
    x, n = ints(0, 3, 6), ints(6, 6, 6)
    chances = model().chances_alive(x, n, ahead=13)
    assert chances.sum(axis=1) == pytest.approx(1.0, rel=1e-12)
    assert chances @ np.arange(14) == pytest.approx(model().expected_alive(x, n, ahead=13), rel=1e-12)


def test_simulated_people_give_their_parameters_back() -> None:
    """40,000 people drawn coin by coin from the model's own story."""
    rng, n = np.random.default_rng(3), 30
    engages, leaves = rng.beta(1.2, 2.5, (40_000, 1)), rng.beta(0.8, 6.0, (40_000, 1))
    tosses = rng.random((40_000, n)) < engages
    there = np.cumprod(rng.random((40_000, n)) >= leaves, axis=1).astype(bool)
    engaged = tosses & there
    t_x = np.where(engaged.any(axis=1), n - np.argmax(engaged[:, ::-1], axis=1), 0)
    found = fitted(engaged.sum(axis=1), t_x, np.full(40_000, n))
    assert found.parameters == pytest.approx([1.2, 2.5, 0.8, 6.0], rel=0.15)


def test_counts_that_contradict_each_other_are_refused() -> None:
    message = "`x`, `t_x` and `n` must be 0 <= x <= t_x <= n. Got x 4, t_x 3, n 6 in group 1; count the units again."
    with pytest.raises(InvalidInput) as caught:
        fitted(ints(1, 4), ints(2, 3), ints(6, 6))
    assert str(caught.value) == message


def test_nobody_who_came_back_is_not_enough() -> None:
    message = "`x` must be above zero for somebody. Got nobody who came back; wait for more acts."
    with pytest.raises(NotEnoughData) as caught:
        fitted(ints(0, 0), ints(0, 0), ints(5, 6))
    assert str(caught.value) == message
