"""Survival: how long until something happens, when for some people it has not happened yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.intervals import z_of
from entourage.engine.proof.intervals import LEVEL, Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Curve:
    """The share to whom it has not happened yet, after each of K times at which it happened to somebody.

    ``time`` (K, ascending, in the unit of the durations), ``survival`` (K), ``variance`` (K, Greenwood, of
    log(-log S)), ``at_risk`` (K, people still followed just before), ``events`` (K), ``followed`` (all N durations,
    ascending).
    """

    time: Floats
    survival: Floats
    variance: Floats
    at_risk: Ints
    events: Ints
    followed: Floats

    @property
    def people(self) -> int:
        return len(self.followed)

    def band(self, *, level: float = LEVEL) -> tuple[Floats, Floats]:
        """Low and high of the curve at each time, pointwise, on the log-log scale: they stay within 0 and 1."""
        z = z_of(level) * np.sqrt(self.variance)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            hazard = -np.log(self.survival)
            low, high = np.exp(-hazard * np.exp(z)), np.exp(-hazard * np.exp(-z))
        # At 0 and 1 the log-log scale has no width; Greenwood's variance says nothing there either.
        edge = (self.survival <= 0) | (self.survival >= 1)
        return np.where(edge, self.survival, low), np.where(edge, self.survival, high)

    def at(self, time: float, *, level: float = LEVEL) -> Estimate:
        """The share to whom it has not happened by ``time``; unknown beyond the last one followed unless it is 0."""
        if time > self.followed[-1]:
            nobody_left = self.survival.size and self.survival[-1] <= 0
            return Estimate(0.0, 0.0, 0.0) if nobody_left else Estimate(None, None, None)
        step = int(np.searchsorted(self.time, time, side="right")) - 1
        if step < 0:
            return Estimate(1.0, 1.0, 1.0)
        low, high = self.band(level=level)
        return Estimate(float(self.survival[step]), float(low[step]), float(high[step]))

    def still_followed(self, time: float) -> int:
        """How many are followed at least until ``time``."""
        return self.people - int(np.searchsorted(self.followed, time, side="left"))

    def quantile(self, share: float, *, level: float = LEVEL) -> Estimate:
        """The time by which it has happened to this share; ``None`` where the curve does not come down so far.

        The interval inverts the band (Brookmeyer & Crowley 1982): its high end is ``None``, "or later", as long as
        the upper band has not crossed.
        """
        low, high = self.band(level=level)
        target = 1 - share
        return Estimate(
            _crossing(self.time, self.survival, target),
            _crossing(self.time, low, target),
            _crossing(self.time, high, target),
        )


def _crossing(time: Floats, curve: Floats, target: float) -> float | None:
    below = np.flatnonzero(curve <= target + 1e-12)
    return float(time[below[0]]) if below.size else None


def kaplan_meier(durations: Sequence[float] | NDArray[Any], happened: Sequence[bool] | NDArray[Any]) -> Curve:
    """Estimate how long until it happens, counting those to whom it has not happened for as long as they were followed.

    Dropping the unanswered, or those who are still here, makes every delay look shorter than it is; the product-limit
    estimate uses each of them up to the moment when we lost sight of them.

    Parameters
    ----------
    durations : N numbers >= 0, in any one unit
        How long each was followed.
    happened : N booleans
        Whether it had happened at the end of that time; false means "not yet" (censored).

    Returns
    -------
    Curve over the K distinct times at which it happened

    Raises
    ------
    InvalidInput: the two differ in length, or a duration is negative or not a number. NotEnoughData: there is nobody.

    Notes
    -----
    Source: Kaplan & Meier (1958), doi:10.2307/2281868; variance Greenwood (1926), bands on the log-log scale
    (Kalbfleisch & Prentice 2002, 1.4). Remission under 6-MP (Freireich et al. 1963) is reproduced by the tests.

    Examples
    --------
    >>> curve = kaplan_meier([1, 2, 2, 5], [True, True, False, True])
    >>> curve.survival.tolist()
    [0.75, 0.5, 0.0]
    >>> curve.quantile(0.5).value
    2.0
    """
    lasted = np.asarray(durations, dtype=np.float64)
    ended = np.asarray(happened, dtype=bool)
    _check(lasted, ended)
    followed = np.sort(lasted)
    time, events = np.unique(lasted[ended], return_counts=True)
    at_risk = len(lasted) - np.searchsorted(followed, time, side="left")
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - events / at_risk, dtype=np.float64)
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        variance = np.where(survival > 0, greenwood / np.log(survival) ** 2, 0.0)
    return Curve(time, survival, variance, at_risk.astype(np.int64), events.astype(np.int64), followed)


def _check(lasted: Floats, ended: NDArray[np.bool_]) -> None:
    if lasted.shape != ended.shape or lasted.ndim != 1:
        raise InvalidInput(
            "`durations` and `happened` must be two lists of the same length. "
            f"Got {lasted.shape} and {ended.shape}; give one of each per person."
        )
    if not lasted.size:
        raise NotEnoughData("A survival curve needs at least one person followed. Got nobody; widen the period.")
    wrong = np.flatnonzero(~(lasted >= 0))
    if wrong.size:
        raise InvalidInput(
            f"`durations` must be numbers of at least 0. Got {lasted[wrong[0]]:g} at place {wrong[0]}; "
            "check that the end comes after the beginning."
        )
