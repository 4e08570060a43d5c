"""What holds of warmth whatever was said: who counts, in what order; and that praise never cools."""

from __future__ import annotations

from fractions import Fraction
from math import factorial, log

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.reference import tones as twin
from tests.reference.frames import FRAMES

from entourage import InvalidInput, warmth
from entourage.engine.ties import tones
from entourage.engine.ties.warmth import HOSTILE, WARM, named_standing, warmth_facts


def crowd(people: int, shape: tuple[float, float, float], *, seed: int, most: int = 12) -> pa.Table:
    """People whose shares are drawn from a Dirichlet distribution, each with a few messages."""
    rng = np.random.default_rng(seed)
    spoken = rng.integers(0, most + 1, people)
    counts = np.array([rng.multinomial(n, p) for n, p in zip(spoken, rng.dirichlet(shape, people), strict=True)])
    return pa.table(
        {"person": np.arange(people), **dict(zip(("positive", "neutral", "negative"), counts.T, strict=True))}
    )


def told(table: pa.Table) -> pa.Table:
    """The same crowd, a row a message."""
    rows = [
        (row["person"], sign)
        for row in table.to_pylist()
        for name, sign in (("positive", 1), ("neutral", 0), ("negative", -1))
        for _ in range(row[name])
    ]
    return pa.table({"person": pa.array([who for who, _ in rows], pa.int64()), "sign": [sign for _, sign in rows]})


def same(one: pa.Table, other: pa.Table) -> bool:
    """Alike but for the last digits, which depend on how many kinds of people are added up at once."""
    floats = ("warmth", "low", "high")
    rest = [name for name in one.column_names if name not in floats]
    near = all(
        np.allclose(np.asarray(one[name]), np.asarray(other[name]), atol=1e-9, equal_nan=True) for name in floats
    )
    return near and one.select(rest).equals(other.select(rest))


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_gives_the_same_table_by_message_and_by_count(name: str) -> None:
    counts = crowd(300, (2, 1, 1), seed=3)
    messages = told(counts)
    undecided = pa.table({"person": pa.array([5, 7], pa.int64()), "sign": pa.array([None, None], pa.int64())})
    mixed = pa.concat_tables([messages, undecided])
    plain = warmth(counts)
    assert warmth(FRAMES[name](counts)).equals(plain)
    spoke = plain.filter(pa.compute.greater(plain["judged"], 0))
    assert same(warmth(FRAMES[name](mixed)), spoke)


def test_the_order_of_rows_and_how_they_are_cut_changes_nothing() -> None:
    counts = crowd(400, (2, 1, 1), seed=1)
    shuffled = counts.take(np.random.default_rng(1).permutation(len(counts)))
    assert same(warmth(shuffled), warmth(counts))
    none = counts.set_column(1, "positive", pa.array(np.zeros(400, np.int64)))
    rest = counts.set_column(2, "neutral", none["positive"]).set_column(3, "negative", none["positive"])
    assert same(warmth(pa.concat_tables([none, rest])), warmth(counts))


counts_of_one = st.tuples(*(st.integers(0, 40) for _ in range(3)))
# With less than a tenth of an observation all lies at the ends, closer together than an interval can tell.
shapes = st.tuples(*(st.floats(0.1, 30) for _ in range(3)))


@settings(deadline=None, max_examples=150)
@given(shapes, counts_of_one, st.floats(-0.95, 0.95))
@example((1.0, 1.0, 1.0), (12, 25, 22), -0.625)
def test_the_chance_is_the_integral(shape: tuple[float, ...], counts: tuple[int, ...], edge: float) -> None:
    after = tones.Tones(*shape).after(np.array([counts]))
    slow = twin.below(tuple(float(one) for one in after[0]), edge)  # type: ignore[arg-type]
    assert abs(float(tones.below(after, np.array([edge]))[0]) - slow) < 0.02


@settings(deadline=None, max_examples=150)
@given(shapes, counts_of_one, st.sampled_from([0.5, 0.8, 0.95]))
def test_the_interval_leaves_as_much_on_either_side(
    shape: tuple[float, ...], counts: tuple[int, ...], level: float
) -> None:
    after = tones.Tones(*shape).after(np.array([counts]))
    low, high = tones.interval(after, level=level)
    tails = (float(tones.below(after, low)[0]), 1 - float(tones.below(after, high)[0]))
    assert low < high
    assert np.allclose(tails, (1 - level) / 2, atol=0.02)
    assert -1 <= low[0] <= high[0] <= 1


@settings(deadline=None, max_examples=100)
@given(shapes, counts_of_one)
def test_an_interval_leaves_zero_out_just_where_the_chance_of_the_other_side_is_small(
    shape: tuple[float, ...], counts: tuple[int, ...]
) -> None:
    after = tones.Tones(*shape).after(np.array([counts]))
    against = float(tones.below(after, np.zeros(1))[0])
    low, high = tones.interval(after, level=0.8)
    if abs(against - 0.1) > 0.002 and abs(against - 0.9) > 0.002:
        assert (low[0] > 0) == (against < 0.1)
        assert (high[0] < 0) == (against > 0.9)


@settings(deadline=None, max_examples=100)
@given(shapes, counts_of_one)
def test_praise_never_cools_and_blame_never_warms(shape: tuple[float, ...], counts: tuple[int, ...]) -> None:
    """The whole of what is thought of a person moves up with praise and down with blame."""
    before = np.array(counts)
    people = tones.Tones(*shape).after(before + np.array([(0, 0, 0), (1, 0, 0), (0, 0, 1)]))
    low, high = tones.interval(people, level=0.8)
    value = tones.expected(people)
    for one in (low, high, value):
        assert one[2] - 0.004 <= one[0] <= one[1] + 0.004


def test_turning_every_sign_turns_warmth() -> None:
    counts = crowd(300, (3, 1, 1), seed=5)
    turned = counts.rename_columns(["person", "negative", "neutral", "positive"])
    one, other = warmth(counts), warmth(turned)
    spoke = np.asarray(one["judged"]) > 0
    assert np.allclose(np.asarray(one["warmth"])[spoke], -np.asarray(other["warmth"])[spoke], atol=1e-4)
    assert np.allclose(np.asarray(one["low"])[spoke], -np.asarray(other["high"])[spoke], atol=2e-3)
    swapped = {"warm": "hostile", "hostile": "warm"}
    assert [swapped.get(one, one) for one in one["temper"].to_pylist()] == other["temper"].to_pylist()


def test_the_crowd_is_fitted_at_the_top_of_the_exact_likelihood() -> None:
    """No step of five per cent in any parameter makes the counts more likely, in exact fractions."""
    counts = [(3, 0, 1), (0, 2, 0), (5, 1, 0), (1, 1, 4), (0, 0, 3), (2, 0, 0)]
    people = [4, 3, 5, 2, 2, 6]
    crowd = tones.fitted(np.array(counts), np.array(people))

    def worth(shape: tuple[Fraction, ...]) -> float:
        each = (weight * log(twin.likelihood(shape, one)) for one, weight in zip(counts, people, strict=True))
        return sum(each) + twin.belief(shape, alike=tones.ALIKE)

    best = tuple(Fraction(one).limit_denominator(10_000) for one in crowd.shape.tolist())
    for place in range(3):
        for step in (Fraction(95, 100), Fraction(105, 100)):
            other = tuple(one * step if index == place else one for index, one in enumerate(best))
            assert worth(other) < worth(best)


def test_the_twins_chances_of_all_counts_add_up_to_one() -> None:
    shape = (Fraction(3, 2), Fraction(1, 3), Fraction(2, 5))
    whole = [(a, b, 4 - a - b) for a in range(5) for b in range(5 - a)]
    assert sum(twin.likelihood(shape, counts) for counts in whole) == 1
    assert factorial(4) == 24


def test_a_known_crowd_is_found_again() -> None:
    found = warmth_facts(warmth(crowd(4_000, (1.5, 0.9, 0.6), seed=11)))
    assert found["concentration"] == pytest.approx(3.0, rel=0.1)
    assert found["mean"]["positive"] == pytest.approx(0.5, abs=0.02)
    assert found["mean"]["negative"] == pytest.approx(0.2, abs=0.02)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    shares = rng.dirichlet((1.5, 0.9, 0.6), 6_000)
    counts = np.array([rng.multinomial(n, p) for n, p in zip(rng.integers(1, 15, 6_000), shares, strict=True)])
    columns = dict(zip(("positive", "neutral", "negative"), counts.T, strict=True))
    table = warmth(pa.table({"person": np.arange(6_000), **columns}))
    truth = shares[:, 0] - shares[:, 2]
    held = (np.asarray(table["low"]) <= truth) & (truth <= np.asarray(table["high"]))
    assert held.mean() == pytest.approx(0.8, abs=0.02)
    temper = np.asarray(table["temper"])
    assert (truth[temper == "warm"] > 0).mean() > 0.95
    assert (truth[temper == "hostile"] < 0).mean() > 0.9


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), counts_of_one), min_size=1, max_size=30))
def test_an_ally_is_never_somebody_whose_interval_reaches_below_zero(people: list[tuple[int, tuple[int, ...]]]) -> None:
    columns = dict(zip(("positive", "neutral", "negative"), zip(*(one for _, one in people), strict=True), strict=True))
    table = warmth(pa.table({"person": range(len(people)), **columns}))
    temper = np.array([("unknown", "mixed", "warm", "hostile").index(one) for one in table["temper"].to_pylist()])
    judged = np.asarray(table["judged"])
    names = named_standing(np.array([ring for ring, _ in people], np.int8), temper, judged=judged)
    for name, row, (ring, counts) in zip(names, table.to_pylist(), people, strict=True):
        assert name != 5 or (row["low"] > 0 and ring >= 2 and counts[0] > counts[2])
        assert name not in (2, 4) or (row["high"] < 0 and counts[2] > counts[0])
        assert (row["temper"] == "unknown") == (sum(counts) < 3)
    assert WARM != HOSTILE


def test_nobody_judged_is_an_empty_table() -> None:
    none = warmth(pa.table({"person": pa.array([], pa.int64()), "sign": pa.array([], pa.int64())}))
    assert len(none) == 0
    assert none.column_names[:4] == ["person", "warmth", "low", "high"]


WRONG: dict[str, tuple[dict[str, list[object]], str]] = {
    "no counts": (
        {"person": [1], "positive": [1]},
        (
            "`judged` must have the columns person and sign, or person, positive, neutral and negative. Got person, "
            "positive; rename or add `neutral`."
        ),
    ),
    "people by name": (
        {"person": ["Ann"], "sign": [1]},
        "`person` of judged messages must be integers. Got String; convert it first.",
    ),
    "stars": (
        {"person": [1], "sign": [5]},
        (
            "`sign` of judged messages must be -1, 0, 1 or empty. Got others; map your own scale to these three, or "
            "leave out what was not decided."
        ),
    ),
    "less than nothing": (
        {"person": [1], "positive": [-1], "neutral": [0], "negative": [0]},
        (
            "`positive`, `neutral` and `negative` must be counts of messages. Got a negative number, a fraction or an "
            "empty one; count again."
        ),
    ),
    "parts of messages": (
        {"person": [1], "positive": [2.7], "neutral": [0.0], "negative": [0.0]},
        (
            "`positive`, `neutral` and `negative` must be counts of messages. Got a negative number, a fraction or an "
            "empty one; count again."
        ),
    ),
    "counts of nobody": (
        {"person": [1, None], "positive": [3, 4], "neutral": [0, 0], "negative": [0, 0]},
        (
            "`person` of judged messages must say who wrote each. Got an empty one; leave out messages of which nobody "
            "knows who wrote them."
        ),
    ),
    "messages of nobody": (
        {"person": [1, None], "sign": [1, 0]},
        (
            "`person` of judged messages must say who wrote each. Got an empty one; leave out messages of which nobody "
            "knows who wrote them."
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_tables_are_refused_with_the_cure(name: str) -> None:
    columns, message = WRONG[name]
    with pytest.raises(InvalidInput) as caught:
        warmth(pa.table(columns))
    assert str(caught.value) == message


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_a_message_of_nobody_is_refused_in_any_frame(kind: str) -> None:
    frames = pytest.importorskip(kind)
    person = frames.Series("person", [1, None]) if kind == "polars" else frames.Series([1, None], dtype="Int64")
    with pytest.raises(InvalidInput, match=r"^`person` of judged messages must say who wrote each\."):
        warmth(frames.DataFrame({"person": person, "sign": [1, 0]}))


def test_a_level_that_is_no_chance_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        warmth(pa.table({"person": [1], "sign": [1]}), level=80)
    assert str(caught.value) == "`level` of warmth must lie between 0 and 1. Got 80; write 0.8 for 80 %."


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        named_standing(np.zeros(2, np.int8), np.zeros(2, np.int8), judged=np.zeros(3, np.int64))
    assert str(caught.value) == "`judged` must have 2 rows, as `ring` has. Got 3; align them by person."
