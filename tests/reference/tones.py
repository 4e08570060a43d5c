"""Warmth the slow way: products of whole numbers for the crowd's likelihood, one integral a chance."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import factorial, log, prod
from typing import TYPE_CHECKING

from scipy.integrate import quad
from scipy.special import betainc
from scipy.stats import beta

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        signed = part.ppf(chance)
        if signed <= abs(edge):  # too few with a sign for the edge to be reached: all is below it, or nothing
            return float(edge > 0)
        return float(betainc(positive, negative, (1 + edge / signed) / 2))

    kink = float(part.cdf(abs(edge)))
    # More digits than ``ppf`` has cannot be summed: asked for them, it warns.
    value, _ = quad(at, 0, 1, points=[kink] if 0 < kink < 1 else None, limit=400, epsabs=1e-6, epsrel=1e-6)
    return value


def _rising(start: Fraction, steps: int) -> Fraction:
    return prod((start + step for step in range(steps)), start=Fraction(1))


def misread(
    shape: tuple[Fraction, ...], counts: tuple[int, ...], confusion: tuple[tuple[Fraction, ...], ...]
) -> tuple[Fraction, Fraction]:
    """The chance of what was read, and positive minus negative expected: a sum over all that may truly have been said.

    Of the messages read as one sign, any split into true signs is possible; each split is weighed by the reader's
    errors and by the crowd.
    """
    whole, net = Fraction(0), Fraction(0)
    total = sum(shape, start=Fraction(0))
    splits = [list(_splits(count)) for count in counts]
    for parts in product(*splits):
        true = [sum(part[sign] for part in parts) for sign in range(3)]
        chance = prod((_rising(one, n) for one, n in zip(shape, true, strict=True)), start=Fraction(1))
        chance /= _rising(total, sum(true))
        for read, part in enumerate(parts):
            chance *= Fraction(factorial(sum(part)), prod(factorial(one) for one in part))
            chance *= prod((confusion[sign][read] ** part[sign] for sign in range(3)), start=Fraction(1))
        whole += chance
        net += chance * (shape[0] + true[0] - shape[2] - true[2]) / (total + sum(true))
    return whole, net / whole


def _splits(count: int) -> Iterator[tuple[int, int, int]]:
    for one in range(count + 1):
        for two in range(count + 1 - one):
            yield one, two, count - one - two
