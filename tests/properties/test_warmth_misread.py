"""Warmth where the reader errs: the same as the sum over all that may truly have been said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import tones as twin

from entourage import InvalidInput, warmth
from entourage.engine.ties import misread
from entourage.engine.ties.tones import Tones
from entourage.engine.ties.warmth import warmth_facts

SURE = np.eye(3)
#: Praise is read as praise seven times in ten, a neutral message as praise one time in four, and so on.
ERRS = np.array([[0.7, 0.2, 0.1], [0.25, 0.6, 0.15], [0.1, 0.3, 0.6]])
NAMES = ("positive", "neutral", "negative")

few = st.tuples(*(st.integers(0, 3) for _ in range(3)))
shapes = st.tuples(*(st.integers(2, 40) for _ in range(3))).map(
    lambda tenths: tuple(Fraction(one, 10) for one in tenths)
)


def exact(table: np.ndarray) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(Fraction(one).limit_denominator(100) for one in row) for row in table.tolist())


@settings(deadline=None, max_examples=60)
@given(shapes, few)
def test_what_is_expected_is_the_sum_over_all_that_may_have_been_said(
    shape: tuple[Fraction, ...], counts: tuple[int, ...]
) -> None:
    _, slow = twin.misread(shape, counts, exact(ERRS))
    crowd = Tones(*(float(one) for one in shape))
    value, low, high = misread.told(np.array([counts]), crowd, confusion=ERRS, level=0.8)
    assert value[0] == pytest.approx(float(slow), abs=0.01)
    assert low[0] <= high[0]


def drawn(people: int, shape: tuple[float, ...], errs: np.ndarray, *, seed: int) -> tuple[pa.Table, np.ndarray]:
    """People with true shares, and what a reader with these errors makes of their messages."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(shape, people)
    counts = np.array([rng.multinomial(n, q) for n, q in zip(rng.integers(1, 30, people), shares @ errs, strict=True)])
    return pa.table({"person": np.arange(people), **dict(zip(NAMES, counts.T, strict=True))}), shares


def test_a_known_crowd_is_found_again_behind_a_reader_that_errs() -> None:
    judged, _ = drawn(4_000, (1.5, 0.9, 0.6), ERRS, seed=5)
    facts = warmth_facts(warmth(judged, confusion=ERRS))
    assert facts["mean"] == pytest.approx({"positive": 0.5, "neutral": 0.3, "negative": 0.2}, abs=0.03)
    assert facts["concentration"] == pytest.approx(3.0, rel=0.25)
    assert facts["confusion"] == ERRS.tolist()


def test_the_interval_holds_the_truth_although_the_reader_errs_and_without_them_it_does_not() -> None:
    judged, shares = drawn(4_000, (1.5, 0.9, 0.6), ERRS, seed=6)
    truth = shares[:, 0] - shares[:, 2]

    def held(table: pa.Table) -> float:
        return float(((np.asarray(table["low"]) <= truth) & (truth <= np.asarray(table["high"]))).mean())

    assert held(warmth(judged, confusion=ERRS)) == pytest.approx(0.8, abs=0.03)
    assert held(warmth(judged)) < 0.7


def test_a_reader_that_never_errs_changes_nothing() -> None:
    judged, _ = drawn(400, (1.5, 0.9, 0.6), SURE, seed=7)
    plain, sure = warmth(judged), warmth(judged, confusion=SURE)
    for name in ("warmth", "low", "high"):
        assert np.allclose(np.asarray(plain[name]), np.asarray(sure[name]), atol=0.06)
    same = sum(one == other for one, other in zip(plain["temper"].to_pylist(), sure["temper"].to_pylist(), strict=True))
    assert same >= 395


def test_a_sign_that_was_never_read_has_no_means_and_spoils_nothing() -> None:
    nothing = float("nan")
    told = misread.believed([[0.8, 0.2, 0.0], [0.1, 0.9, 0.0], [nothing] * 3], [10, 10, 0])
    assert told.round(2).tolist() == [[0.89, 0.11, 0.0], [0.18, 0.82, 0.0], [0.0, 0.0, 1.0]]


def test_a_reader_that_guesses_tells_nothing_of_anybody() -> None:
    judged, _ = drawn(400, (1.5, 0.9, 0.6), SURE, seed=8)
    blind = warmth(judged, confusion=np.full((3, 3), 1 / 3))
    assert set(blind["temper"].to_pylist()) <= {"mixed", "unknown"}
    assert np.ptp(np.asarray(blind["warmth"])) < 1e-9


@settings(deadline=None, max_examples=40)
@given(shapes, st.tuples(*(st.integers(0, 30) for _ in range(3))))
def test_praise_never_cools_however_the_reader_errs(shape: tuple[Fraction, ...], counts: tuple[int, ...]) -> None:
    crowd = Tones(*(float(one) for one in shape))
    people = np.array(counts) + np.array([(0, 0, 0), (1, 0, 0), (0, 0, 1)])
    value, low, high = misread.told(people, crowd, confusion=ERRS, level=0.8)
    for one in (value, low, high):
        assert one[2] - 1e-9 <= one[0] <= one[1] + 1e-9


def test_a_crowd_of_too_many_kinds_is_told_from_a_sample_of_them() -> None:
    rng = np.random.default_rng(9)
    shares = rng.dirichlet((1.5, 0.9, 0.6), 6_000)
    counts = np.array([rng.multinomial(n, q) for n, q in zip(rng.integers(1, 200, 6_000), shares @ ERRS, strict=True)])
    facts = warmth_facts(
        warmth(pa.table({"person": range(6_000), **dict(zip(NAMES, counts.T, strict=True))}), confusion=ERRS)
    )
    assert facts["mean"] == pytest.approx({"positive": 0.5, "neutral": 0.3, "negative": 0.2}, abs=0.03)


def test_a_calibrated_reader_knows_its_own_errors() -> None:
    """Truth drawn from the probabilities that the reader tells: what they say of its errors is what happened."""
    rng = np.random.default_rng(4)
    probable = rng.dirichlet((0.6, 0.5, 0.4), 60_000)
    read = probable.argmax(axis=1)
    true = (rng.random((60_000, 1)) > np.cumsum(probable, axis=1)).sum(axis=1)
    means = [probable[read == sign].mean(axis=0) for sign in range(3)]
    told = misread.believed(means, np.bincount(read))
    counted = np.array([[((true == a) & (read == b)).sum() for b in range(3)] for a in range(3)])
    assert np.allclose(told, counted / counted.sum(axis=1, keepdims=True), atol=0.01)
    assert np.allclose(told.sum(axis=1), 1)


def test_a_sign_that_nothing_can_have_is_never_misread() -> None:
    told = misread.believed([[0.9, 0.1, 0.0], [0.2, 0.8, 0.0], [0.0, 0.0, 0.0]], [10, 5, 0])
    assert told[2].tolist() == [0, 0, 1]


@pytest.mark.parametrize("wrong", [[[1, 0], [0, 1]], [[0.5, 0.5, 0.5]] * 3, [[1.5, -0.5, 0], [0, 1, 0], [0, 0, 1]], []])
def test_what_is_no_confusion_is_refused_with_the_cure(wrong: object) -> None:
    with pytest.raises(InvalidInput, match=r"`confusion` of warmth must be three rows .* divide each row by its sum"):
        warmth(pa.table({"person": [1], "sign": [1]}), confusion=wrong)
