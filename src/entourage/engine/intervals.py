"""Intervals of shares: how far a count of so many can be trusted."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from entourage.engine.errors import InvalidInput


def z_of(level: float) -> float:
    """How many standard errors a two-sided interval of this level spans on each side.

    Raises
    ------
    InvalidInput: ``level`` is no share between 0 and 1.
    """
    if not 0 < level < 1:
        raise InvalidInput(f"`level` must lie between 0 and 1. Got {level:g}; write 0.95 for 95 %.")
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(part: int, whole: int, *, level: float) -> tuple[float, float]:
    """From where to where the share ``part`` of ``whole`` may lie; ``whole`` is at least 1.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> [round(edge, 3) for edge in wilson(1, 10, level=0.95)]
    [0.018, 0.404]
    """
    z, p = z_of(level), part / whole
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    # Rounding must not put the share itself outside.
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))
