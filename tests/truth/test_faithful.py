"""Reasons are faithful: without the words that decided a message is read otherwise, more than without other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tools.models import corpus

from entourage.engine.text.reading import Reader

if TYPE_CHECKING:
    from entourage.engine.text.reading import Reading

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not corpus.DATA.is_dir(), reason="needs ../shared/data"),
]
MESSAGES, DRAWS = 200, 20


@pytest.mark.parametrize(("about", "share"), [("sentiment", 0.95), ("vehemence", 0.9)])
def test_words_that_decided_move_the_score_at_least_twice_as_much_as_others(about: str, share: float) -> None:
    rng, reader = np.random.default_rng(0), Reader()
    texts = corpus.sentiment("val").texts
    texts = [texts[place] for place in rng.permutation(len(texts))[:2_000]]
    told = [(text, reading) for text, reading in zip(texts, reader.read(texts), strict=True) if _cited(reading, about)]
    assert len(told) >= MESSAGES
    ratios = [_moved(reader, text, reading, about, rng) for text, reading in told[:MESSAGES]]
    assert np.mean(np.array(ratios) >= 2) >= share


def _cited(reading: Reading, about: str) -> list[tuple[int, int]]:
    return [(reason.start, reason.end) for reason in reading.reasons if reason.about == about]


def _moved(reader: Reader, text: str, reading: Reading, about: str, rng: np.random.Generator) -> float:
    """How much more the score moves without the cited words than without as many drawn at random, on average."""
    words = [word.span() for word in re.finditer(r"\S+", text)]
    spans = _cited(reading, about)
    cited = {place for place, (start, end) in enumerate(words) if any(s < end and start < e for s, e in spans)}
    drawn = [set(rng.choice(len(words), len(cited), replace=False).tolist()) for _ in range(DRAWS)]
    left = [" ".join(text[s:e] for place, (s, e) in enumerate(words) if place not in gone) for gone in (cited, *drawn)]
    score = _score(reading, reading, about)
    moved = [abs(score - _score(again, reading, about)) for again in reader.read(left, reasons=False)]
    return float(moved[0] / max(np.mean(moved[1:]), 1e-9))


def _score(reading: Reading, first: Reading, about: str) -> float:
    """The vehemence, or the chance of the sign that was told first."""
    if about == "vehemence":
        return reading.vehemence
    told = int(np.argmax((first.negative, first.neutral, first.positive)))
    return (reading.negative, reading.neutral, reading.positive)[told]
