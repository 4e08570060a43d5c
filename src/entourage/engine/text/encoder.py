"""Texts as vectors: what an encoder is, and the fast one that ships with the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numba import njit

from entourage.engine.text import weights
from entourage.engine.text.features import LETTERS, WORDS, Features, features, rows
from entourage.engine.text.features import without as without_tokens
from entourage.engine.text.lexicon import row_of, slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What turns texts into vectors whose angles tell how near their meanings are.

    Another encoder (a bigger model, a service) takes part by having these three. A head and an index remember the
    ``id`` of the encoder they were made with, and refuse any other.
    """

    @property
    def id(self) -> str:
        """A name that changes whenever the vectors do."""

    @property
    def dimensions(self) -> int:
        """The length of a vector, d."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """T texts as unit rows, T x d; a text without a known word is a row of zeros."""


@dataclass(frozen=True, slots=True)
class Seen:
    """T texts as a head sees them: their hashed features, and their vectors by one encoder."""

    encoder_id: str
    vectors: Vectors
    features: Features

    def __len__(self) -> int:
        return len(self.vectors)

    def rows(self, places: NDArray[np.int64]) -> Seen:
        """The texts at ``places``, in that order."""
        return Seen(self.encoder_id, self.vectors[places], rows(self.features, places))


def see(texts: Sequence[str], encoder: Encoder | None = None) -> Seen:
    """Read T texts once for all heads; ``encoder`` is the fast one unless another is given."""
    found = features(texts)
    if encoder is None:
        return Seen(fast().id, fast().vectors(found), found)
    return Seen(encoder.id, encoder.encode(texts), found)


def without(seen: Seen, gone: NDArray[np.bool_]) -> Seen:
    """The same texts as the fast encoder sees them when the tokens where ``gone`` (N) is true are cut out."""
    found = without_tokens(seen.features, gone)
    return Seen(fast().id, fast().vectors(found), found)


@dataclass(frozen=True, slots=True)
class Table:
    """A static table: a vector for each of W known words, and for the letter groups that unknown words are made of.

    ``slots`` is an open hash table of rows (row + 1; 0 is empty) over ``words``; vectors are int8 times ``scale``,
    which carries the word's weight (frequent words weigh less).
    """

    words: NDArray[np.uint32]
    rows: NDArray[np.int8]
    scale: Vectors
    groups: NDArray[np.int8]
    group_scale: float
    turn: Vectors
    shift: Vectors
    slots: NDArray[np.int32]


class FastEncoder:
    """A static table of word vectors, distilled from a sentence encoder: no network runs, only sums.

    The vector of a text is the weighted sum of its words' vectors, turned towards what the sentence encoder says of
    whole sentences. Source: Arora et al. (2017) for the weights; docs/methods/reading.md for the distillation.
    """

    def __init__(self, table: Table, name: str) -> None:
        self.table, self._id = table, name

    @property
    def id(self) -> str:
        """A name that changes whenever the vectors do."""
        return self._id

    @property
    def dimensions(self) -> int:
        """The length of a vector, d."""
        return int(self.table.turn.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """T texts as unit rows, T x d; a text without a known word is a row of zeros."""
        return self.vectors(features(texts))

    def vectors(self, found: Features) -> Vectors:
        """The same from features that are already there."""
        table, sums = self.table, self.pooled(found)
        turned = sums @ table.turn + table.shift
        turned[~sums.any(axis=1)] = 0  # no known word says nothing, not what the average text says
        unit: Vectors = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), np.float32(1e-9))
        return unit

    def pooled(self, found: Features) -> Vectors:
        """The weighted mean of the vectors of each text's words, before it is turned, T x d."""
        return pooled(found, self.table)

    def token_shares(self, seen: Seen, towards: Vectors) -> Vectors:
        """How much each of N tokens adds to the product of its text's vector with that text's row of ``towards``."""
        table, found = self.table, seen.features
        before = self.pooled(found) @ table.turn + table.shift
        size = np.maximum(np.linalg.norm(before, axis=1, keepdims=True), np.float32(1e-9))
        shares: Vectors = _token_shares(
            found.bounds, found.numbers, found.whose, table.slots, table.words, table.rows, table.scale, table.groups,
            np.float32(table.group_scale), len(found.tokens), (towards / size) @ table.turn.T,
        )  # fmt: skip
        return shares


def pooled(found: Features, table: Table) -> Vectors:
    """The weighted mean of the vectors of each text's words, T x d."""
    sums: Vectors = _pooled(
        found.bounds, found.numbers, found.whose, table.slots, table.words, table.rows, table.scale, table.groups,
        np.float32(table.group_scale),
    )  # fmt: skip
    return sums


@lru_cache(maxsize=1)
def fast() -> FastEncoder:
    """The fast encoder as it ships."""
    kept = weights.load("encoder")
    table = Table(
        words=kept["words"], rows=kept["rows"], scale=kept["scale"].astype(np.float32), groups=kept["groups"],
        group_scale=float(kept["group_scale"][0]), turn=kept["turn"].astype(np.float32),
        shift=kept["shift"].astype(np.float32), slots=slots(kept["words"]),
    )  # fmt: skip
    return FastEncoder(table, weights.name("encoder"))


@njit(cache=True, fastmath=True)
def _pooled(bounds, numbers, whose, filled, words, rows, scale, groups, group_scale):  # type: ignore[no-untyped-def]
    # Cost: d for each known word; d for each letter group of an unknown one.
    d = rows.shape[1]
    total = np.zeros((len(bounds), d), np.float32)
    for t in range(len(bounds)):
        count = 0
        k = bounds[t, LETTERS]
        for n in range(bounds[t, WORDS], bounds[t, WORDS + 1]):
            first = k
            while k < bounds[t, LETTERS + 1] and whose[k] == whose[n]:
                k += 1
            row = row_of(numbers[n], filled, words)
            if row >= 0:
                for i in range(d):
                    total[t, i] += scale[row] * np.float32(rows[row, i])
            else:
                for j in range(first, k):
                    group = np.int64(numbers[j]) & (len(groups) - 1)
                    for i in range(d):
                        total[t, i] += group_scale / np.float32(k - first) * np.float32(groups[group, i])
            count += row >= 0 or k > first
        if count:
            total[t] /= np.float32(count)
    return total


@njit(cache=True, fastmath=True)
def _token_shares(bounds, numbers, whose, filled, words, rows, scale, groups, group_scale, many, towards):  # type: ignore[no-untyped-def]
    # Cost: as for the pooled vectors.
    d = rows.shape[1]
    shares = np.zeros(many, np.float32)
    for t in range(len(bounds)):
        count = 0
        k = bounds[t, LETTERS]
        for n in range(bounds[t, WORDS], bounds[t, WORDS + 1]):
            first = k
            while k < bounds[t, LETTERS + 1] and whose[k] == whose[n]:
                k += 1
            row = row_of(numbers[n], filled, words)
            share = np.float32(0)
            if row >= 0:
                for i in range(d):
                    share += scale[row] * np.float32(rows[row, i]) * towards[t, i]
            else:
                for j in range(first, k):
                    group = np.int64(numbers[j]) & (len(groups) - 1)
                    for i in range(d):
                        share += group_scale / np.float32(k - first) * np.float32(groups[group, i]) * towards[t, i]
            count += row >= 0 or k > first
            shares[whose[n]] = share
        for n in range(bounds[t, WORDS], bounds[t, WORDS + 1]):
            shares[whose[n]] /= np.float32(max(count, 1))
    return shares
