"""Cutting texts into tokens: words, numbers, addresses, names, emoji, emoticons and marks, each where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from entourage.engine.text.characters import DIGIT, EMOJI, LETTER, SKIP, SPACE, TABLE, UPPER, tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.plain import Codes

#: What a token is. A hashtag is a word (or several) with the flag HASH.
WORD, NUMBER, ADDRESS, NAME, PICTURE, FACE, SIGN = range(7)
#: What else is seen in a token, as bits.
CAPS, DRAWN_OUT, HASH = 1, 2, 4
#: A word is cut after so many letters, so that text without spaces does not become one token.
_LONGEST = 40
_APOSTROPHE = ord("'")
_SMILE, _FROWN, _HEART = 0x1F642, 0x1F641, 0x2764
_HEX = 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """N tokens of T texts: those of text t are rows ``texts[t]:texts[t + 1]``.

    ``start`` and ``end`` are character offsets in the text as it came; ``letters[begin[n]:begin[n + 1]]`` is what the
    token is read as (small letters without accents, letters drawn out cut to two).
    """

    texts: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    kind: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    begin: NDArray[np.int64]
    letters: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.kind)

    def read_as(self, n: int) -> str:
        """Token n as it is read."""
        return "".join(map(chr, self.letters[self.begin[n] : self.begin[n + 1]].tolist()))


def tokens(codes: Codes) -> Tokens:
    """Cut T texts into tokens.

    Examples
    --------
    >>> from entourage.engine.text.plain import codes
    >>> found = tokens(codes(["@Ann J'ADOOOORE !!! 😍 &amp; http://x.fr :-)"]))
    >>> [found.read_as(n) for n in range(len(found))]
    ['@', "j'", 'adoore', '!!!', '😍', '&', '/', '🙂']
    """
    kind, fold = tables()
    texts, start, end, kinds, flags, begin, letters = _tokens(codes.points, codes.starts, kind, fold)
    return Tokens(texts, start, end, kinds, flags, begin, letters)


@njit(cache=True, inline="always")
def _kind_of(char, kind):  # type: ignore[no-untyped-def]
    return kind[char] if char < TABLE else LETTER


@njit(cache=True)
def _hex(char):  # type: ignore[no-untyped-def]
    if 48 <= char <= 57:
        return char - 48
    small = char | 32
    return small - 87 if 97 <= small <= 102 else _HEX


@njit(cache=True)
def _escaped(points, i, end):  # type: ignore[no-untyped-def]
    r"""The character written as \uXXXX or as an entity (&amp;) at i, and where it ends; networks send both."""
    if points[i] == 92 and i + 6 <= end and points[i + 1] == 117:
        code = 0
        for j in range(i + 2, i + 6):
            digit = _hex(points[j])
            if digit == _HEX:
                return points[i], i + 1
            code = code * 16 + digit
        return np.uint32(code), i + 6
    if points[i] == 38:
        return _entity(points, i, end)
    return points[i], i + 1


@njit(cache=True)
def _entity(points, i, end):  # type: ignore[no-untyped-def]
    left = end - i
    if left >= 4 and points[i + 2] == 116 and points[i + 3] == 59 and points[i + 1] in (103, 108):
        return np.uint32(62 if points[i + 1] == 103 else 60), i + 4
    if left >= 5 and points[i + 1] == 97 and points[i + 2] == 109 and points[i + 3] == 112 and points[i + 4] == 59:
        return np.uint32(38), i + 5
    if left >= 5 and points[i + 1] == 35 and points[i + 2] == 51 and points[i + 3] == 57 and points[i + 4] == 59:
        return np.uint32(_APOSTROPHE), i + 5
    if left >= 6 and points[i + 1] == 113 and points[i + 2] == 117 and points[i + 3] == 111 and points[i + 5] == 59:
        return np.uint32(34), i + 6
    return points[i], i + 1


@njit(cache=True)
def address_end(points, i, end, kind):  # type: ignore[no-untyped-def]
    """Where the web address at i ends; i where there is none. Data sets write every address as "http"."""
    if end - i < 4 or points[i] | 32 != 104 or points[i + 1] | 32 != 116 or points[i + 2] | 32 != 116:
        return i
    if points[i + 3] | 32 != 112:
        return i
    j = i + 4
    if j < end and points[j] | 32 == 115:
        j += 1
    if j < end and points[j] not in (47, 58) and _kind_of(points[j], kind) != SPACE:
        return i
    while j < end and _kind_of(points[j], kind) != SPACE:
        j += 1
    return j


@njit(cache=True)
def name_end(points, i, end, kind):  # type: ignore[no-untyped-def]
    """Where the name after the @ at i ends; i where there is none."""
    j = i + 1
    while j < end and (points[j] == 95 or _kind_of(points[j], kind) in (LETTER, UPPER, DIGIT)):
        j += 1
    return j if j > i + 1 else i


@njit(cache=True)
def _face(points, i, end, kind):  # type: ignore[no-untyped-def]
    """(what it says, where it ends) of an emoticon at i, such as :-) =( <3 ^^; (0, i) where there is none."""
    first = points[i]
    if first == 60 and i + 1 < end and points[i + 1] == 51:
        return _HEART, i + 2
    if first == 94 and i + 1 < end and points[i + 1] == 94:
        return _SMILE, i + 2
    if first not in (58, 59, 61):
        return 0, i
    j = i + 1
    if j < end and points[j] in (45, 39, 94, 111):
        j += 1
    if j >= end:
        return 0, i
    mouth = points[j]
    alone = j + 1 >= end or _kind_of(points[j + 1], kind) not in (LETTER, UPPER, DIGIT)
    if mouth in (41, 93, 125) or (mouth in (68, 80, 112, 100, 51, 42) and alone):
        return _SMILE, j + 1
    if mouth in (40, 91, 123) or (mouth in (47, 92, 124, 83, 115) and alone):
        return _FROWN, j + 1
    return 0, i


@njit(cache=True)
def _word(points, i, end, kind, fold, letters, size):  # type: ignore[no-untyped-def]
    """Read the word at i: (where it ends, letters written so far, flags)."""
    first, capitals, small, drawn = size, 0, 0, 0
    while i < end and size - first < _LONGEST:
        char, after = _escaped(points, i, end)
        what = _kind_of(char, kind)
        read = fold[char] if char < TABLE else char
        if what == SKIP:
            i = after
            continue
        if read == _APOSTROPHE and size > first:
            nxt = _escaped(points, after, end)[0] if after < end else np.uint32(32)
            if _kind_of(nxt, kind) in (LETTER, UPPER):
                letters[size] = _APOSTROPHE
                return after, size + 1, _flags(capitals, small, drawn)
            break
        if what not in (LETTER, UPPER, DIGIT):
            break
        capitals += what == UPPER
        small += what == LETTER
        if size >= first + 2 and letters[size - 1] == read and letters[size - 2] == read:
            drawn = 1
        elif read:
            letters[size] = read
            size += 1
        i = after
    return i, size, _flags(capitals, small, drawn)


@njit(cache=True, inline="always")
def _flags(capitals, small, drawn):  # type: ignore[no-untyped-def]
    return (CAPS if capitals >= 2 and small == 0 else 0) | (DRAWN_OUT if drawn else 0)


@njit(cache=True)
def _number(points, i, end, kind):  # type: ignore[no-untyped-def]
    while i < end and (
        _kind_of(points[i], kind) == DIGIT
        or (points[i] in (44, 46, 58) and i + 1 < end and _kind_of(points[i + 1], kind) == DIGIT)
    ):
        i += 1
    return i


@njit(cache=True)
def _marks(points, i, end, letters, size):  # type: ignore[no-untyped-def]
    """A run of one mark, three of it kept: (where it ends, letters written so far)."""
    char, after = _escaped(points, i, end)
    letters[size] = char
    run = 1
    while after < end and points[after] == char:
        after += 1
        if run < 3:
            letters[size + run] = char
            run += 1
    return after, size + run


@njit(cache=True)
def _one(points, i, end, kind, fold, letters, size):  # type: ignore[no-untyped-def]
    """The token at i: (where it ends, letters written so far, its kind, its flags)."""
    char, after = _escaped(points, i, end)
    if char == 64 and name_end(points, i, end, kind) > i:
        letters[size] = 64
        return name_end(points, i, end, kind), size + 1, NAME, 0
    if char | 32 == 104 and address_end(points, i, end, kind) > i:
        letters[size] = 47
        return address_end(points, i, end, kind), size + 1, ADDRESS, 0
    what = _kind_of(char, kind)
    if what in (LETTER, UPPER):
        stop, size, flags = _word(points, i, end, kind, fold, letters, size)
        return stop, size, WORD, flags | (HASH if i > 0 and points[i - 1] == 35 else 0)
    if what == DIGIT:
        letters[size] = 48
        return max(_number(points, i, end, kind), after), size + 1, NUMBER, 0
    if what == EMOJI:
        letters[size] = char
        return after, size + 1, PICTURE, 0
    face, stop = _face(points, i, end, kind)
    if face:
        letters[size] = face
        return stop, size + 1, FACE, 0
    stop, size = _marks(points, i, end, letters, size)
    return stop, size, SIGN, 0


@njit(cache=True)
def _tokens(points, starts, kind, fold):  # type: ignore[no-untyped-def]
    # Cost: a few steps for each character; room for a token at each, given back at the end.
    room = len(points)
    texts = np.zeros(len(starts), np.int64)
    start, end = np.empty(room, np.int32), np.empty(room, np.int32)
    kinds, flags = np.empty(room, np.uint8), np.empty(room, np.uint8)
    begin, letters = np.zeros(room + 1, np.int64), np.empty(room + 3, np.uint32)
    n = 0
    for t in range(len(starts) - 1):
        i, last = starts[t], starts[t + 1]
        while i < last:
            char, after = _escaped(points, i, last)
            if _kind_of(char, kind) in (SPACE, SKIP) or (char == 35 and after < last):
                i = after
                continue
            stop, size, kinds[n], flags[n] = _one(points, i, last, kind, fold, letters, begin[n])
            if i == starts[t]:
                flags[n] &= ~HASH  # the sign before it ends another text
            if size > begin[n]:
                start[n], end[n], begin[n + 1] = i - starts[t], stop - starts[t], size
                n += 1
            i = stop
        texts[t + 1] = n
    return (
        texts, start[:n].copy(), end[:n].copy(), kinds[:n].copy(), flags[:n].copy(), begin[: n + 1].copy(),
        letters[: begin[n]].copy(),
    )  # fmt: skip
