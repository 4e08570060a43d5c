"""Ranks: how well a score puts some before others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def auc(score: NDArray[np.floating], truth: NDArray[np.bool_]) -> float:
    """The chance that one of T texts or people that is true scores above one that is not; ties count half.

    There must be one of each. Cost: T log T.

    Examples
    --------
    >>> auc(np.array([3.0, 2.0, 2.0, 1.0]), np.array([True, True, False, False]))
    0.875
    """
    others = np.sort(score[~truth])
    below = np.searchsorted(others, score[truth], "left") + np.searchsorted(others, score[truth], "right")
    return float(below.mean() / 2 / len(others))
