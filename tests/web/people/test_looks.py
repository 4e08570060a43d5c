"""Movements: the same log asked at four moments, and what changed between them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from entourage.engine.log import WEEK_US, moment_us
from entourage.engine.ties.histories import places
from entourage.engine.ties.standing import Thresholds
from entourage.web.core.models import Unit
from entourage.web.people.bridge.looks import standings
from entourage.web.people.bridge.question import Question

AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
QUESTION = Question(at=AT, unit_name=Unit.WEEK, horizon=13, thresholds=Thresholds())


def weeks_of(picture):
    """One letter a week, the newest on the right: x is an engaged one."""
    return [len(picture) - place - 1 for place, letter in enumerate(picture) if letter == "x"]


#   52 weeks, the newest on the right; a horizon ago stands between the third and the last quarter
CAST = {
    "steady": ("xxxxxxxxxxxxx" * 4, ""),
    "new": ("............." * 3 + ".........xxxx", "new"),
    "gone quiet": ("xxxxxxxxxxxxx" * 3 + ".............", "quiet"),
    "came back": ("xxxxxxxxxxxxx" * 2 + "............." + ".......xxxxxx", "back"),
    "closer": ("x.........x.." * 2 + "x......x.....", "closer"),
}
CAST["closer"] = (CAST["closer"][0] + "xxxxxxxxxxxxx", "closer")


@pytest.fixture(scope="module")
def movements():
    """The movement of each of the cast, among two hundred others who come and go."""
    rng = np.random.default_rng(3)
    acts = [(number, week) for number, (picture, _) in enumerate(CAST.values()) for week in weeks_of(picture)]
    for number in range(100, 300):
        pace, since, until = rng.beta(2, 3), rng.integers(10, 52), rng.integers(0, 10)
        acts += [(number, week) for week in range(until, since) if rng.random() < pace]
    at_us = moment_us(AT)
    log = pa.table({
        "person": pa.array([person for person, _ in acts], pa.int64()),
        "at_us": pa.array([at_us - week * WEEK_US - WEEK_US // 2 for _, week in acts], pa.int64()),
    })  # fmt: skip
    table, _ = standings(log, QUESTION)
    return {row["person"]: row for row in table.to_pylist()}


@pytest.mark.parametrize("name", CAST)
def test_a_movement_is_told_from_the_log_alone(movements, name):
    assert movements[list(CAST).index(name)]["movement"] == CAST[name][1]


def test_who_has_gone_quiet_keeps_no_ring_by_hysteresis(movements):
    quiet = movements[list(CAST).index("gone quiet")]
    assert quiet["ring"] < quiet["ring_before"] == 3
    assert quiet["weeks"] < 13 * 0.075


def test_four_moments_two_horizons_one_period_and_now():
    weeks_back = [(AT - moment) // timedelta(weeks=1) for moment in QUESTION.moments]
    assert weeks_back == [26, 13, 4, 0]


def test_places_finds_who_is_known_and_marks_who_is_not():
    known = np.array([2, 5, 9])
    assert places(known, np.array([1, 2, 5, 7, 9, 10])).tolist() == [-1, 0, 1, -1, 2, -1]
    assert places(known[:0], known).tolist() == [-1, -1, -1]
