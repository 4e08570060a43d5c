"""What each character is and what it is read as: two tables over Unicode, made once from Python's own."""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPACE, LETTER, UPPER, DIGIT, MARK, EMOJI, SKIP = range(7)

#: Characters beyond this are letters of rare scripts or unassigned: each is read as a letter that stands for itself.
TABLE = 0x20000
_LETTERS = {"Ll", "Lo", "Lm", "Mn", "Mc", "Me"}
_SPACES = {"Zs", "Zl", "Zp", "Cc", "Cs", "Co", "Cn"}
#: Blocks whose symbols are pictures; the rest of "So" (degree, registered ...) is punctuation.
_PICTURES = ((0x2190, 0x21FF), (0x2300, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF))
_SKIN = (0x1F3FB, 0x1F3FF)
_VARIATION = (0xFE00, 0xFE0F)
_TATWEEL = 0x640
#: Letters of one sound that people type for each other, beyond what Unicode takes apart.
_SAME = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ؤ": "و", "ئ": "ي",
    "ß": "s", "œ": "o", "æ": "a", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ", "\u2019": "'", "\u2018": "'",
    "\u02bc": "'", "`": "'", "´": "'",
}  # fmt: skip


@lru_cache(maxsize=1)
def tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """(kind, read as) of each code point below ``TABLE``; what is read as 0 is dropped from a word.

    Examples
    --------
    >>> kind, fold = tables()
    >>> chr(fold[ord("É")]), [int(kind[code]) for code in (ord("É"), 0x1F600, 0xD800)] == [UPPER, EMOJI, SPACE]
    ('e', True)
    """
    kind = np.zeros(TABLE, dtype=np.uint8)
    fold = np.arange(TABLE, dtype=np.uint32)
    for code in range(min(TABLE, sys.maxunicode)):
        kind[code] = _kind(code)
        if kind[code] in {LETTER, UPPER, MARK}:
            fold[code] = _read_as(chr(code))
    return kind, fold


def _kind(code: int) -> int:
    category = unicodedata.category(chr(code))
    if code == _TATWEEL or category == "Cf" or _inside(code, _SKIN, _VARIATION):
        return SKIP
    if category in _LETTERS:
        return LETTER
    if category in {"Lu", "Lt"}:
        return UPPER
    if category in {"Nd", "Nl", "No"}:
        return DIGIT
    if category in _SPACES:
        return SPACE
    return EMOJI if category in {"So", "Sm"} and _inside(code, *_PICTURES) else MARK


def _read_as(char: str) -> int:
    """The letter without case and accents; 0 for an accent that stands alone, except where it is a vowel's sign."""
    if (script := _indic(ord(char))) or unicodedata.category(char) in {"Mn", "Me"}:
        return ord(char) if script else 0
    small = char.lower()[0]
    bare = unicodedata.normalize("NFD", small)[0] if not 0xAC00 <= ord(small) <= 0xD7A3 else small
    wide = unicodedata.normalize("NFKC", bare)
    return ord(_SAME.get(small) or _SAME.get(bare) or (wide if len(wide) == 1 else bare))


def _indic(code: int) -> bool:
    """From Devanagari to Myanmar, marks are vowels: a word without them is another word."""
    return 0x900 <= code <= 0x109F


def _inside(code: int, *ranges: tuple[int, int]) -> bool:
    return any(first <= code <= last for first, last in ranges)
