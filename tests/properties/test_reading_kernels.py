"""The fast pass over characters says what its slow twin says, whatever comes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import seen as twin

from entourage.engine.text import language, sentiment
from entourage.engine.text.encoder import fast, see, without
from entourage.engine.text.features import GROUPS, features
from entourage.engine.text.plain import READ_CHARS, codes
from entourage.engine.text.tokens import tokens

# Any characters at all, lone surrogates too, and pieces that mean something to the reader.
anything = st.text(st.characters(), max_size=60)
telling = st.lists(
    st.sampled_from(
        ["merci", "J'ADORE", "noooon", "pas bien", ":-(", "<3", "😍", "@Ann", "#Bob", "http://x.fr/a", "&amp;",
         "\\u2019", "3,50", "!!!", "اكره", "नहीं", "don’t", "\u0301", "\ud800", "\x00", "ok"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip
texts = st.lists(st.one_of(anything, telling), max_size=5)


@pytest.fixture(autouse=True, scope="module")
def models() -> None:
    """The models are loaded and the kernels compiled before the first example is timed."""
    seen = without(see(["Ann"]), np.zeros(1, dtype=bool))
    sentiment.head().token_shares(seen, np.zeros((1, 3), np.float32))
    language.languages(seen)


@given(texts)
@settings(deadline=None)  # the twin is slow
def test_the_numbers_of_a_text_are_the_slow_twins(given_texts: list[str]) -> None:
    found = features(given_texts)
    for text in range(len(given_texts)):
        slow = twin.numbers(found.tokens, text)
        for group, numbers in enumerate(slow):
            assert found.numbers[found.bounds[text, group] : found.bounds[text, group + 1]].tolist() == numbers


@given(texts)
def test_a_token_stands_where_it_says(given_texts: list[str]) -> None:
    found = tokens(codes(given_texts))
    for text, words in enumerate(given_texts):
        mine = slice(found.texts[text], found.texts[text + 1])
        edges = np.column_stack([found.start[mine], found.end[mine]]).ravel()
        assert np.all(np.diff(edges) >= 0), "one after the other"
        assert np.all(found.start[mine] < found.end[mine])
        assert edges.max(initial=0) <= len(words)


@given(texts)
def test_a_text_is_read_the_same_alone_and_among_others(given_texts: list[str]) -> None:
    together = sentiment.sentiment([*given_texts, "Merci Ann"])
    for text, chances in zip(given_texts, together, strict=False):
        assert np.allclose(sentiment.sentiment([text])[0], chances, atol=1e-5)


@given(texts)
@settings(max_examples=40, deadline=None)  # the twin is slow
def test_logits_and_vectors_are_the_slow_twins(given_texts: list[str]) -> None:
    seen, head, table = see(given_texts), sentiment.head(), fast().table
    logits = head.logits(seen)
    for text in range(len(given_texts)):
        assert np.allclose(logits[text], twin.logits(head, seen.features, text, seen.vectors[text]), atol=1e-3)
        mean = fast().pooled(seen.features)[text]
        assert np.allclose(mean, twin.pooled(seen.features.tokens, text, table), atol=1e-4)


@given(texts, st.integers(0, 2))
def test_the_shares_of_tokens_add_up_to_the_logit(given_texts: list[str], sign: int) -> None:
    seen, head = see(given_texts), sentiment.head()
    asked = np.zeros((len(given_texts), 3), np.float32)
    asked[:, sign] = 1
    shares, rows = head.token_shares(seen, asked), seen.features.tokens.texts
    rest = twin.unsaid(seen.features, fast()) @ head.dense + head.bias
    for text, logit in enumerate(head.logits(seen)):
        assert np.isclose(shares[rows[text] : rows[text + 1]].sum() + rest[text, sign], logit[sign], atol=1e-2)


@settings(deadline=None)  # the twin is slow
@given(texts, st.randoms(use_true_random=False))
def test_cutting_tokens_out_is_reading_what_is_left(given_texts: list[str], random: object) -> None:
    seen = see(given_texts)
    gone = np.array([random.random() < 0.5 for _ in range(len(seen.features.tokens))], dtype=bool)  # type: ignore[attr-defined]
    left = without(seen, gone)
    old, new = seen.features.tokens, left.features.tokens
    assert [new.read_as(n) for n in range(len(new))] == [old.read_as(n) for n in np.flatnonzero(~gone)]
    for text in range(len(given_texts)):
        for group, numbers in enumerate(twin.numbers(new, text)):
            mine = slice(left.features.bounds[text, group], left.features.bounds[text, group + 1])
            assert left.features.numbers[mine].tolist() == numbers


@given(texts)
def test_chances_are_chances(given_texts: list[str]) -> None:
    chances = sentiment.sentiment(given_texts)
    assert chances.shape == (len(given_texts), 3)
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert np.all(chances >= 0)


@given(texts, st.sets(st.sampled_from(["fr", "en", "de"]), min_size=1))
def test_only_the_languages_that_are_asked_for_come(given_texts: list[str], among: set[str]) -> None:
    assert set(language.language(given_texts, among=among)) <= among | {"und"}


@given(st.text(min_size=1, max_size=20))
def test_what_stands_beyond_the_limit_changes_nothing(end: str) -> None:
    long = "Merci à tous, " * (READ_CHARS // 14 + 1)
    assert np.array_equal(sentiment.sentiment([long + end]), sentiment.sentiment([long]))


def test_no_text_at_all_gives_nothing_at_all() -> None:
    assert sentiment.sentiment([]).shape == (0, 3)
    assert language.language([]) == []
    assert see([]).features.bounds.shape == (0, GROUPS + 1)
