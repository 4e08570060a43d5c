"""What a person sees as one character, against the rules of Unicode's annex 29 as they are written there."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import graphemes as reference

from entourage.graphemes import graphemes

SIGNS = list(reference.KINDS)

# Texts made to be hard, and how many characters a person sees.
HARD = {
    "": 0,
    "tea": 3,
    "e\u0301": 1,  # e with an accent of its own
    "Z\u0351\u036b\u0343": 1,  # and with many
    "\r\n": 1,
    "\n\r": 2,
    "\r\n\r\n": 2,
    "a\nb": 3,
    "\u0301": 1,  # an accent on nothing
    "👍🏽": 1,  # a skin tone
    "👍🏽👍🏿👍": 3,
    "👨‍👩‍👧‍👦": 1,  # a family
    "👨🏽‍👩🏿‍👧🏻‍👦🏾": 1,  # of four skin tones
    "👩‍❤️‍💋‍👨": 1,
    "👩‍👩‍👧‍👦👨‍👨‍👦": 2,
    "🧑🏻‍🚀🧑🏾‍🚒": 2,
    "🏴‍☠️": 1,  # the flag of pirates
    "🏳️‍🌈🏳️‍⚧️": 2,
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": 1,  # of England
    "🇫🇷🇩🇪": 2,
    "🇫🇷🇩": 2,  # and half a flag
    "🇫🇷a🇩🇪": 3,
    "1️⃣#️⃣": 2,
    "©️": 1,
    "a\u200d🙂": 2,  # a joiner joins pictures only
    "🙂\u200da": 2,
    "각": 1,
    "\u1100\u1161\u11a8": 1,  # the same in parts
    "\u1112\u1161\u11ab\u1100\u1173\u11af": 2,
    "각각": 2,
    "가\u11a8": 1,
    "\u11a8\u1100": 2,
    "ที่": 1,
    "น้ำ": 1,
    "นำ": 1,  # am is a letter by its category, and is drawn upon what stands before
    "နာ": 2,  # tall aa of Burmese is a mark by its category, and stands by itself
    "नि": 1,
    "தமிழ்": 3,
    "ｶﾞ": 1,
    "שָׁלוֹם": 4,
    "مُحَمَّد": 4,
    "a\u200bb": 3,
    "\ufeffa": 2,
}


@pytest.mark.parametrize(("text", "seen"), HARD.items(), ids=lambda value: ascii(value)[:24])
def test_hard_texts_are_as_long_as_they_are_seen(text: str, seen: int) -> None:
    assert graphemes(text) == seen


@pytest.mark.parametrize(("text", "seen"), [("क्ष", 1), ("न्दी", 1), ("\u0600\u0661", 1)])
def test_where_python_holds_no_table_more_is_counted_never_less(text: str, seen: int) -> None:
    """Conjuncts of Indic scripts, and signs that cling to the next."""
    assert seen < graphemes(text) <= len(text)


def test_each_pair_of_kinds_alone_and_with_an_accent_between() -> None:
    """As the annex's own test is made: every kind of sign before every other."""
    for one, other in product(SIGNS, repeat=2):
        for text in (one + other, f"{one}\u0308{other}"):
            assert graphemes(text) == reference.graphemes(text), ascii(text)


@given(st.text(st.sampled_from(SIGNS), max_size=12))
@settings(max_examples=2_000, deadline=None)
def test_any_row_of_signs_is_parted_by_the_rules(text: str) -> None:
    assert graphemes(text) == reference.graphemes(text)


@given(st.text(), st.text())
def test_two_texts_are_at_most_as_long_as_both_and_a_text_never_longer_than_its_signs(one: str, other: str) -> None:
    assert max(graphemes(one), graphemes(other)) <= graphemes(one + other) + 1
    assert graphemes(one + other) <= graphemes(one) + graphemes(other)
    assert graphemes(one) <= len(one)
