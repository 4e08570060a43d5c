"""The slow twins of what reads meaning: every pair compared, every vector looked at, in sets and plain numbers."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain(text: str) -> str:
    """A text of letters, digits and spaces as it is compared: small letters without accents, any digit a zero."""
    words = [word for word in text.split() if not word.startswith("@") and not word.lower().startswith("http")]
    bare = unicodedata.normalize("NFD", " ".join(words).lower())
    kept = "".join("0" if char.isdigit() else char if char.isalpha() else " " if char == " " else "" for char in bare)
    return " ".join(kept.split())


def pieces(text: str, length: int) -> set[str]:
    """All pieces of so many characters; a shorter text is one piece."""
    read = plain(text)
    return {read[place : place + length] for place in range(max(len(read) - length + 1, 1))} if read else set()


def alike(one: str, other: str, *, length: int) -> float:
    """The share of common pieces among those that either text has."""
    left, right = pieces(one, length), pieces(other, length)
    return len(left & right) / len(left | right) if left and right else 0.0


def grouped(texts: Sequence[str], *, least: float, length: int) -> list[int]:
    """For each text the first one that it hangs together with, by comparing every pair."""
    groups = list(range(len(texts)))
    for one in range(len(texts)):
        for other in range(one):
            if alike(texts[one], texts[other], length=length) >= least:
                old, new = max(groups[one], groups[other]), min(groups[one], groups[other])
                groups = [new if group == old else group for group in groups]
    return groups


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """The cosine of two vectors; 0 if one of them is nothing."""
    sizes = math.sqrt(sum(x * x for x in one)) * math.sqrt(sum(y * y for y in other))
    return sum(x * y for x, y in zip(one, other, strict=True)) / sizes if sizes else 0.0


def weights(said: Sequence[set[str]], group: Sequence[int], groups: int) -> dict[str, float]:
    """Class-based TF-IDF of each word of a group, counting messages."""
    size = len(said) / (groups + 1)
    words = {word for place in group for word in said[place]}
    return {
        word: sum(word in said[place] for place in group)
        / len(group)
        * math.log(1 + size / sum(word in one for one in said))
        for word in words
    }


def fair(word: str, said: Sequence[set[str]], group: Sequence[int]) -> bool:
    """Whether three messages of a group use a word, a fifth of them, and four times as often as the others do."""
    inside = [word in said[place] for place in group]
    others = [word in words for place, words in enumerate(said) if place not in group]
    here, there = sum(inside) / len(inside), sum(others) / len(others) if others else 0.0
    return sum(inside) >= 3 and here >= 0.2 and here >= 4 * there
