"""What a brand's own labels add to the shipped head: a small model of the difference, so that few labels do no harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from entourage.engine.errors import InvalidInput
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
#: How loud the vectors of another encoder are, where the reader has one: they hold more of what a message means, and
#: each of their more numerous directions holds less of it.
NEAR: Final = 6.0
#: How loud the shipped head's own log chances are, and the constant: the prior of a brand is learned from few labels.
SHIPPED: Final = 0.5
CONSTANT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Residual:
    """Adds to the shipped log chances (T x C): their product with ``mix`` (C x C), and what ``head`` tells.

    ``near`` (d x C) is for the vectors of another encoder beside the fast one; it has no rows where there is none.
    """

    mix: NDArray[np.float32]
    head: Head
    near: NDArray[np.float32]

    def chances(self, seen: Seen, shipped: Floats, near: Seen | None = None) -> Floats:
        """The chances of each class of T texts.

        Parameters
        ----------
        shipped : the chances of the shipped head, T x C
        near : the texts as the other encoder sees them; not looked at where this has no rows for it

        Raises
        ------
        InvalidInput: ``near`` is missing where it is needed.
        """
        logs = _logs(shipped)
        logits = logs + logs @ self.mix + self.head.logits(seen)
        return softmax(logits + self._told(near) if len(self.near) else logits)

    def _told(self, near: Seen | None) -> NDArray[np.float32]:
        if near is None:
            raise InvalidInput(
                "`near` must be the texts as the encoder sees them that this head was taught with. Got none; give it."
            )
        told: NDArray[np.float32] = near.vectors @ self.near
        return told


@dataclass(frozen=True, slots=True)
class Table:
    """T labelled texts as the residual sees them: sparse columns, dense columns, and what the shipped head believes.

    ``rare`` is how loud each sparse column is: what stands in nearly every text tells little.
    """

    words: sparse.csr_array
    rare: Floats
    dense: Floats
    logs: Floats

    def rows(self, rows: NDArray[np.int64]) -> Table:
        """Some of the texts."""
        return Table(self.words[rows], self.rare, self.dense[rows], self.logs[rows])


def tabled(seen: Seen, shipped: Floats, near: Seen | None = None) -> Table:
    """Lay out T texts; ``shipped`` are the chances of the shipped head, T x C, ``near`` what another encoder sees."""
    logs, words = _logs(shipped), _words(seen)
    rare = _rare(words)
    words.data *= rare[words.indices]
    dense = [seen.vectors * VECTORS, logs * SHIPPED, np.full((len(logs), 1), CONSTANT)]
    if near is not None:
        dense.append(near.vectors * NEAR)
    return Table(words, rare, np.hstack(dense), logs)


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


def residual(seen: Seen, table: Table, weight: Floats, classes: tuple[str, ...]) -> Residual:
    """The weights of these texts' table as a head that ships with a brand."""
    ends = np.cumsum((1 << BITS, seen.vectors.shape[1], len(classes), 1))
    words, vectors, mix, bias, near = np.split(weight, ends)
    grams, scale = quantised(words * table.rare[:, None])
    head = Head(
        classes=classes, encoder_id=seen.encoder_id, dense=(vectors * VECTORS).astype(np.float32), grams=grams,
        gram_scale=scale, groups=_loud(), bias=(bias[0] * CONSTANT).astype(np.float32),
    )  # fmt: skip
    return Residual((mix * SHIPPED).astype(np.float32), head, (near * NEAR).astype(np.float32))


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


def _rare(words: sparse.csr_array) -> Floats:
    """The logarithm of how many times as many texts there are as hold each hashed feature (Sparck Jones, 1972)."""
    texts, columns = words.shape
    rare: Floats = np.log((texts + 1) / (np.bincount(words.indices, minlength=columns) + 1))
    return rare


def _loud() -> NDArray[np.float32]:
    return np.array([PAIRS_LOUD if group == PAIRS else 1.0 for group in range(GROUPS)], np.float32)


def _logs(chances: Floats) -> Floats:
    logs = np.log(np.maximum(chances, 1e-6))
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred
