"""How something is written, beside its words: shouted, drawn out, with marks on marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from entourage.engine.text import cues
from entourage.engine.text.phrases import Hits
from entourage.engine.text.tokens import CAPS, DRAWN_OUT, HASH, SIGN, WORD

if TYPE_CHECKING:
    from entourage.engine.text.tokens import Tokens

#: Classes of manner, numbered after those of words.
MANNERS: Final = {
    "shout": "two words or more in capitals, or a cue in capitals: an acronym is not a shout",
    "drawn out": "letters repeated: nuuuul",
    "exclamation": "one exclamation mark",
    "marks": "marks on marks: !!, ?!, ???",
    "question": "a question: not ironic, and no heat",
}
_FIRST: Final = len(cues.CLASSES)
_SHOUT, _DRAWN, _EXCLAMATION, _MARKS, _QUESTION = range(_FIRST, _FIRST + len(MANNERS))
_EXCLAIMS, _ASKS = ord("!"), ord("?")
#: Letters that a shout of two words has at least: "OK SNCF" has not enough.
_LOUD: Final = 9


def manner(found: Tokens, words: Hits) -> Hits:
    """The cues of manner of T texts; ``words`` are the cues that their words gave."""
    rows = _manner(
        (found.texts, found.begin, found.start, found.end), found.kind, found.flags, found.letters,
        (words.text, words.start, words.stop, np.searchsorted(words.text, np.arange(len(found.texts)))),
    )  # fmt: skip
    return Hits(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])


@njit(cache=True)
def _manner(places, kind, flags, letters, words):  # type: ignore[no-untyped-def]
    # Cost: one step for each token, and one for each cue beside a single word in capitals.
    texts, begin, start, end = places
    found = np.empty((len(kind), 4), np.int32)
    k = 0
    for t in range(len(texts) - 1):
        n = texts[t]
        while n < texts[t + 1]:
            what, after = -1, n + 1
            if kind[n] == SIGN:
                what, after = _marks(n, texts[t + 1], begin, kind, letters)
            elif kind[n] == WORD and flags[n] & CAPS and not flags[n] & HASH:
                loud = begin[n + 1] - begin[n]
                while after < texts[t + 1] and kind[after] == WORD and flags[after] & CAPS and not flags[after] & HASH:
                    loud += begin[after + 1] - begin[after]
                    after += 1
                if (after > n + 1 and loud >= _LOUD) or _is_cue(t, start[n], end[after - 1], words):
                    what = _SHOUT
            elif kind[n] == WORD and flags[n] & DRAWN_OUT:
                what = _DRAWN
            if what >= 0:
                found[k, 0], found[k, 1], found[k, 2], found[k, 3] = t, what, start[n], end[after - 1]
                k += 1
            n = after
    return found[:k].copy()


@njit(cache=True)
def _marks(n, last, begin, kind, letters):  # type: ignore[no-untyped-def]
    """What a run of marks from token n on is, and the token after it."""
    exclaims = asks = 0
    after = n
    while (
        after < last and kind[after] == SIGN and (letters[begin[after]] == _EXCLAIMS or letters[begin[after]] == _ASKS)
    ):
        many = begin[after + 1] - begin[after]
        if letters[begin[after]] == _EXCLAIMS:
            exclaims += many
        else:
            asks += many
        after += 1
    if exclaims + asks == 0:
        return -1, n + 1
    if exclaims >= 2 or asks >= 3 or (exclaims and asks):
        return _MARKS, after
    return (_EXCLAMATION if exclaims else _QUESTION), after


@njit(cache=True)
def _is_cue(text, first, last, words):  # type: ignore[no-untyped-def]
    """Whether a cue of words begins within these characters."""
    texts, start, _, of = words
    for row in range(of[text], len(texts)):
        if texts[row] != text or start[row] >= last:
            return False
        if start[row] >= first and last - first > 3:
            return True
    return False
