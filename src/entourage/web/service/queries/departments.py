"""The departments of a brand: the six that the reader knows, then its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.web.reading.models import Department
from entourage.web.service.models import Desk, Holiday, Seat

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand


def desks(brand: Brand) -> list[Desk]:
    """Every department as it serves; one that nobody has set up yet is there day and night."""
    kept = {one.key: one for one in Desk.objects.of(brand).select_related("lead__user").order_by("name", "key")}
    known = [kept.pop(key, None) or Desk(brand=brand, key=key) for key in Department.values]
    return [*known, *kept.values()]


def desk_of(brand: Brand, key: str) -> Desk | None:
    """The department of this short name, set up or not."""
    found: Desk | None = Desk.objects.of(brand).select_related("lead__user").filter(key=key).first()
    return found or (Desk(brand=brand, key=key) if key in Department.values else None)


def names(brand: Brand) -> dict[str, str]:
    """What each department is called, by its short name."""
    return {one.key: called(one) for one in desks(brand)}


def called(desk: Desk) -> str:
    """The name of a department as pages show it."""
    known = dict(Department.choices)
    return desk.name or str(known.get(desk.key, desk.key))


def holidays(brand: Brand, *, since: datetime | None = None) -> list[Holiday]:
    """Dates that differ from their weekday, the next one first."""
    rows = Holiday.objects.of(brand).select_related("desk").order_by("day", "id")
    return list(rows.filter(day__gte=since.date()) if since else rows)


def seats(brand: Brand) -> list[Seat]:
    """Who answers, with their members, by name; also those who are away."""
    return list(Seat.objects.of(brand).select_related("member__user").order_by("member__user__name", "id"))
