"""Which language a message is written in: letter groups and words, and the script where that says it alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.encoder import see
from entourage.engine.text.head import Head
from entourage.engine.text.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen

UNKNOWN = "und"
#: The languages that the whole reading serves; they are told apart best.
SERVED = ("ar", "de", "en", "es", "fr", "hi", "it", "pt")
#: Less sure than this of one of several languages, the answer is "und".
SURE = 0.4
#: All languages that are not served must be this likely together: a short message of slang looks like many.
SURE_OF_OTHERS = 0.7
#: Unless a brand asks for Hindi: its romanised words ("mein", "love") stand in messages of other languages too.
DOUBT = 0.1
#: A message that is so unlikely to be of the languages asked for is of none of them.
STRANGE = 0.02
#: Scripts that one language writes: first and last code point.
SCRIPTS = {
    "el": (0x370, 0x3FF), "he": (0x590, 0x5FF), "hi": (0x900, 0x97F), "th": (0xE00, 0xE7F), "ja": (0x3040, 0x30FF),
    "zh": (0x3400, 0x9FFF), "ko": (0xAC00, 0xD7A3),
}  # fmt: skip


def language(texts: Sequence[str], *, among: Collection[str] | None = None) -> list[str]:
    """The language of each of T texts as an ISO 639-1 code; "und" where there are no words or it is not sure.

    Parameters
    ----------
    texts : T texts
    among : the languages that may come (a brand's); nothing else but "und" is answered then

    Notes
    -----
    39 languages are told apart. Romanised Hindi is "hi". Measured in docs/methods/reading.md.

    Examples
    --------
    >>> language(["Où est mon colis ?", "Where is my parcel?", "Waar is mijn bestelling gebleven?", "😍 !!!"])
    ['fr', 'en', 'nl', 'und']
    """
    return languages(see(texts), among=among)


def languages(seen: Seen, *, among: Collection[str] | None = None, model: Head | None = None) -> list[str]:
    """The same from texts that were seen already, by another head than the one that ships where one is given."""
    by = model or head()
    chances = _chances(seen, by, shares := _scripts(seen))
    if among is None:
        chances[:, by.classes.index("hi")] *= np.where(shares[:, list(SCRIPTS).index("hi")] > 0, 1, DOUBT)
        chances /= chances.sum(axis=1, keepdims=True)
        served = np.isin(by.classes, SERVED)
        other = chances[:, ~served].sum(axis=1, keepdims=True) >= SURE_OF_OTHERS
        chances = np.where(served | other, chances, 0)
    else:
        chances = chances * np.isin(by.classes, list(among))
    known = chances.sum(axis=1, keepdims=True)
    chances = np.where(known >= STRANGE, chances / np.maximum(known, STRANGE), 0)
    sure = (chances.max(axis=1) >= SURE) & has_words(seen)
    codes = np.array([*by.classes, UNKNOWN])
    found: list[str] = codes[np.where(sure, chances.argmax(axis=1), len(codes) - 1)].tolist()
    return found


def _chances(seen: Seen, by: Head, shares: NDArray[np.float64]) -> NDArray[np.float32]:
    """The head's chances; where most letters are of a script that one language writes, that language's alone."""
    chances = by.predict(seen)
    alone = shares.max(axis=1) > 0.5
    columns = np.array([by.classes.index(code) for code in SCRIPTS])
    chances[alone] = 0
    chances[alone, columns[shares[alone].argmax(axis=1)]] = 1
    return chances


def _scripts(seen: Seen) -> NDArray[np.float64]:
    """The share of each script of ``SCRIPTS`` among the letters of words, T x 7; kana makes Han letters Japanese."""
    found = seen.features.tokens
    words = np.repeat(found.kind == WORD, np.diff(found.begin))
    text = np.repeat(np.repeat(np.arange(len(seen)), np.diff(found.texts)), np.diff(found.begin))[words]
    letters = found.letters[words]
    counts = np.zeros((len(seen), len(SCRIPTS)))
    rare = letters >= min(first for first, _ in SCRIPTS.values())
    for place, (first, last) in enumerate(SCRIPTS.values()):
        inside = rare & (letters >= first) & (letters <= last)
        counts[:, place] = np.bincount(text[inside], minlength=len(seen))
    japanese, chinese = list(SCRIPTS).index("ja"), list(SCRIPTS).index("zh")
    mixed = counts[:, japanese] > 0
    counts[mixed, japanese] += counts[mixed, chinese]
    counts[mixed, chinese] = 0
    return counts / np.maximum(np.bincount(text, minlength=len(seen)), 1)[:, None]


def has_words(seen: Seen) -> NDArray[np.bool_]:
    """Which of T texts have a word, T: pictures and marks alone are of no language, and want nothing one could tell."""
    found = seen.features.tokens
    words = np.concatenate([[0], np.cumsum(found.kind == WORD)])
    many: NDArray[np.bool_] = words[found.texts[1:]] > words[found.texts[:-1]]
    return many


def id_() -> str:
    """A name that changes whenever the answers may."""
    return weights.name("language")


@lru_cache(maxsize=1)
def head() -> Head:
    """The head as it ships."""
    return Head.from_arrays(weights.load("language"))
