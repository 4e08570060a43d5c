"""BG/BB as the paper prints it (Fader, Hardie & Shang 2010, eq. 7 and 13), in fifty digits: slow, and beyond doubt.

Rational parameters make every beta function a ratio of products, so Python's own fractions compute it exactly.
"""

from __future__ import annotations

from fractions import Fraction
from math import log, prod


def rising(start: Fraction, steps: int) -> Fraction:
    """start (start + 1) ... (start + steps - 1)."""
    return prod((start + step for step in range(steps)), start=Fraction(1))


def beta_ratio(a: Fraction, b: Fraction, up: int, down: int) -> Fraction:
    """B(a + up, b + down) / B(a, b)."""
    return rising(a, up) * rising(b, down) / rising(a + b, up + down)


def alive_term(shape: tuple[Fraction, ...], x: int, n: int) -> Fraction:
    """The part of the likelihood in which they are still there after n opportunities."""
    a, b, g, d = shape
    return beta_ratio(a, b, x, n - x) * beta_ratio(g, d, 0, n)


def likelihood(shape: tuple[Fraction, ...], x: int, t_x: int, n: int) -> Fraction:
    """Equation 7: alive, or gone after opportunity t_x, t_x + 1 ... n - 1."""
    a, b, g, d = shape
    gone = (beta_ratio(a, b, x, last - x) * beta_ratio(g, d, 1, last) for last in range(t_x, n))
    return alive_term(shape, x, n) + sum(gone, start=Fraction(0))


def log_likelihood(shape: tuple[Fraction, ...], x: int, t_x: int, n: int) -> float:
    """Its logarithm, safe where the fraction itself is too small for a float."""
    exact = likelihood(shape, x, t_x, n)
    return log(exact.numerator) - log(exact.denominator)


def alive(shape: tuple[Fraction, ...], x: int, t_x: int, n: int) -> float:
    """Chance of being there after n opportunities."""
    return float(alive_term(shape, x, n) / likelihood(shape, x, t_x, n))


def expected(shape: tuple[Fraction, ...], x: int, t_x: int, n: int, ahead: int) -> float:
    """Equation 13, as the plain sum over coming opportunities of being there and engaging."""
    a, b, g, d = shape
    coming = sum((beta_ratio(g, d, 0, n + step) for step in range(1, ahead + 1)), start=Fraction(0))
    return float(beta_ratio(a, b, x + 1, n - x) * coming / likelihood(shape, x, t_x, n))
