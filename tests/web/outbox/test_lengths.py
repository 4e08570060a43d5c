"""What a reader sees as one character is one character, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entourage.web.outbox.queries import graphemes, measured

SEEN = {
    "": 0,
    "tea": 3,
    "e\u0301": 1,  # e with an accent of its own
    "\r\n": 1,
    "a\nb": 3,
    "👍🏽": 1,  # a skin tone
    "👨‍👩‍👧‍👦": 1,  # a family
    "👩‍❤️‍💋‍👨": 1,
    "🏴‍☠️": 1,  # the flag of pirates
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": 1,  # of England
    "🇫🇷🇩🇪": 2,
    "🇫🇷🇩": 2,  # and half a flag
    "1️⃣": 1,
    "©️": 1,
    "a\u200d🙂": 2,  # a joiner joins pictures only
    "각": 1,
    "\u1100\u1161\u11a8": 1,  # the same in parts
    "각각": 2,
    "ที่": 1,
    "नि": 1,
}


@pytest.mark.parametrize(("text", "seen"), SEEN.items(), ids=lambda value: repr(value)[:20])
def test_characters_as_they_are_seen(text, seen):
    assert graphemes(text) == measured(text, "graphemes") == seen


def test_other_units():
    assert measured("thé 🍵", "bytes") == 9
    assert measured("thé 🍵", "characters") == 5


@given(st.text(), st.text())
def test_two_texts_are_at_most_as_long_as_both_and_a_text_never_longer_than_its_signs(one, other):
    assert max(graphemes(one), graphemes(other)) <= graphemes(one + other) + 1
    assert graphemes(one + other) <= graphemes(one) + graphemes(other)
    assert graphemes(one) <= len(one)
