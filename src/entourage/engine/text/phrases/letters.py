"""Tokens as one line of letters that an automaton walks along: a gap between words, a stop between sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from entourage.engine.text.plain import codes
from entourage.engine.text.tokens import ADDRESS, DRAWN_OUT, FACE, NAME, NUMBER, PICTURE, SIGN, WORD, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.tokens import Tokens

#: What stands between words: a soft gap (a space, a comma, a hyphen, a mention), or the end of a sentence.
SPACE: Final = 1
STOP: Final = 2
#: A letter that may be one or two ("coool") carries the first bit; what is a word by itself (an emoji) the second.
STRETCHED: Final = 1 << 24
SYMBOL: Final = 1 << 25
_APOSTROPHE: Final = ord("'")
_HARD: Final = np.array(sorted(map(ord, ".!?;:\u2026\u203c\u2049\u061f\u061b\u0964\u00a1\u00bf")), np.uint32)
_CURRENCIES: Final = np.array(sorted(map(ord, "$€£¥₹")), np.uint32)


@dataclass(frozen=True, slots=True)
class Line:
    """T texts, L letters end to end: text t is ``bounds[t]`` to ``bounds[t + 1]``; ``whose`` is each letter's token."""

    letters: NDArray[np.int32]
    whose: NDArray[np.int32]
    bounds: NDArray[np.int64]
    tokens: Tokens

    def __len__(self) -> int:
        return len(self.bounds) - 1


def line(found: Tokens) -> Line:
    """Lay the tokens of T texts in line; names, addresses and marks are gaps.

    Examples
    --------
    >>> from entourage.engine.text.plain import codes
    >>> one = line(tokens(codes(["C'est NUUUL, @Bob !"])))
    >>> "".join(chr(letter & (STRETCHED - 1)) if letter > STOP else "_" for letter in one.letters)
    'c_est_nul_'
    """
    letters, whose, bounds = _line(
        found.texts, found.begin, found.letters, found.kind, found.flags, found.start, found.end
    )
    return Line(letters, whose, bounds, found)


def folded(words: Sequence[str]) -> list[list[int]]:
    """The letters of each word of a pattern as they stand in a line; a letter drawn out counts once."""
    laid = line(tokens(codes(words)))
    return [_trimmed(laid.letters[laid.bounds[t] : laid.bounds[t + 1]].tolist()) for t in range(len(words))]


def _trimmed(letters: list[int]) -> list[int]:
    made = [SPACE if letter == STOP else letter & ~STRETCHED for letter in letters]
    while made and made[-1] == SPACE:
        made.pop()
    return made


@njit(cache=True)
def _line(texts, begin, letters, kind, flags, start, end):  # type: ignore[no-untyped-def]
    # Cost: one step for each letter.
    laid = np.empty(len(letters) + 2 * len(kind), np.int32)
    whose = np.empty(len(laid), np.int32)
    bounds = np.zeros(len(texts), np.int64)
    k = 0
    for t in range(len(texts) - 1):
        first = k
        for n in range(texts[t], texts[t + 1]):
            if kind[n] in (NAME, ADDRESS, SIGN) and letters[begin[n]] not in _CURRENCIES:
                if k > first and kind[n] == SIGN and letters[begin[n]] in _HARD:
                    laid[k - 1] = STOP
                continue
            before = k
            for i in range(begin[n], begin[n + 1]):
                if letters[i] == _APOSTROPHE or (i > begin[n] and kind[n] != WORD):
                    continue
                drawn = i > begin[n] and flags[n] & DRAWN_OUT and letters[i] == letters[i - 1]
                if drawn:
                    laid[k - 1] |= STRETCHED
                else:
                    laid[k], whose[k] = letters[i] | (SYMBOL if kind[n] in (PICTURE, FACE, SIGN) else 0), n
                    k += 1
            joined = kind[n] == NUMBER and n + 1 < texts[t + 1] and kind[n + 1] == WORD and end[n] == start[n + 1]
            if k > before and not joined:
                laid[k], whose[k] = SPACE, n
                k += 1
        bounds[t + 1] = k
    return laid[:k].copy(), whose[:k].copy(), bounds
