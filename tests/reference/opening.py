"""Slow twin of engine.service.hours: looks at the wall clock minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from entourage.engine.service.hours import Hours

MINUTE = timedelta(minutes=1)


def is_open(hours: Hours, at: datetime) -> bool:
    wall = at.astimezone(ZoneInfo(hours.zone))
    shifts = dict(hours.dated).get(wall.date(), hours.week[wall.weekday()])
    return any(start <= wall.hour * 60 + wall.minute < end for start, end in shifts)


def open_between(hours: Hours, a: datetime, b: datetime) -> timedelta:
    """Of two whole minutes, the first one not the later."""
    at, passed = a.astimezone(UTC), timedelta()
    while at < b:
        passed += MINUTE * is_open(hours, at)
        at += MINUTE
    return passed


def add(hours: Hours, a: datetime, open_time: timedelta) -> datetime:
    """A whole minute, whole minutes of open time."""
    at, left = a.astimezone(UTC), open_time
    while left:
        left -= MINUTE * is_open(hours, at)
        at += MINUTE
    return at
