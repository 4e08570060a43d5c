"""Cues of vehemence, written by us, a file a language; the patterns are those of ``phrases.patterns``.

What each class of cue means stands in ``CLASSES``; ``shared`` holds for every language.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

from entourage.engine.text.cues import ar, de, en, es, fr, hi, it, pt, shared
from entourage.engine.text.phrases import Entry, Phrasebook, bits, phrasebook
from entourage.engine.text.phrases.book import EVERY
from entourage.engine.text.phrases.patterns import listed

if TYPE_CHECKING:
    from types import ModuleType

#: Every class of cue that words can give, and what it is.
CLASSES: Final = {
    "insult": "names thrown at somebody",
    "outrage": "what is felt to be beyond the bearable: inadmissible, a shame, a scandal",
    "threat": "ultimatums: leaving, a lawyer, a consumer association, never again",
    "swear": "coarse words in heat",
    "contempt": "scorn: you must be joking, pathetic, what a circus",
    "anger": "anger that names itself",
    "repeat": "told again and again: third message, still nothing",
    "demand": "insistence: at once, give me back, answer me",
    "blame": "a plain reproach: a failure laid at somebody's door",
    "letdown": "disappointment without heat",
    "picture": "pictures of anger or disgust",
    "intensifier": "words that turn up the rest",
    "irony": "praise that means its opposite",
    # Used for irony only: praise beside a failure that nobody says was mended.
    "praise": "words of praise",
    "failure": "what went wrong",
    "mended": "what says that it was put right, or turns the other way: but, although",
}
#: Classes that tell of irony together and of nothing alone.
SILENT: Final = ("praise", "failure", "mended")
_BY_LANGUAGE: Final[dict[str, ModuleType]] = {
    "fr": fr, "en": en, "de": de, "es": es, "it": it, "pt": pt, "ar": ar, "hi": hi
}  # fmt: skip


@cache
def book() -> Phrasebook:
    """All cues of all languages as one phrasebook; its tags are ``CLASSES``."""
    return phrasebook([*_entries(shared, EVERY), *_all()], tags=tuple(CLASSES))


def _all() -> list[Entry]:
    return [entry for code, module in _BY_LANGUAGE.items() for entry in _entries(module, bits(code))]


def _entries(module: ModuleType, languages: int) -> list[Entry]:
    return [Entry(tag, pattern, languages) for tag, lines in module.CUES.items() for pattern in listed(lines)]


@cache
def id_() -> str:
    """A number that changes with the words of any lexicon."""
    return hashlib.blake2b(repr(_entries(shared, EVERY) + _all()).encode(), digest_size=3).hexdigest()
