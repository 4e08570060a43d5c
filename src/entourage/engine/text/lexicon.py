"""Words that praise, blame or turn round, of eight languages: own lists, kept as hashes.

A model that saw seventeen thousand tweets has not seen every word of praise. The lists (tools/models/words) say what
anybody who speaks the language knows; how much a listed word counts is fitted like all else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from entourage.engine.text import weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The bits of a word's mark: two for each language (praise, blame), and one for words that turn the next ones round.
LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "pt")
TONES = 2 * len(LANGUAGES)
TURNS = 1 << TONES
#: Beginnings are looked up from so many letters on.
SHORTEST_STEM = 3
#: A word that turns round reaches this many tokens.
REACH = 3


class Lexicon(NamedTuple):
    """K hashes with the marks of a whole word and of all words that begin so; ``slots`` finds a hash's row."""

    slots: NDArray[np.int32]
    keys: NDArray[np.uint32]
    whole: NDArray[np.uint32]
    stem: NDArray[np.uint32]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists as they ship."""
    kept = weights.load("lexicon")
    return Lexicon(slots(kept["keys"]), kept["keys"], kept["whole"], kept["stem"])


def slots(keys: NDArray[np.uint32]) -> NDArray[np.int32]:
    """An open hash table over W different numbers, at most half full: row + 1, or 0 where nothing stands."""
    size = 1 << max(1, int(2 * len(keys) - 1).bit_length())
    filled: NDArray[np.int32] = _slots(keys, size)
    return filled


@njit(cache=True)
def _slots(keys, size):  # type: ignore[no-untyped-def]
    # Cost: about 1.5 steps for each key.
    filled = np.zeros(size, np.int32)
    for row in range(len(keys)):
        place = np.int64(keys[row]) & (size - 1)
        while filled[place]:
            place = (place + 1) & (size - 1)
        filled[place] = row + 1
    return filled


@njit(cache=True, inline="always")
def row_of(key, filled, keys):  # type: ignore[no-untyped-def]
    """The row of a key, -1 where it is unknown; for kernels."""
    place = np.int64(key) & (len(filled) - 1)
    while filled[place]:
        if keys[filled[place] - 1] == key:
            return filled[place] - 1
        place = (place + 1) & (len(filled) - 1)
    return -1
