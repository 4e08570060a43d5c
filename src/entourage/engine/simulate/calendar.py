"""Weeks counted backwards from the last moment, hours as people live them, and the hours in which pages answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import numpy as np

from entourage.engine.log import HOUR_US, WEEK_US, moment_us

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A Monday morning in the past: the engine has no clock, and the same seed must give the same bytes next year.
UNTIL: Final = datetime(2025, 3, 31, 6, tzinfo=UTC)
#: The brand lives in Lyon; so do most of its public.
ZONE: Final = ZoneInfo("Europe/Paris")
HOURS: Final = 168

# How a day is lived, hour by hour: early birds and night owls. Shapes, not measurements.
_EARLY: Final = np.array([1, 1, 0, 0, 1, 2, 6, 10, 9, 7, 6, 6, 9, 8, 5, 5, 5, 6, 8, 9, 8, 6, 4, 2], dtype=float)
_LATE: Final = np.array([6, 4, 2, 1, 0, 0, 1, 2, 4, 5, 5, 6, 8, 8, 6, 5, 5, 6, 8, 9, 11, 13, 12, 9], dtype=float)
_WEEKDAYS: Final = np.array([1.0, 1.0, 1.0, 0.95, 0.9, 1.15, 1.3])


@dataclass(frozen=True)
class Week:
    """One week of the simulation: its place, its start, and the local day and hour of each of its 168 hours."""

    index: int
    start_us: int
    weekday: NDArray[np.int64]
    hour: NDArray[np.int64]
    season: float

    @property
    def end_us(self) -> int:
        """The first moment that belongs to the next week."""
        return self.start_us + WEEK_US

    def moments(self, rng: np.random.Generator, late: NDArray[np.bool_]) -> NDArray[np.int64]:
        """A moment for each row, when an early bird or a night owl would act."""
        chance, second = rng.random(len(late)), rng.random(len(late))
        slots = np.where(late, self._slots(_LATE, chance), self._slots(_EARLY, chance))
        return self.start_us + slots * HOUR_US + (second * HOUR_US).astype(np.int64)

    def _slots(self, day: NDArray[np.float64], chance: NDArray[np.float64]) -> NDArray[np.int64]:
        weight = np.cumsum(day[self.hour] * _WEEKDAYS[self.weekday])
        return np.searchsorted(weight / weight[-1], chance, side="right").clip(max=HOURS - 1)


def week(index: int, *, weeks: int, until: datetime) -> Week:
    """Week ``index`` of a simulation of ``weeks`` weeks that ends at ``until``; later weeks are its future."""
    start_us = moment_us(until, name="until") - (weeks - index) * WEEK_US
    first = datetime.fromtimestamp(start_us / 1e6, UTC)
    local = [(first + timedelta(hours=hour)).astimezone(ZONE) for hour in range(HOURS)]
    return Week(
        index=index,
        start_us=start_us,
        weekday=np.array([at.weekday() for at in local]),
        hour=np.array([at.hour for at in local]),
        season=season(local[HOURS // 2]),
    )


def season(at: datetime) -> float:
    """How much of its usual rate the public lives at: tea sells before Christmas and sleeps in August.

    Examples
    --------
    >>> season(datetime(2024, 12, 15, tzinfo=UTC)) > 1.3 > 0.7 > season(datetime(2024, 8, 12, tzinfo=UTC))
    True
    """
    day = at.timetuple().tm_yday
    christmas = 0.5 * np.exp(-(((day - 348) / 13) ** 2))
    summer = 0.4 * np.exp(-(((day - 222) / 22) ** 2))
    return float(1 + christmas - summer + 0.06 * np.cos(2 * np.pi * (day - 20) / 365.25))


@dataclass(frozen=True)
class Desk:
    """When a page answers, from the start of a week on: seconds of open time as a function of moments, and back."""

    edges_us: NDArray[np.float64]
    open_us: NDArray[np.float64]

    def after(self, at_us: NDArray[np.int64], delay_us: NDArray[np.float64]) -> NDArray[np.int64]:
        """The moments at which an answer that takes so much open time is out."""
        due = np.interp(at_us, self.edges_us, self.open_us) + delay_us
        return np.interp(due, self.open_us, self.edges_us).astype(np.int64)


def desk(weeks: list[Week], *, days: int, opens: int, closes: int, shut: tuple[int, ...] = ()) -> Desk:
    """The open hours of a page over some consecutive weeks, closed altogether in the weeks ``shut``."""
    weekday, hour = (np.concatenate([getattr(one, name) for one in weeks]) for name in ("weekday", "hour"))
    alive = np.repeat([one.index not in shut for one in weeks], HOURS)
    is_open = (weekday < days) & (hour >= opens) & (hour < closes) & alive
    edges = weeks[0].start_us + HOUR_US * np.arange(len(is_open) + 1, dtype=float)
    # Closed time passes a thousand million times slower rather than not at all, so that the curve can be inverted.
    return Desk(edges, np.concatenate(([0.0], np.cumsum(np.where(is_open, HOUR_US, HOUR_US * 1e-9)))))
