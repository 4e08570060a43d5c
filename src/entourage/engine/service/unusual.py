"""Unusual hours: when people write more, or more angrily, than they do at this hour of the week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import nbinom, poisson

from entourage.engine.errors import InvalidInput, NotEnoughData

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEEK_H = 168
#: Weeks that an hour is compared with: as many as still speak of the same season.
BEFORE = 8
#: Fewer than that, and an hour's own past says nothing.
FEWEST_WEEKS = 4
#: Hours looked at together: one angry thread is no crisis, and a night is not waited for.
WINDOW_H = 6
#: Windows that nobody waits for, and slow ones: a service that fails a little more each day.
WINDOWS_H = (WINDOW_H, 48)
QUARTER_H = 91 * 24
#: Windows overlap, and each hour is a look: so many times as many chances to be wrong as windows side by side would
#: give; measured on counts that chance alone drew, and on simulated brands (``python -m bench.crisis``).
OVERLAP = 4
#: Whatever the odds, fewer messages than that are answered, not called a crisis.
FEWEST = 5
#: The share of the most unusual past windows that is left out when the usual scatter is measured: old crises.
LEFT_OUT = 0.02


@dataclass(frozen=True, slots=True)
class Band:
    """Hour by hour (T): ``seen`` in the window that ends there, what was ``expected``, and up to where is ``high``.

    NaN where there is too little past.
    """

    seen: NDArray[np.int64]
    expected: Floats
    high: Floats

    @property
    def beyond(self) -> NDArray[np.bool_]:
        """Which hours end a window beyond the band."""
        return (self.seen > self.high) & (self.seen >= FEWEST)


def band(counts: Any, *, window: int = WINDOW_H, alarms: float = 1.0) -> Band:
    """Tell which hours are unusual for this hour of the week, so that one wrong alarm comes in a quarter at most.

    Each window of hours is compared with the windows at the same hour of the eight weeks before. The highest of them
    counts as the second highest, so that the crisis of last month does not hide that of today.

    Parameters
    ----------
    counts : T whole numbers, one an hour, the oldest first
        Messages, or vehement messages against us; all hours, empty ones too.
    window : hours looked at together
    alarms : wrong alarms that are borne in a quarter

    Returns
    -------
    Band, T hours

    Raises
    ------
    InvalidInput: negative counts. NotEnoughData: less than four weeks and a window.

    Notes
    -----
    A count with a variance of ``scatter`` times its mean, plus what the mean itself is unsure of (negative binomial).
    Source: Farrington et al. (1996), as simplified in docs/methods/crisis.md

    Examples
    --------
    >>> import numpy as np
    >>> quiet = np.full(24 * 7 * 9, 2)
    >>> quiet[-3:] = 12
    >>> ours = band(quiet)
    >>> int(ours.seen[-1]), float(ours.expected[-1]), bool(ours.beyond[-1]), int(ours.beyond.sum())
    (42, 12.0, True, 2)
    """
    counted = np.asarray(counts, dtype=np.int64)
    if (counted < 0).any():
        raise InvalidInput(f"`counts` must not be negative. Got {counted.min()}; count messages.")
    if len(counted) < FEWEST_WEEKS * WEEK_H + window:
        raise NotEnoughData(
            f"An hour is compared with those of {FEWEST_WEEKS} weeks before. Got {len(counted) / WEEK_H:.1f} weeks; "
            "import more of the past, or wait."
        )
    seen = np.convolve(counted, np.ones(window, dtype=np.int64))[: len(counted)]
    expected, weeks = _expected(seen, window)
    odds = alarms * window / QUARTER_H / OVERLAP
    return Band(seen, expected, _high(expected, weeks, _scatter(seen, expected), odds))


@dataclass(frozen=True, slots=True)
class Alarm:
    """A stretch of hours beyond a band: from hour ``first`` to ``last``, by which ``measure``, and the worst of it."""

    measure: str
    window: int
    first: int
    last: int
    seen: int
    expected: float
    high: float


def alarms(measures: dict[str, Any], *, calm: int = 24, borne: float = 1.0) -> list[Alarm]:
    """Tell the stretches in which any of the measures left its band, by short windows or long ones, the oldest first.

    Parameters
    ----------
    measures : name -> T whole numbers, one an hour, as for ``band``
    calm : hours within the band that end a stretch
    borne : wrong alarms that are borne in a quarter, over all measures and windows

    Returns
    -------
    list of Alarm; stretches of different measures may overlap

    Raises
    ------
    As ``band``.
    """
    share = borne / len(measures) / len(WINDOWS_H)
    found = [
        alarm
        for name, counts in measures.items()
        for window in WINDOWS_H
        for alarm in _stretches(name, window, band(counts, window=window, alarms=share), calm)
    ]
    return sorted(found, key=lambda alarm: (alarm.first, alarm.measure, alarm.window))


def _stretches(name: str, window: int, ours: Band, calm: int) -> list[Alarm]:
    hours = np.flatnonzero(ours.beyond)
    if not len(hours):
        return []
    parts = np.split(hours, np.flatnonzero(np.diff(hours) > calm) + 1)
    return [_alarm(name, window, ours, part) for part in parts]


def _alarm(name: str, window: int, ours: Band, hours: NDArray[np.int64]) -> Alarm:
    worst = int(hours[np.argmax(ours.seen[hours] - ours.high[hours])])
    return Alarm(
        measure=name,
        window=window,
        first=int(hours[0]),
        last=int(hours[-1]),
        seen=int(ours.seen[worst]),
        expected=float(ours.expected[worst]),
        high=float(ours.high[worst]),
    )


def _expected(seen: NDArray[np.int64], window: int) -> tuple[Floats, NDArray[np.int64]]:
    """The mean of the same window in the weeks before, and of how many weeks."""
    whole = np.where(np.arange(len(seen)) >= window - 1, seen, np.nan)
    past = np.full((BEFORE, len(seen)), np.nan)
    for week in range(1, min(BEFORE, len(seen) // WEEK_H) + 1):
        past[week - 1, week * WEEK_H :] = whole[: len(seen) - week * WEEK_H]
    known = np.isfinite(past)
    weeks = known.sum(axis=0)
    ordered = np.sort(np.where(known, past, -np.inf), axis=0)
    ordered[-1] = ordered[-2]
    total = np.where(np.isfinite(ordered), ordered, 0).sum(axis=0)
    expected = np.where(weeks >= FEWEST_WEEKS, total / np.maximum(weeks, 1), np.nan)
    return expected, weeks


def _scatter(seen: NDArray[np.int64], expected: Floats) -> float:
    """How much more the windows vary than chance alone would make them."""
    usual = np.isfinite(expected) & (expected > 0)
    if not usual.any():
        return 1.0
    each = np.sort((seen[usual] - expected[usual]) ** 2 / expected[usual])
    kept = each[: max(1, int(len(each) * (1 - LEFT_OUT)))]
    return max(1.0, float(kept.mean()))


def _high(expected: Floats, weeks: NDArray[np.int64], scatter: float, odds: float) -> Floats:
    mean = np.maximum(expected, 0.5)  # an hour in which nobody ever wrote is not impossible
    variance = scatter * mean + scatter * mean / np.maximum(weeks, 1)
    many = variance > mean * (1 + 1e-9)
    size = mean**2 / np.where(many, variance - mean, 1.0)
    wide = nbinom.ppf(1 - odds, size, size / (size + mean))
    high = np.where(many, wide, poisson.ppf(1 - odds, mean))
    return np.where(np.isfinite(expected), high, np.nan)
