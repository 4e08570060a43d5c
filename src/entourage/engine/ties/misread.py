"""What people truly say, where whoever reads them errs in a known way: the crowd, and one person in it.

The reader takes praise for a question, or a joke for praise, in shares that are known (``confusion``). What is read
of a person then tells less, and tells it slanted. Each person's true shares are looked for on a grid: the part of
their messages with a sign, and how much of that part is praise. There the crowd's Dirichlet distribution is two beta
distributions, so that every cell has its exact weight, also where these are steep. K kinds of people share counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import betainc

from entourage.engine.errors import InvalidInput
from entourage.engine.ties.tones import BOUNDS, START, Tones, belief, heard

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts, Floats

#: Cells along either side of the grid, narrow where distributions are steep; even, so that the middle, where for
#: becomes against, is an edge.
CELLS = 48
_EDGES = np.sin(np.linspace(0, np.pi / 2, CELLS + 1)) ** 2
_MIDDLES = (_EDGES[1:] + _EDGES[:-1]) / 2
_SIGNED, _PRAISE = (part.ravel() for part in np.meshgrid(_MIDDLES, _MIDDLES, indexing="ij"))
#: True shares of positive, neutral, negative in each cell, and the first minus the last.
_SHARES = np.column_stack([_SIGNED * _PRAISE, 1 - _SIGNED, _SIGNED * (1 - _PRAISE)])
_NET = _SHARES[:, 0] - _SHARES[:, 2]
_ORDER = np.argsort(_NET, kind="stable")
#: So many kinds at once: their weights over all cells take 20 MB.
_CHUNK = 1_000


def checked(confusion: Any) -> Floats:
    """The reader's errors as an array: rows are true signs, columns read ones (positive, neutral, negative).

    Raises
    ------
    InvalidInput: not three rows of three shares that sum to 1.
    """
    table = np.asarray(confusion, dtype=float)
    if table.shape != (3, 3) or (table < 0).any() or not np.allclose(table.sum(axis=1), 1, atol=1e-3):
        raise InvalidInput(
            "`confusion` of warmth must be three rows (truly positive, neutral, negative) of three shares (read as "
            f"positive, neutral, negative) that sum to 1. Got {table.round(3).tolist()}; divide each row by its sum."
        )
    return table


def believed(means: Any, messages: Any) -> Floats:
    """The confusion that a reader's own calibrated probabilities tell: no truth is needed.

    Parameters
    ----------
    means : 3 x 3: over the messages read as positive, neutral, negative (rows), the mean probability of each sign
    messages : 3: how many were read as each

    Examples
    --------
    Of ten messages read as praise two are probably questions, and so on.

    >>> believed([[0.8, 0.2, 0.0], [0.1, 0.9, 0.0], [0.0, 0.5, 0.5]], [10, 10, 10]).round(2).tolist()
    [[0.89, 0.11, 0.0], [0.12, 0.56, 0.31], [0.0, 0.0, 1.0]]
    """
    many = np.asarray(messages, dtype=float)[:, None]
    # Where no message was read as a sign, its means are of nothing.
    both = np.where(many > 0, np.asarray(means, dtype=float) * many, 0.0).T
    # A sign that no message may have is never misread.
    both += np.diag(np.where(both.sum(axis=1) > 0, 0.0, 1.0))
    shares: Floats = both / both.sum(axis=1, keepdims=True)
    return shares


def fitted(counts: Counts, people: Counts | Floats, *, confusion: Floats) -> Tones:
    """Fit the crowd's true tones by maximum likelihood to what was read, with ``tones.belief`` beforehand.

    Parameters
    ----------
    counts : int array, K x 3: messages read as positive, neutral, negative
    people : array, K: how many people are of each kind
    """
    spoken = counts.sum(axis=1) > 0
    chances, weight = _chances(counts[spoken], confusion), people[spoken].astype(float)

    def loss(logs: Floats) -> float:
        told = weight @ np.log(np.maximum(chances @ _weights(np.exp(logs)), 1e-300))
        return -float(told + belief(logs)[0])

    search: Any = loss
    best = minimize(search, START, method="L-BFGS-B", bounds=BOUNDS)
    return heard(np.exp(best.x))


def told(counts: Counts, crowd: Tones, *, confusion: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Positive minus negative of K kinds of people, expected, and where it probably lies from and to."""
    weights = _weights(crowd.shape)
    parts = [
        _told(counts[start : start + _CHUNK], weights, confusion, level) for start in range(0, len(counts), _CHUNK)
    ]
    if not parts:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    value, low, high = (np.concatenate(column) for column in zip(*parts, strict=True))
    return value, low, high


def _told(counts: Counts, weights: Floats, confusion: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    after = _chances(counts, confusion) * weights
    after /= after.sum(axis=1, keepdims=True)
    sums = np.cumsum(after[:, _ORDER], axis=1)
    tail = (1 - level) / 2
    low, high = (_NET[_ORDER][np.argmax(sums >= chance, axis=1)] for chance in (tail, 1 - tail))
    return after @ _NET, low, high


def _chances(counts: Counts, confusion: Floats) -> Floats:
    """How likely each kind's counts are in each cell, K x CELLS², beside the likeliest."""
    logs = counts @ np.log(np.maximum(_SHARES @ confusion, 1e-12)).T
    chances: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    return chances


def _weights(shape: Floats) -> Floats:
    """The chance of each cell before anybody spoke."""
    positive, neutral, negative = shape
    signed = np.diff(betainc(positive + negative, neutral, _EDGES))
    praise = np.diff(betainc(positive, negative, _EDGES))
    weights: Floats = np.outer(signed, praise).ravel()
    return weights
