"""Crisis

When what people write leaves its normal band, hour by hour, for this hour of the week.
"""

from __future__ import annotations

import numpy as np
import pytest

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.service.unusual import WEEK_H, alarms, band


def weeks(hourly, *, weeks: int = 10) -> np.ndarray:
    """So many weeks of the same day, hour by hour."""
    return np.tile(hourly, 7 * weeks)


OFFICE = np.array([0] * 8 + [6] * 10 + [2] * 6)


def test_a_busy_hour_is_not_unusual_where_it_is_busy_each_week() -> None:
    assert not band(weeks(OFFICE)).beyond.any()


def test_the_same_number_of_messages_at_night_is() -> None:
    counts = weeks(OFFICE)
    counts[-WEEK_H + 2 : -WEEK_H + 5] = 6
    assert np.flatnonzero(band(counts).beyond)[0] in range(len(counts) - WEEK_H + 2, len(counts) - WEEK_H + 5)


def test_a_burst_is_told_within_the_hour_that_makes_it_one() -> None:
    counts = weeks(OFFICE)
    counts[-30] += 60
    first = alarms({"all": counts, "against us": np.zeros_like(counts)})[0]
    assert (first.measure, first.first) == ("all", len(counts) - 30)


def test_last_month_s_crisis_does_not_hide_today_s() -> None:
    counts = weeks(OFFICE)
    for hour in (-30, -30 - 4 * WEEK_H):
        counts[hour - 5 : hour] += 20
    assert band(counts).beyond[-30 - 5 : -30].any()


def test_four_messages_are_answered_not_called_a_crisis() -> None:
    counts = np.zeros(10 * WEEK_H, dtype=int)
    counts[-3:] = [2, 1, 1]
    assert not band(counts).beyond.any()


def test_a_brand_of_three_weeks_has_no_usual_yet() -> None:
    with pytest.raises(NotEnoughData, match=r"those of 4 weeks before\. Got 3\.0 weeks; import more of the past"):
        band(weeks(OFFICE, weeks=3))


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"must not be negative\. Got -1; count messages"):
        band([-1] * 10 * WEEK_H)


def test_counts_that_chance_alone_drew_alarm_once_or_so_in_a_quarter() -> None:
    """Some fifty quarters, few messages and many, by day and night: two windows of one night count as one alarm."""
    rng = np.random.default_rng(3)
    wrong, quarters = 0, 0.0
    for level in (0.2, 1.0, 5.0, 20.0):
        rate = np.tile(level * (1 + 0.8 * np.sin(np.arange(24) / 24 * 2 * np.pi)), 7 * 30)
        for _ in range(6):
            counts = rng.poisson(rate)
            found = alarms({"all": counts, "against us": rng.binomial(counts, 0.2)})
            wrong += len({one.first // 48 for one in found})
            quarters += (len(counts) - 4 * WEEK_H) / (13 * WEEK_H)
    assert 0.1 < wrong / quarters < 1.5
