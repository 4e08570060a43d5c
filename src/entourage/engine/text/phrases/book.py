"""A book of phrases: thousands of patterns as one automaton of three arrays, and the pass that finds them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.text.phrases import patterns
from entourage.engine.text.phrases.finding import fill_kernel, find_kernel
from entourage.engine.text.phrases.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.phrases.letters import Line

#: Languages that lexicons are written for; the rest share one bit.
LANGUAGES: Final = ("fr", "en", "de", "es", "it", "pt", "ar", "hi")
EVERY: Final = (1 << (len(LANGUAGES) + 1)) - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One pattern, what it tells (``tag``), and in which languages it tells it (bits of ``LANGUAGES``)."""

    tag: str
    pattern: str
    languages: int = EVERY


@dataclass(frozen=True, slots=True)
class Hits:
    """H finds in order of text and place: text, tag (number), first and last character + 1 in the text as given."""

    text: NDArray[np.int32]
    tag: NDArray[np.int32]
    start: NDArray[np.int32]
    stop: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """An automaton over folded letters: ``edges`` is a hash table of (node, letter) -> node."""

    tags: tuple[str, ...]
    edges: NDArray[np.int64]
    nodes: NDArray[np.int32]
    ends: NDArray[np.int32]

    def find(self, texts: Line, languages: NDArray[np.int32]) -> Hits:
        """Find every phrase in T texts; of one tag's overlapping finds the first and longest stays.

        ``languages`` has a text's bits; a phrase counts where it shares one. Cost: a few microseconds a message.
        """
        bounds = np.column_stack((texts.bounds[:-1], texts.bounds[1:], languages)).astype(np.int64)
        found = find_kernel(texts.letters, bounds, self.edges, self.nodes, self.ends, len(self.tags))
        first, last = texts.whose[found[:, 2]], texts.whose[found[:, 3] - 1]
        return Hits(found[:, 0], found[:, 1], texts.tokens.start[first], texts.tokens.end[last])


def bits(code: str) -> int:
    """The bits of a language's code; every one where it is not known, the last where no lexicon is written for it."""
    if code == "und":
        return EVERY
    return 1 << (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES))


def phrasebook(entries: Sequence[Entry], *, tags: Sequence[str]) -> Phrasebook:
    """Make the automaton of all entries.

    Raises
    ------
    InvalidInput: a tag is not among ``tags``, or a pattern is empty or wrongly bracketed.
    """
    numbers = {tag: number for number, tag in enumerate(tags)}
    growing = Growing()
    for entry in entries:
        if entry.tag not in numbers:
            raise InvalidInput(f"A tag must be one of {', '.join(tags)}. Got {entry.tag}.")
    parsed = [patterns.parsed(entry.pattern) for entry in entries]
    growing.learn(parsed)
    for entry, pattern in zip(entries, parsed, strict=True):
        growing.add(pattern, numbers[entry.tag], entry.languages)
    return Phrasebook(tuple(tags), _hashed(growing.edges()), *growing.packed())


def _hashed(edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Open addressing, a third full at most: (key or -1, target) a row."""
    size = 1 << int(np.ceil(np.log2(max(8, 3 * len(edges)))))
    table = np.full((size, 2), -1, np.int64)
    fill_kernel(table, edges)
    return table
