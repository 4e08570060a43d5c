"""Freireich et al. (1963), remission under 6-mercaptopurine and placebo, in weeks; as tabled by Collett, by Lawless."""

from __future__ import annotations

import numpy as np
import pytest
from tests.reference.survival import greenwood

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.proof.survival import kaplan_meier

#: Weeks in remission under 6-MP; a plus means still in remission.
MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
#: The published estimate after each relapse, and Greenwood's standard error.
PUBLISHED = {
    6: (0.857, 0.0764),
    7: (0.807, 0.0869),
    10: (0.753, 0.0963),
    13: (0.690, 0.1068),
    16: (0.627, 0.1141),
    22: (0.538, 0.1282),
    23: (0.448, 0.1346),
}


def read(weeks: str) -> tuple[list[float], list[bool]]:
    told = weeks.split()
    return [float(week.rstrip("+")) for week in told], [not week.endswith("+") for week in told]


def test_remission_under_6_mp_is_as_published() -> None:
    curve = kaplan_meier(*read(MERCAPTOPURINE))
    assert curve.time.tolist() == list(PUBLISHED)
    np.testing.assert_allclose(curve.survival, [share for share, _ in PUBLISHED.values()], atol=5e-4)


def test_standard_errors_under_6_mp_are_as_published() -> None:
    durations, happened = read(MERCAPTOPURINE)
    curve = kaplan_meier(durations, happened)
    ours = curve.survival * np.abs(np.log(curve.survival)) * np.sqrt(curve.variance)
    np.testing.assert_allclose(ours, [error for _, error in PUBLISHED.values()], atol=1e-4)
    np.testing.assert_allclose(ours, [greenwood(time, durations, happened) for time in PUBLISHED], atol=1e-12)


def test_the_medians_are_23_weeks_and_8() -> None:
    assert kaplan_meier(*read(MERCAPTOPURINE)).quantile(0.5).value == 23
    assert kaplan_meier(*read(PLACEBO)).quantile(0.5).value == 8


def test_the_interval_of_the_median_under_6_mp_has_no_upper_end() -> None:
    """As SAS and R's log-log interval print it: 13 weeks to not reached."""
    median = kaplan_meier(*read(MERCAPTOPURINE)).quantile(0.5)
    assert (median.low, median.high) == (13, None)


def test_a_band_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(400):
        waits, sight = rng.exponential(10, 80), rng.uniform(0, 40, 80)
        here = kaplan_meier(np.minimum(waits, sight), waits <= sight).at(8)
        assert here.low is not None
        assert here.high is not None
        covered += here.low <= np.exp(-0.8) <= here.high
    assert 0.92 <= covered / 400 <= 0.98


def test_nobody_followed_is_said() -> None:
    with pytest.raises(NotEnoughData, match=r"A survival curve needs at least one person followed. Got nobody"):
        kaplan_meier([], [])


def test_an_end_before_the_beginning_is_said() -> None:
    with pytest.raises(InvalidInput, match=r"`durations` must be numbers of at least 0. Got -2 at place 1; check"):
        kaplan_meier([1, -2], [True, True])


def test_two_lists_of_different_length_are_said() -> None:
    with pytest.raises(InvalidInput, match="`durations` and `happened` must be two lists of the same length"):
        kaplan_meier([1, 2], [True])
