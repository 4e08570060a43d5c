"""Warmth the slow way: products of whole numbers for the crowd's likelihood, one integral a chance."""

from __future__ import annotations

from fractions import Fraction
from math import factorial, log, prod

from scipy.integrate import quad
from scipy.special import betainc
from scipy.stats import beta


def likelihood(shape: tuple[Fraction, ...], counts: tuple[int, ...]) -> Fraction:
    """Mosimann (1962): the chance of these counts, as a product of rising factorials over one."""
    total, spoken = sum(shape, start=Fraction(0)), sum(counts)
    orders = Fraction(factorial(spoken), prod(factorial(count) for count in counts))
    each = prod((_rising(one, count) for one, count in zip(shape, counts, strict=True)), start=Fraction(1))
    return orders * each / _rising(total, spoken)


def belief(shape: tuple[Fraction, ...], *, alike: float) -> float:
    """The logarithm of what is believed beforehand: one message of each sign, people about as alike as ``alike``."""
    total = sum(shape, start=Fraction(0))
    return sum(log(one / total) for one in shape) - log(float(total) / alike) ** 2 / 2


def below(after: tuple[float, float, float], edge: float) -> float:
    """Chance that positive minus negative is at most ``edge``: an integral over the part of messages with a sign."""
    positive, neutral, negative = after
    part = beta(positive + negative, neutral)

    def at(chance: float) -> float:
        share = (1 + edge / part.ppf(chance)) / 2
        return float(betainc(positive, negative, min(max(share, 0.0), 1.0)))

    kink = float(part.cdf(abs(edge)))
    value, _ = quad(at, 0, 1, points=[kink] if 0 < kink < 1 else None, limit=400)
    return value


def _rising(start: Fraction, steps: int) -> Fraction:
    return prod((start + step for step in range(steps)), start=Fraction(1))
