"""What is asked of the engine: from which moment, in which unit, how far ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entourage.engine.ties.standing import Thresholds
from entourage.web.core.models import Unit
from entourage.web.listen.queries import horizon_end
from entourage.web.people.queries import HORIZONS, PERIODS, UNIT_SPANS, thresholds

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from entourage.web.core.models import Brand


@dataclass(frozen=True, slots=True)
class Question:
    """The moment, the unit, how many units ahead, and how many lie between the last two looks."""

    at: datetime
    unit_name: Unit
    horizon: int
    thresholds: Thresholds

    @property
    def unit(self) -> timedelta:
        """How long a unit is."""
        return UNIT_SPANS[self.unit_name]

    @property
    def span(self) -> timedelta:
        """How far ahead is looked."""
        return self.horizon * self.unit

    @property
    def moments(self) -> tuple[datetime, ...]:
        """Four moments, oldest first: two horizons, one horizon and one period back, and now."""
        back = (2 * self.horizon, self.horizon, min(PERIODS[self.unit_name], self.horizon), 0)
        return tuple(self.at - units * self.unit for units in back)


def asked(
    brand: Brand, *, now: datetime, at: datetime | None = None, unit: str | None = None, horizon: int | None = None
) -> Question:
    """The question as it was put, completed by what is usual for the brand."""
    inner, close, known = thresholds(brand)
    unit_name = Unit(unit or brand.unit)
    return Question(
        at=at or horizon_end(brand, now=now),
        unit_name=unit_name,
        horizon=horizon or HORIZONS[unit_name],
        thresholds=Thresholds(inner=inner, close=close, known=known),
    )
