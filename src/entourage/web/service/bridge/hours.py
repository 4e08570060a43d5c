"""The hours of each department as the engine reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.engine.service.hours import MIDNIGHT, Hours
from entourage.web.service.queries import desks, holidays

if TYPE_CHECKING:
    from datetime import date

    from entourage.web.core.models import Brand
    from entourage.web.service.models import Desk, Holiday

DAY_AND_NIGHT = [[[0, MIDNIGHT]]] * 7


def hours_of(brand: Brand) -> dict[str, Hours]:
    """The hours of each department by its short name; under "" those of a conversation that has none."""
    dates = holidays(brand)
    everybody = Hours.weekly(brand.time_zone, _shifts(DAY_AND_NIGHT), _dated(dates, None))
    return {"": everybody} | {desk.key: _hours(brand, desk, dates) for desk in desks(brand)}


def _hours(brand: Brand, desk: Desk, dates: list[Holiday]) -> Hours:
    dated = _dated(dates, None) | (_dated(dates, desk.pk) if desk.pk else {})
    return Hours.weekly(desk.zone or brand.time_zone, _shifts(desk.week or DAY_AND_NIGHT), dated)


def _dated(dates: list[Holiday], desk: int | None) -> dict[date, list[tuple[int, int]]]:
    return {one.day: [(start, end) for start, end in one.shifts] for one in dates if one.desk_id == desk}


def _shifts(week: list[list[list[int]]]) -> list[list[tuple[int, int]]]:
    return [[(start, end) for start, end in day] for day in week]
