"""Sentences with their slots filled, laid in flat arrays: a text is three takes and a join, never a loop over rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from entourage.engine.simulate.intents import Intent
from entourage.engine.simulate.texts import en, fr

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANGUAGES: Final = ("fr", "en")
_SOURCES: Final = (fr, en)
# Enough variants that two neighbours on a page seldom say the same, few enough that the bank is built in milliseconds.
_VARIANTS: Final = 24
# One a slot; none divides the number of its values, so that all of them come.
_SPEEDS: Final = (1, 7, 11, 13, 17, 19, 23, 29)
_TONES: Final = {
    "polite": (Intent.QUESTION, Intent.DELIVERY, Intent.DEFECT, Intent.IDEA, Intent.JOB, Intent.PRESS),
    "warm": (Intent.PRAISE, Intent.TASTING),
    "angry": (Intent.COMPLAINT,),
    "page": (Intent.ANSWER, Intent.ANSWER_SORRY, Intent.ANSWER_THANKS, Intent.ANSWER_DELIVERY, Intent.ANSWER_PASSED_ON),
}
_TONE_OF: Final = {intent: tone for tone, intents in _TONES.items() for intent in intents}
#: Lists with one sentence for each of the other, in its order: the same chance then picks question and answer, and
#: fills their slots with the same values.
PAIRED: Final = {
    Intent.ANSWER: Intent.QUESTION,
    Intent.HELP: Intent.QUESTION,
    Intent.ANSWER_DELIVERY: Intent.DELIVERY,
}
GREETED: Final = (*_TONES["page"], Intent.ANSWER_COLD)


@dataclass(frozen=True)
class Shelf:
    """Phrases of all languages and intents end to end; where each (language, intent) starts, and how many it has."""

    phrases: pa.Array
    start: NDArray[np.int64]
    size: NDArray[np.int64]

    def pick(self, language: NDArray[np.uint8], intent: NDArray[np.uint8], chance: NDArray[np.uint64]) -> pa.Array:
        """One phrase a row; ``chance`` is any integer."""
        size = self.size[language, intent].astype(np.uint64)
        return self.phrases.take(pa.array(self.start[language, intent] + (chance % size).astype(np.int64)))


@dataclass(frozen=True)
class Bank:
    """Openers, sentences and closers: their products are millions of different texts."""

    openers: Shelf
    sentences: Shelf
    closers: Shelf

    def texts(self, language: NDArray[np.uint8], intent: NDArray[np.uint8], words: NDArray[np.uint64]) -> pa.Array:
        """The text of each row, decided by its language, its intent and 64 bits of chance; empty for gestures."""
        return pc.binary_join_element_wise(
            self.openers.pick(language, intent, words >> np.uint64(20)),
            self.sentences.pick(language, intent, words),
            self.closers.pick(language, intent, words >> np.uint64(40)),
            "",
        )


def filled(sentence: str, slots: dict[str, tuple[str, ...]], *, salt: int) -> list[str]:
    """The sentence with its slots filled in two dozen ways; as often itself without slots, so that all weigh the same.

    Examples
    --------
    >>> filled("{a}?", {"a": ("x", "y")}, salt=0)[:2]
    ['x?', 'y?']
    """
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    if not names:
        return [sentence] * _VARIANTS
    parts = [(text, name) for text, name, _, _ in Formatter().parse(sentence)]
    return [_one(parts, slots, salt + variant) for variant in range(_VARIANTS)]


def _one(parts: list[tuple[str, str | None]], slots: dict[str, tuple[str, ...]], variant: int) -> str:
    # Slots advance at different speeds; a slot that comes twice is shifted, so that it names two things.
    seen: Counter[str] = Counter()
    out = ""
    for text, name in parts:
        out += text
        if name:
            speed = _SPEEDS[list(slots).index(name)]
            out += slots[name][(variant * speed + 4 * seen[name]) % len(slots[name])]
            seen[name] += 1
    return out


def _sentences(language: int, intent: Intent) -> list[str]:
    source = _SOURCES[language]
    found = source.SENTENCES.get(intent, ("",))
    texts = [text for salt, one in enumerate(found) for text in filled(one, source.SLOTS, salt=salt * 5)]
    return texts if intent in GREETED else [text[:1].upper() + text[1:] for text in texts]


def _shelf(phrases: dict[tuple[int, Intent], list[str]]) -> Shelf:
    shape = (len(LANGUAGES), len(Intent))
    start, size = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    flat: list[str] = []
    for (language, intent), texts in phrases.items():
        start[language, intent], size[language, intent] = len(flat), len(texts)
        flat.extend(texts)
    return Shelf(pa.array(flat, pa.string()), start, size)


@cache
def bank() -> Bank:
    """The bank of both languages, built once."""
    keys = [(language, intent) for language in range(len(LANGUAGES)) for intent in Intent]
    tone = {key: _TONE_OF.get(key[1], "none") for key in keys}
    openers = {key: list(_SOURCES[key[0]].OPENERS.get(tone[key], ("",))) for key in keys}
    closers = {key: list(_SOURCES[key[0]].CLOSERS[tone[key]]) for key in keys}
    return Bank(_shelf(openers), _shelf({key: _sentences(*key) for key in keys}), _shelf(closers))


def greetings(language: int, names: tuple[str, ...]) -> list[str]:
    """How a page greets each first name in this language."""
    return [_SOURCES[language].GREETING.format(name=name) for name in names]
