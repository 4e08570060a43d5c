"""Fitting a head: multinomial logistic regression with a ridge, by L-BFGS over sparse and dense features at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit
from scipy.optimize import minimize

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.text.features import GROUPS
from entourage.engine.text.head import Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen

    Doubles = NDArray[np.float64]

#: Weights of the groups (words, pairs, letter groups, manner, tone) before fitting: a ridge then pulls each as hard.
GROUP_WEIGHTS = (1.0, 0.7, 1.0, 0.5, 1.0)


def fit(
    seen: Seen,
    truth: Sequence[str],
    *,
    classes: Sequence[str],
    bits: int = 16,
    ridge: float = 1e-4,
    vectors: float = 1.0,
    groups: Sequence[float] = GROUP_WEIGHTS,
    weights: NDArray[np.float64] | None = None,
    steps: int = 150,
) -> Head:
    """Fit a head on T texts.

    Parameters
    ----------
    seen : T texts as ``see`` gives them
    truth : T class names
    classes : the C classes, in the order of the head's columns
    bits : the head keeps 2^bits numbers for each class
    ridge : the pull towards zero, in units of the mean loss
    vectors, groups : how loud the vectors and each group of hashed features are; groups that are not given are silent
    weights : how much each text counts, T

    Raises
    ------
    NotEnoughData: fewer than two classes have a text.
    """
    wanted = _wanted(truth, tuple(classes))
    rows = np.ones(len(wanted)) if weights is None else np.asarray(weights, dtype=np.float64)
    if len(wanted) != len(seen):
        raise InvalidInput(f"`truth` must have one row a text. Got {len(wanted)} for {len(seen)} texts.")
    if (wanted.sum(axis=0) > 0).sum() < 2:
        raise NotEnoughData("A head needs texts of two classes at least. Got one; label some of another.")
    loud = np.zeros(GROUPS, dtype=np.float32)
    loud[: len(groups)] = groups
    starts, places, values = _sparse(seen, loud, bits)
    used, places = np.unique(places, return_inverse=True)
    dense = (seen.vectors * np.float32(vectors)).astype(np.float64)
    shape = (len(used) + dense.shape[1] + 1, len(classes))
    solved = minimize(
        _loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B",
        args=(shape, starts, places, values, dense, wanted, rows / rows.sum(), ridge),
        options={"maxiter": steps, "maxfun": 2 * steps, "maxcor": 8},
    ).x.reshape(shape)  # fmt: skip
    table = np.zeros((1 << bits, len(classes)), dtype=np.float64)
    table[used] = solved[: len(used)]
    grams, scale = quantised(table)
    return Head(
        classes=tuple(classes), encoder_id=seen.encoder_id,
        dense=(solved[len(used) : -1] * vectors).astype(np.float32), grams=grams, gram_scale=scale, groups=loud,
        bias=solved[-1].astype(np.float32),
    )  # fmt: skip


def quantised(table: Doubles) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A table as int8 and one scale a column."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-12) / 127
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float32)


def _wanted(truth: Sequence[str], classes: tuple[str, ...]) -> Doubles:
    for place, value in enumerate(truth):
        if value not in classes:
            raise InvalidInput(f"`truth` must hold {', '.join(classes)}. Got {value!r} at place {place}.")
    return np.eye(len(classes))[[classes.index(str(value)) for value in truth]]


def _sparse(seen: Seen, loud: NDArray[np.float32], bits: int) -> tuple[NDArray[Any], NDArray[Any], Doubles]:
    """Compressed rows of the hashed features as the head weighs them: starts, places, values."""
    bounds, numbers = seen.features.bounds, seen.features.numbers
    starts = np.append(bounds[:, 0], bounds[-1:, GROUPS])
    counts = np.diff(bounds, axis=1)
    each = (loud / np.sqrt(np.maximum(counts, 1))).astype(np.float64)
    values = np.repeat(each.ravel(), counts.ravel())
    return starts, (numbers & np.uint32((1 << bits) - 1)).astype(np.int64), values


def _loss(flat, shape, starts, places, values, dense, wanted, rows, ridge):  # type: ignore[no-untyped-def]
    """The mean loss with the ridge, and its slope; the bias is not pulled."""
    all_weights = flat.reshape(shape)
    sparse = len(all_weights) - dense.shape[1] - 1
    logits = _times(starts, places, values, all_weights) + dense @ all_weights[sparse:-1] + all_weights[-1]
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances = raised / raised.sum(axis=1, keepdims=True)
    loss = -(rows * (wanted * np.log(chances + 1e-300)).sum(axis=1)).sum()
    off = rows[:, None] * (chances * wanted.sum(axis=1, keepdims=True) - wanted)
    slope = np.empty(shape)
    slope[:sparse] = _times_back(starts, places, values, off, sparse)
    slope[sparse:-1], slope[-1] = dense.T @ off, off.sum(axis=0)
    slope[:-1] += ridge * all_weights[:-1]
    return loss + ridge / 2 * (all_weights[:-1] ** 2).sum(), slope.ravel()


@njit(cache=True)
def _times(starts, places, values, table):  # type: ignore[no-untyped-def]
    # Cost: C for each feature.
    classes = table.shape[1]
    out = np.zeros((len(starts) - 1, classes))
    for t in range(len(out)):
        for k in range(starts[t], starts[t + 1]):
            for c in range(classes):
                out[t, c] += values[k] * table[places[k], c]
    return out


@njit(cache=True)
def _times_back(starts, places, values, off, rows):  # type: ignore[no-untyped-def]
    # Cost: C for each feature.
    classes = off.shape[1]
    out = np.zeros((rows, classes))
    for t in range(len(off)):
        for k in range(starts[t], starts[t + 1]):
            for c in range(classes):
                out[places[k], c] += values[k] * off[t, c]
    return out
