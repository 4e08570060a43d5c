"""Rings, and who has gone quiet

A ring is a share of the horizon's opportunities: inner circle from 50 %, close from 23 %, known from 7.5 %, passing
below. In weeks of a quarter: 6.5, 3.0 and 1.0. In the tables a line is a period.
"""

from __future__ import annotations

import numpy as np
import pytest

from entourage import InvalidInput, Thresholds, first_standing, next_standing, rings
from entourage.engine.ties.standing import MOVEMENTS, NO_RING, RINGS, Flow, Standing, State, flows

WEEKS = 13


def lived(text: str, thresholds: Thresholds | None = None) -> list[tuple[str, str]]:
    """Ring and movement of one person, period by period."""
    state: State = State.empty(1)
    story = []
    for line in text.strip().splitlines():
        weeks, alive, active = line.split()[:3]
        standing: Standing = next_standing(
            np.array([float(weeks)]),
            np.array([float(alive)]),
            np.array([active == "yes"]),
            previous=state,
            opportunities=WEEKS,
            thresholds=thresholds,
        )
        story.append((RINGS[standing.ring[0]], MOVEMENTS[standing.movement[0]]))
        state = standing
    return story


def told(text: str) -> list[tuple[str, str]]:
    """The story that the last two columns tell."""
    return [(line.split()[3], line.split()[4]) for line in text.strip().splitlines()]


def test_a_ring_begins_at_its_threshold() -> None:
    assert [RINGS[ring] for ring in rings(np.array([0.9, 0.975, 2.99, 6.5]), opportunities=WEEKS)] == [
        "passing",
        "known",
        "close",
        "inner",
    ]


def test_rings_mean_the_same_in_hours_as_in_weeks() -> None:
    shares = np.array([0.01, 0.1, 0.3, 0.6])
    assert list(rings(24 * shares, opportunities=24)) == list(rings(13 * shares, opportunities=13)) == [0, 1, 2, 3]


def test_one_weak_period_does_not_push_anybody_out_and_two_do() -> None:
    """Columns: weeks predicted, chance of being alive, active since, ring, movement."""
    table = """
        7.0  .95  yes  inner  new
        5.0  .90  yes  inner  same
        5.0  .90  yes  close  further
        5.0  .90  yes  close  same
    """
    assert lived(table) == told(table)


def test_a_prediction_just_under_the_threshold_never_costs_a_ring() -> None:
    """6.0 weeks are above nine tenths of 6.5."""
    table = """
        7.0  .95  yes  inner  new
        6.0  .95  yes  inner  same
        6.0  .95  yes  inner  same
        6.0  .95  yes  inner  same
    """
    assert lived(table) == told(table)


def test_a_good_period_between_two_weak_ones_forgives_the_first() -> None:
    table = """
        7.0  .95  yes  inner  new
        5.0  .90  yes  inner  same
        6.6  .95  yes  inner  same
        5.0  .90  yes  inner  same
    """
    assert lived(table) == told(table)


def test_a_closer_ring_is_won_at_once() -> None:
    table = """
        0.5  .60  no   passing  new
        3.5  .90  yes  close    closer
        8.0  .99  yes  inner    closer
    """
    assert lived(table) == told(table)


def test_somebody_close_who_is_probably_gone_has_gone_quiet_and_comes_back_with_an_act() -> None:
    """Quiet is kept until they act: a better guess alone does not bring anybody back."""
    table = """
        4.0  .95  yes  close    new
        0.6  .15  no   close    gone_quiet
        0.9  .25  no   passing  further
        1.5  .80  yes  known    came_back
    """
    assert lived(table) == told(table)


def test_somebody_who_was_never_close_does_not_go_quiet() -> None:
    table = """
        0.5  .60  no  passing  new
        0.1  .05  no  passing  same
    """
    assert lived(table) == told(table)


def test_a_brand_may_set_its_own_thresholds() -> None:
    table = """
        3.5  .95  yes  inner  new
        1.5  .95  yes  inner  same
        1.5  .95  yes  close  further
    """
    assert lived(table, Thresholds(inner=0.25, close=0.1, known=0.05)) == told(table)


def test_movement_is_of_a_fixed_cohort_and_leavers_are_counted() -> None:
    """Four were there; one left; a fifth who came since is not part of the cohort."""
    before = np.array([3, 3, 2, 0, NO_RING], dtype=np.int8)
    now = np.array([3, 2, NO_RING, 0, 3], dtype=np.int8)
    assert set(flows(before, now)) == {
        Flow("inner", "inner", 1),
        Flow("inner", "close", 1),
        Flow("close", None, 1),
        Flow("passing", "passing", 1),
    }


def test_people_without_a_past_are_new() -> None:
    first = first_standing(np.array([7.0, 0.1]), np.array([0.9, 0.1]), opportunities=WEEKS)
    assert [MOVEMENTS[movement] for movement in first.movement] == ["new", "new"]
    assert list(first.was_close) == [True, False]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        next_standing(np.ones(2), np.ones(2), np.ones(2, dtype=bool), previous=State.empty(3), opportunities=WEEKS)
    assert str(caught.value) == "`previous.ring` must have 2 rows, as `weeks` has. Got 3; align them by person."
