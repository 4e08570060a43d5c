"""What a model sees of a text: numbers for its words, pairs of words, letter groups and manner, by hashing.

No vocabulary is kept: a word's number is a hash of its letters, so that any word of any language has one, and a model
is an array that is as long as it wants to be (it takes the lowest bits of each number).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from entourage.engine.text.lexicon import REACH, SHORTEST_STEM, TONES, TURNS, lexicon, row_of
from entourage.engine.text.plain import codes
from entourage.engine.text.tokens import CAPS, DRAWN_OUT, HASH, WORD, Tokens, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: The groups of numbers, each with a weight of its own in a model: words, pairs of words, letter groups, manner (what
#: is not a word, capitals, letters drawn out), and tone (words of the lexicon).
WORDS, PAIRS, LETTERS, MANNER, TONE = range(5)
GROUPS = 5
#: Letter groups of a word, with its edges, are this long.
SHORTEST, LONGEST = 2, 5

_OFFSET, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_EDGE = np.uint64(1)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True, slots=True)
class Features:
    """T texts as hashed numbers; those of text t and group g are ``numbers[bounds[t, g]:bounds[t, g + 1]]``.

    ``whose`` names the token (row of ``tokens``) that each number comes from, the first of two for a pair; ``words``
    is the hash of each token alone.
    """

    tokens: Tokens
    words: NDArray[np.uint32]
    numbers: NDArray[np.uint32]
    whose: NDArray[np.int32]
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds)


def features(texts: Sequence[str]) -> Features:
    """Read T texts once: their tokens, and the hashed numbers of all groups.

    Examples
    --------
    >>> one, two = features(["Merci Ann"]), features(["merci ann"])
    >>> bool((one.numbers == two.numbers).all())
    True
    """
    return of_tokens(tokens(codes(texts)))


def of_tokens(found: Tokens) -> Features:
    """The hashed numbers of texts that are cut into tokens already."""
    known = lexicon()
    words, marks = _words(found.begin, found.letters, known.slots, known.keys, known.whole, known.stem)
    return Features(
        found, words, *_numbers(found.texts, found.begin, found.letters, found.kind, found.flags, words, marks)
    )


def hashed(found: Tokens) -> NDArray[np.uint32]:
    """The hash of each token's letters, N."""
    nothing = np.zeros(0, np.uint32)
    words: NDArray[np.uint32] = _words(found.begin, found.letters, np.zeros(1, np.int32), nothing, nothing, nothing)[0]
    return words


def rows(seen: Features, places: NDArray[np.int64]) -> Features:
    """The features of the texts at ``places``, in that order."""
    old = seen.tokens
    counts = np.diff(old.texts)[places]
    texts = np.concatenate([[0], np.cumsum(counts)])
    return of_tokens(_taken(old, np.repeat(old.texts[places] - texts[:-1], counts) + np.arange(texts[-1]), texts))


def without(seen: Features, gone: NDArray[np.bool_]) -> Features:
    """The features of the same texts with the tokens where ``gone`` (N) is true cut out; offsets stay as they were."""
    kept = np.flatnonzero(~gone)
    return of_tokens(_taken(seen.tokens, kept, np.searchsorted(kept, seen.tokens.texts)))


def _taken(old: Tokens, kept: NDArray[np.int64], texts: NDArray[np.int64]) -> Tokens:
    """The tokens at ``kept``, with the rows of each text given."""
    sizes = np.diff(old.begin)[kept]
    begin = np.concatenate([[0], np.cumsum(sizes)])
    places = np.repeat(old.begin[kept] - begin[:-1], sizes) + np.arange(begin[-1])
    return Tokens(texts, old.start[kept], old.end[kept], old.kind[kept], old.flags[kept], begin, old.letters[places])


@njit(cache=True, inline="always")
def _mixed(state):  # type: ignore[no-untyped-def]
    state ^= state >> np.uint64(32)
    state *= _MIX
    return np.uint32(state >> np.uint64(32))


@njit(cache=True)
def _words(begin, letters, slots, keys, whole, stem):  # type: ignore[no-untyped-def]
    # Cost: one step and one look-up for each letter.
    words, marks = np.empty(len(begin) - 1, np.uint32), np.zeros(len(begin) - 1, np.uint32)
    for n in range(len(words)):
        state = _OFFSET
        for i in range(begin[n], begin[n + 1]):
            state = (state ^ np.uint64(letters[i])) * _PRIME
            if i - begin[n] + 1 >= SHORTEST_STEM:
                row = row_of(_mixed(state), slots, keys)
                if row >= 0:
                    marks[n] |= stem[row]
        words[n] = _mixed(state)
        row = row_of(words[n], slots, keys)
        if row >= 0:
            marks[n] |= whole[row] | stem[row]
    return words, marks


@njit(cache=True)
def _numbers(texts, begin, letters, kind, flags, words, marks):  # type: ignore[no-untyped-def]
    # Cost: four steps for each letter; a word of L letters has at most 4 (L + 2) letter groups.
    room = 4 * (len(letters) + 2 * len(words)) + 5 * len(words) + _bits(marks)
    numbers, whose = np.empty(room, np.uint32), np.empty(room, np.int32)
    bounds = np.zeros((len(texts) - 1, GROUPS + 1), np.int64)
    k = 0
    for t in range(len(texts) - 1):
        first, last = texts[t], texts[t + 1]
        bounds[t, WORDS] = k
        for n in range(first, last):
            numbers[k], whose[k] = words[n], n
            k += 1
        bounds[t, PAIRS] = k
        for n in range(first, last - 1):
            numbers[k], whose[k] = _pair(words[n], words[n + 1]), n
            k += 1
        bounds[t, LETTERS] = k
        for n in range(first, last):
            if kind[n] == WORD:
                k = _letters(begin[n], begin[n + 1], letters, n, numbers, whose, k)
        bounds[t, MANNER] = k
        for n in range(first, last):
            for flag in (CAPS, DRAWN_OUT, HASH):
                if flags[n] & flag:
                    numbers[k], whose[k] = _pair(np.uint32(flag), np.uint32(0)), n
                    k += 1
            if kind[n] != WORD:
                numbers[k], whose[k] = _pair(np.uint32(8 + kind[n]), np.uint32(0)), n
                k += 1
        bounds[t, TONE] = k
        turned = 0
        for n in range(first, last):
            k = _tone(marks[n], turned, n, numbers, whose, k)
            turned = REACH if marks[n] & np.uint32(TURNS) else max(turned - 1, 0)
        bounds[t, GROUPS] = k
    return numbers[:k].copy(), whose[:k].copy(), bounds


@njit(cache=True, inline="always")
def _pair(one, two):  # type: ignore[no-untyped-def]
    return _mixed(((_OFFSET ^ np.uint64(one)) * _PRIME * _PRIME ^ np.uint64(two)) * _PRIME)


@njit(cache=True)
def _letters(first, last, letters, n, numbers, whose, k):  # type: ignore[no-untyped-def]
    """Write the letter groups of one word between its edges; the edge is a letter of its own."""
    for i in range(first - 1, last):
        state = _OFFSET * _PRIME
        for j in range(i, min(i + LONGEST, last + 1)):
            char = np.uint64(letters[j]) if first <= j < last else _EDGE
            state = (state ^ char) * _PRIME
            if j - i + 1 >= SHORTEST:
                numbers[k], whose[k] = _mixed(state), n
                k += 1
    return k


@njit(cache=True)
def _tone(mark, turned, n, numbers, whose, k):  # type: ignore[no-untyped-def]
    """Write one number for each praise or blame that a token is in some language, another where it is turned round."""
    for bit in range(TONES):
        if mark & np.uint32(1 << bit):
            numbers[k], whose[k] = _pair(np.uint32(TONES + bit), np.uint32(1 if turned else 0)), n
            k += 1
    return k


@njit(cache=True)
def _bits(marks):  # type: ignore[no-untyped-def]
    total = 0
    for mark in marks:
        left = mark
        while left:
            left &= left - np.uint32(1)
            total += 1
    return total
