"""What a brand's own labels add to the shipped head: a small model of the difference, so that few labels do no harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from entourage.engine.text.features import GROUPS, PAIRS
from entourage.engine.text.fitting import quantised
from entourage.engine.text.head import Head, softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen

    Floats = NDArray[np.float64]

#: Buckets of the hashed words: small, a brand's labels are few.
BITS: Final = 12
#: How loud pairs of words are beside all other groups of features, and the vectors beside those: the best of a few
#: tries on three languages, each read by a head of the seven others (64 labels a class).
PAIRS_LOUD: Final = 0.5
VECTORS: Final = 3.0
#: How loud the shipped head's own log chances are, and the constant: the prior of a brand is learned from few labels.
SHIPPED: Final = 0.5
CONSTANT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Residual:
    """Adds to the shipped log chances (T x C): their product with ``mix`` (C x C), and what ``head`` tells."""

    mix: NDArray[np.float32]
    head: Head

    def chances(self, seen: Seen, shipped: Floats) -> Floats:
        """The chances of each class of T texts; ``shipped`` are those of the shipped head, T x C."""
        logs = _logs(shipped)
        return softmax(logs + logs @ self.mix + self.head.logits(seen))


@dataclass(frozen=True, slots=True)
class Table:
    """T labelled texts as the residual sees them: sparse columns, dense columns, and what the shipped head believes."""

    words: sparse.csr_array
    dense: Floats
    logs: Floats

    def rows(self, rows: NDArray[np.int64]) -> Table:
        """Some of the texts."""
        return Table(self.words[rows], self.dense[rows], self.logs[rows])


def tabled(seen: Seen, shipped: Floats) -> Table:
    """Lay out T texts; ``shipped`` are the chances of the shipped head, T x C."""
    logs = _logs(shipped)
    ones = np.full((len(logs), 1), CONSTANT)
    return Table(_words(seen), np.hstack((seen.vectors * VECTORS, logs * SHIPPED, ones)), logs)


def fitted(table: Table, truth: NDArray[np.int64], ridge: float, start: Floats | None = None) -> Floats:
    """The weights (columns x C) that make the truth likeliest; ``ridge`` pulls all of them to "no difference"."""
    columns, classes = table.words.shape[1] + table.dense.shape[1], table.logs.shape[1]
    wanted = np.eye(classes)[truth]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weight = flat.reshape(columns, classes)
        chances = predicted(table, weight)
        off = chances - wanted
        slope = np.vstack((table.words.T @ off, table.dense.T @ off)) + ridge * weight
        return float(-np.log(chances[wanted > 0] + 1e-300).sum() + ridge / 2 * (weight**2).sum()), slope.ravel()

    first = np.zeros(columns * classes) if start is None else start.ravel()
    solved: Floats = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return solved.reshape(columns, classes)


def predicted(table: Table, weight: Floats) -> Floats:
    """The chances of T texts under these weights."""
    sparse_columns = table.words.shape[1]
    return softmax(table.logs + table.words @ weight[:sparse_columns] + table.dense @ weight[sparse_columns:])


def residual(seen: Seen, weight: Floats, classes: tuple[str, ...]) -> Residual:
    """The weights as a head that ships with a brand."""
    words, dimensions = 1 << BITS, seen.vectors.shape[1]
    vectors = weight[words : words + dimensions] * VECTORS
    mix = weight[words + dimensions : -1] * SHIPPED
    grams, scale = quantised(weight[:words])
    head = Head(
        classes=classes, encoder_id=seen.encoder_id, dense=vectors.astype(np.float32), grams=grams, gram_scale=scale,
        groups=_loud(), bias=(weight[-1] * CONSTANT).astype(np.float32),
    )  # fmt: skip
    return Residual(mix.astype(np.float32), head)


def _words(seen: Seen) -> sparse.csr_array:
    """The hashed features as the head weighs them."""
    found, loud = seen.features, _loud()
    counts = np.diff(found.bounds, axis=1)
    each = np.repeat((loud / np.sqrt(np.maximum(counts, 1))).ravel(), counts.ravel())
    starts = np.append(found.bounds[:, 0], found.bounds[-1:, GROUPS]) if len(found.bounds) else np.zeros(1, np.int64)
    places = (found.numbers & np.uint32((1 << BITS) - 1)).astype(np.int64)
    table = sparse.csr_array((each.astype(np.float64), places, starts), shape=(len(counts), 1 << BITS))
    table.sum_duplicates()
    return table


def _loud() -> NDArray[np.float32]:
    return np.array([PAIRS_LOUD if group == PAIRS else 1.0 for group in range(GROUPS)], np.float32)


def _logs(chances: Floats) -> Floats:
    logs = np.log(np.maximum(chances, 1e-6))
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred
