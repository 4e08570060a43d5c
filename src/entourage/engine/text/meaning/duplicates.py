"""Near-duplicates: the copied, the pasted, the slightly changed, found at a cost that grows like the number of texts.

A text is the set of its pieces of five characters, read without case, accents, punctuation, digits' values, addresses
and names with an @. Sixteen keys a text, each made of four minima of its pieces (MinHash), bring together what may be
alike; each such pair is then compared exactly. Sources: Broder (1997); Leskovec, Rajaraman & Ullman, Mining of Massive
Datasets, chapter 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numba import njit

from entourage.engine.errors import InvalidInput
from entourage.engine.text.characters import DIGIT, EMOJI, LETTER, SKIP, TABLE, UPPER, tables
from entourage.engine.text.plain import READ_CHARS, codes
from entourage.engine.text.tokens import address_end, name_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Characters of a piece: two messages share pieces of three by chance, and one changed letter spoils five.
PIECE: Final = 5
#: A pair that shares 70 % of its pieces meets in at least one of 16 keys of 4 minima with probability .988, one that
#: shares 80 % with .9998; one that shares 30 % is compared in vain with .12.
KEYS: Final = 16
MINIMA: Final = 4
#: In a heap of texts with one key, each is compared with so many of the groups before it, the nearest ones.
COMPARED: Final = 8
#: How far the share of equal minima may fall below the share of common pieces: 3.5 standard errors of 64 minima.
DOUBT: Final = 0.2
#: No piece was met; a product of a piece and an odd number is as good as never this.
_NONE: Final = np.uint32(0xFFFFFFFF)
_ZERO: Final = np.uint32(ord("0"))
_SPACE: Final = np.uint32(ord(" "))
_AT: Final = np.uint32(ord("@"))


def duplicates(texts: Sequence[str], *, least: float = 0.7) -> NDArray[np.int64]:
    """Say for each text which earlier one says nearly the same; a text that says something new names itself.

    Two texts are near-duplicates if they share at least ``least`` of the pieces that either has (Jaccard); what is a
    near-duplicate of a near-duplicate is in the same group, which bears the number of its first text. Texts without a
    letter, digit or emoji are alike to nothing.

    Parameters
    ----------
    texts : T texts, best of one language
    least : share of common pieces, above 0 and at most 1

    Returns
    -------
    T places, each at most its own

    Raises
    ------
    InvalidInput: ``least`` is no such share; ``texts`` is no list of texts.

    Notes
    -----
    A pair that shares 70 % is missed once in 80 times, one that shares 80 % once in 5,000.

    Examples
    --------
    >>> duplicates(["Win a phone: http://a.b", "Where is my parcel?", "WIN a phone ! http://c.d/e"]).tolist()
    [0, 1, 0]
    """
    if not 0 < least <= 1:
        raise InvalidInput(f"`least` of duplicates must be a share above 0 and at most 1. Got {least}.")
    read = codes(texts)
    kind, fold = tables()
    characters = (read.points, read.starts, kind, fold)
    minima = _minima_kernel(characters, _multipliers())
    groups = np.arange(len(read), dtype=np.int64)
    for key in range(KEYS):
        keys = _keys_kernel(minima, key * MINIMA, MINIMA)
        order = np.argsort(keys, kind="stable")
        _join_kernel((characters, minima), keys, order, least, groups)
    roots: NDArray[np.int64] = _roots_kernel(groups)
    return roots


def _multipliers() -> NDArray[np.uint32]:
    """The hash functions of the minima: fixed, for the same texts must give the same groups anywhere."""
    drawn: NDArray[np.uint32] = np.random.default_rng(1997).integers(0, 2**32, KEYS * MINIMA, dtype=np.uint32)
    return drawn | np.uint32(1)


@njit(cache=True)
def _plain(characters: Any, text: int, plain: Any) -> int:
    """Write the text as it is compared; says how long that is. Names with an @ and addresses are left out."""
    points, starts, kind, fold = characters
    length, place, stop = 0, starts[text], starts[text + 1]
    while place < stop:
        if length == 0 or plain[length - 1] == _SPACE:
            after = _name_end(points, place, stop, kind)
            if after > place:
                place = after
                continue
        letter = _letter(points[place], kind, fold)
        place += 1
        if letter == 0 or (letter == _SPACE and (length == 0 or plain[length - 1] == _SPACE)):
            continue
        plain[length] = letter
        length += 1
    return length - 1 if length and plain[length - 1] == _SPACE else length


@njit(cache=True)
def _name_end(points: Any, place: int, stop: int, kind: Any) -> Any:
    """Where the name with an @ or the address that begins here ends; here itself where none does."""
    if points[place] == _AT:
        return max(name_end(points, place, stop, kind), place + 1)
    return address_end(points, place, stop, kind)


@njit(cache=True)
def _letter(point: Any, kind: Any, fold: Any) -> Any:
    """What a character is compared as: nothing (0), a space, zero for a digit, or itself without case and accent."""
    if point >= TABLE:
        return point
    what = kind[point]
    if what == SKIP:
        return np.uint32(0)
    if what == DIGIT:
        return _ZERO
    if what in (LETTER, UPPER, EMOJI):
        return fold[point]
    return _SPACE


@njit(cache=True)
def _pieces(plain: Any, length: int, pieces: Any) -> int:
    """Write the text's pieces, each hashed, sorted and once; says how many. A shorter text is one piece."""
    if length == 0:
        return 0
    count = max(length - PIECE + 1, 1)
    for place in range(count):
        hashed = np.uint32(2166136261)
        for step in range(min(PIECE, length)):
            hashed = np.uint32((hashed ^ plain[place + step]) * np.uint32(16777619))
            hashed = np.uint32(hashed ^ (hashed >> np.uint32(15)))
        pieces[place] = hashed
    pieces[:count].sort()
    kept = 1
    for place in range(1, count):
        if pieces[place] != pieces[kept - 1]:
            pieces[kept] = pieces[place]
            kept += 1
    return kept


@njit(cache=True)
def _minima_kernel(characters: Any, multipliers: Any) -> Any:
    """[T, M]: the least of each text's pieces in M orders; all ones where there is none. Cost: M products a piece."""
    minima = np.full((len(characters[1]) - 1, len(multipliers)), _NONE, dtype=np.uint32)
    plain, pieces = np.empty(READ_CHARS, np.uint32), np.empty(READ_CHARS, np.uint32)
    for text in range(len(minima)):
        length = _plain(characters, text, plain)
        for place in range(_pieces(plain, length, pieces)):
            for one in range(len(multipliers)):
                minima[text, one] = min(minima[text, one], np.uint32(pieces[place] * multipliers[one]))
    return minima


@njit(cache=True)
def _keys_kernel(minima: Any, first: int, width: int) -> Any:
    """[T]: one key of each text, 0 for a text without pieces."""
    keys = np.zeros(len(minima), dtype=np.uint64)
    for text in range(len(minima)):
        if minima[text, first] == _NONE:
            continue
        hashed = np.uint64(14695981039346656037)
        for one in range(first, first + width):
            hashed = (hashed ^ np.uint64(minima[text, one])) * np.uint64(1099511628211)
        keys[text] = max(hashed, np.uint64(1))
    return keys


@njit(cache=True)
def _join_kernel(texts: Any, keys: Any, order: Any, least: float, groups: Any) -> None:
    """Join what shares a key and enough pieces; cost: at most COMPARED comparisons a text."""
    met = np.empty(COMPARED, np.int64)
    known = 0
    for place in range(len(order)):
        text = order[place]
        if place == 0 or keys[text] != keys[order[place - 1]]:
            known = 0
        if keys[text] == 0:
            continue
        if not _joined(texts, text, met[: min(known, COMPARED)], least, groups):
            met[known % COMPARED] = text
            known += 1


@njit(cache=True)
def _joined(texts: Any, text: int, met: Any, least: float, groups: Any) -> bool:
    """Whether the text belongs to a group met under this key; it is joined to each group that it is alike to."""
    characters, minima = texts
    found = False
    for other in met:
        mine, its = _root(groups, text), _root(groups, other)
        if mine == its:
            found = True
        elif _guess(minima[text], minima[other]) >= least - DOUBT and _alike(characters, text, other) >= least:
            groups[max(mine, its)] = min(mine, its)
            found = True
    return found


@njit(cache=True)
def _guess(one: Any, other: Any) -> Any:
    """The share of equal minima: about the share of common pieces."""
    return (one == other).mean()


@njit(cache=True)
def _alike(characters: Any, one: int, other: int) -> Any:
    """The share of common pieces among those that either text has."""
    plain = np.empty(READ_CHARS, np.uint32)
    left, right = np.empty(READ_CHARS, np.uint32), np.empty(READ_CHARS, np.uint32)
    lefts = _pieces(plain, _plain(characters, one, plain), left)
    rights = _pieces(plain, _plain(characters, other, plain), right)
    common = _common(left[:lefts], right[:rights])
    return common / (lefts + rights - common)


@njit(cache=True)
def _common(left: Any, right: Any) -> int:
    """How many values two sorted arrays share."""
    common, place = 0, 0
    for value in left:
        while place < len(right) and right[place] < value:
            place += 1
        if place < len(right) and right[place] == value:
            common += 1
    return common


@njit(cache=True)
def _root(groups: Any, text: int) -> int:
    while groups[text] != text:
        groups[text] = groups[groups[text]]
        text = groups[text]
    return text


@njit(cache=True)
def _roots_kernel(groups: Any) -> Any:
    for text in range(len(groups)):
        groups[text] = _root(groups, text)
    return groups
