"""The lexicon: own lists of words that praise, blame or turn round (tools/models/words), hashed.

A list is a text file: a line "# praise", "# blame" or "# negation", then words; a star stands for any ending.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.lexicon import LANGUAGES, TURNS
from entourage.engine.text.plain import codes
from entourage.engine.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

WORDS = Path(__file__).parent / "words"


def make() -> None:
    """Hash the lists and save them."""
    weights.save(weights.HERE / "lexicon", arrays())


def arrays() -> dict[str, NDArray[np.uint32]]:
    """Keys with the marks of whole words and of beginnings."""
    whole: dict[int, int] = {}
    stem: dict[int, int] = {}
    for word, mark, open_end in entries():
        if (key := key_of(word)) is not None:
            kept = stem if open_end else whole
            kept[key] = kept.get(key, 0) | mark
    keys = sorted(whole.keys() | stem.keys())
    return {
        "keys": np.array(keys, np.uint32),
        "whole": np.array([whole.get(key, 0) for key in keys], np.uint32),
        "stem": np.array([stem.get(key, 0) for key in keys], np.uint32),
    }


def entries() -> Iterator[tuple[str, int, bool]]:
    """(word, mark, any ending) of all lists."""
    for place, language in enumerate(LANGUAGES):
        marks = {"praise": 1 << (2 * place), "blame": 2 << (2 * place), "negation": TURNS}
        mark = 0
        for line in (WORDS / f"{language}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                mark = marks[line[2:]]
                continue
            for word in line.split():
                yield word.rstrip("*"), mark, word.endswith("*")


def words() -> list[tuple[str, str]]:
    """(word, language) of the words that are whole, for telling languages apart."""
    found = {(word, mark) for word, mark, open_end in entries() if not open_end and mark != TURNS}
    return sorted((word, LANGUAGES[(mark.bit_length() - 1) // 2]) for word, mark in found)


def key_of(word: str) -> int | None:
    """The hash of a word as texts are read; of the first part where it has several (don't is read as don' and t)."""
    from entourage.engine.text.features import hashed

    found = tokens(codes([word]))
    return int(hashed(found)[0]) if len(found) else None
