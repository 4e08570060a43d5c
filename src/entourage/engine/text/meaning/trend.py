"""Whether more is said of something than in the weeks before, with what chance alone would explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scipy.special import betaincinv

from entourage.engine.errors import InvalidInput

#: Both ends together leave out one comparison in twenty.
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Trend:
    """How many times as often as before, with its 95 % interval; None has no bound, for nothing came before."""

    times: float | None
    low: float
    high: float | None

    @property
    def sign(self) -> int:
        """1 where it surely rises, -1 where it surely falls, 0 where chance may be all there is to it."""
        if self.low > 1:
            return 1
        return -1 if self.high is not None and self.high < 1 else 0


def trend(now: int, before: int, *, span_before: float, span: float = 1.0) -> Trend:
    """Compare how often something is said now with how often it was before.

    Counts of two stretches, each Poisson with its own rate: given their sum, the later one is binomial, and the exact
    (Clopper-Pearson) interval of its share is an interval of the rates' ratio.

    Parameters
    ----------
    now, before : messages in the stretch and in the stretches before it
    span, span_before : how long each is, in the same unit

    Raises
    ------
    InvalidInput: a count below zero, or a stretch that is not longer than nothing.

    Notes
    -----
    Source: Przyborowski & Wilenski (1940). Messages that come in bursts spread more than Poisson's, and the interval is
    then too narrow: docs/methods/meaning.md.

    Examples
    --------
    >>> risen = trend(12, 16, span_before=4)
    >>> round(risen.times, 1), round(risen.low, 1), round(risen.high, 1), risen.sign
    (3.0, 1.3, 6.8, 1)
    """
    if min(now, before) < 0 or min(span, span_before) <= 0:
        raise InvalidInput(
            "`now` and `before` of a trend must be counts and the spans longer than 0. "
            f"Got {now}, {before}, {span}, {span_before}."
        )
    scale, tail = span_before / span, (1 - LEVEL) / 2
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    if before == 0:
        return Trend(None, _odds(low) * scale, None)
    high = float(betaincinv(now + 1, before, 1 - tail))
    return Trend(now / before * scale, _odds(low) * scale, _odds(high) * scale)


def _odds(share: float) -> float:
    return share / (1 - share)
