"""Macro-F1 of three signs, with intervals from resampled texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 1000


def resampled(
    truth: NDArray[np.int64], judged: NDArray[np.int64], signs: tuple[int, ...] = (0, 1, 2)
) -> NDArray[np.float64]:
    """Macro-F1 in points: first as it is, then of ``RESAMPLES`` draws of as many tweets; the same draws every time."""
    counts = np.vstack([np.ones(len(truth)), np.random.default_rng(0).multinomial(
        len(truth), np.full(len(truth), 1 / len(truth)), RESAMPLES
    )])  # fmt: skip
    scores = []
    for sign in signs:
        right = counts @ ((truth == sign) & (judged == sign))
        scores.append(2 * right / np.maximum(counts @ (truth == sign) + counts @ (judged == sign), 1))
    return 100 * np.mean(scores, axis=0)


def interval(draws: NDArray[np.float64]) -> list[float]:
    """[as it is, 2.5 %, 97.5 %]."""
    return [round(float(value), 1) for value in (draws[0], *np.quantile(draws[1:], (0.025, 0.975)))]
