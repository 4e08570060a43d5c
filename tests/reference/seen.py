"""Slow twins of the kernels of reading, written to be read: plain strings and dicts, one text at a time."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text.features import GROUPS, LONGEST, SHORTEST
from entourage.engine.text.tokens import CAPS, DRAWN_OUT, HASH, WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import FastEncoder, Table
    from entourage.engine.text.features import Features
    from entourage.engine.text.head import Head
    from entourage.engine.text.tokens import Tokens

_64 = (1 << 64) - 1
_OFFSET, _PRIME, _MIX = 0xCBF29CE484222325, 0x100000001B3, 0xFF51AFD7ED558CCD


def mixed(state: int) -> int:
    """The last 32 bits of a hash."""
    state ^= state >> 32
    return ((state * _MIX) & _64) >> 32


def hashed(letters: str) -> int:
    """FNV-1a over code points."""
    state = _OFFSET
    for letter in letters:
        state = ((state ^ ord(letter)) * _PRIME) & _64
    return mixed(state)


def pair(one: int, two: int) -> int:
    """The number of two numbers in this order."""
    state = ((_OFFSET ^ one) * _PRIME * _PRIME) & _64
    return mixed(((state ^ two) * _PRIME) & _64)


def letter_groups(word: str) -> list[int]:
    """The numbers of all groups of a word's letters, its edges being letters too."""
    letters, found = [1, *map(ord, word), 1], []
    for first in range(len(letters)):
        for size in range(SHORTEST, LONGEST + 1):
            if first + size <= len(letters):
                state = (_OFFSET * _PRIME) & _64
                for letter in letters[first : first + size]:
                    state = ((state ^ letter) * _PRIME) & _64
                found.append(mixed(state))
    return found


def numbers(found: Tokens, text: int) -> list[list[int]]:
    """The numbers of words, pairs, letter groups and manner of one text."""
    rows = range(int(found.texts[text]), int(found.texts[text + 1]))
    words = [hashed(found.read_as(n)) for n in rows]
    groups = [number for n in rows if found.kind[n] == WORD for number in letter_groups(found.read_as(n))]
    manner = []
    for n in rows:
        manner += [pair(flag, 0) for flag in (CAPS, DRAWN_OUT, HASH) if found.flags[n] & flag]
        manner += [pair(8 + int(found.kind[n]), 0)] if found.kind[n] != WORD else []
    return [words, [pair(a, b) for a, b in pairwise(words)], groups, manner]


def logits(head: Head, found: Features, text: int, vector: NDArray[np.float32]) -> NDArray[np.float64]:
    """What a head says of one text."""
    total = head.bias.astype(np.float64) + vector.astype(np.float64) @ head.dense.astype(np.float64)
    for group in range(GROUPS):
        mine = found.numbers[found.bounds[text, group] : found.bounds[text, group + 1]]
        for number in mine:
            row = head.grams[int(number) % len(head.grams)].astype(np.float64) * head.gram_scale
            total += float(head.groups[group]) / math.sqrt(len(mine)) * row
    return total


def pooled(found: Tokens, text: int, table: Table) -> NDArray[np.float64]:
    """The weighted mean of the vectors of one text's words; unknown words by their letter groups."""
    row_of = {int(word): row for row, word in enumerate(table.words)}
    vectors = []
    for n in range(int(found.texts[text]), int(found.texts[text + 1])):
        word = found.read_as(n)
        if (row := row_of.get(hashed(word))) is not None:
            vectors.append(table.scale[row] * table.rows[row].astype(np.float64))
        elif found.kind[n] == WORD:
            parts = [table.groups[number % len(table.groups)].astype(np.float64) for number in letter_groups(word)]
            vectors.append(table.group_scale * np.mean(parts, axis=0))
    return np.mean(vectors, axis=0) if vectors else np.zeros(table.rows.shape[1])


def unsaid(found: Features, encoder: FastEncoder) -> NDArray[np.float32]:
    """What of each text's vector comes from no word: where a text without a word would be, T x d."""
    table, sums = encoder.table, encoder.pooled(found)
    size = np.linalg.norm(sums @ table.turn + table.shift, axis=1, keepdims=True)
    return np.where(sums.any(axis=1, keepdims=True), table.shift / np.maximum(size, np.float32(1e-9)), 0)
