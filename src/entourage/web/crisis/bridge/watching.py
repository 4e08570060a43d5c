"""A look at a brand's hours: are there more messages, or more against us, than at this hour of the week?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from entourage.engine.errors import NotEnoughData
from entourage.engine.service.unusual import WEEK_H, WINDOW_H, Alarm, alarms, band
from entourage.web.crisis.actions import CALM, Seen, tell
from entourage.web.crisis.models import Measure, Watch
from entourage.web.crisis.queries import moment, open_crisis
from entourage.web.crisis.queries.counting import SAID, told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.web.core.models import Brand
    from entourage.web.crisis.models import Crisis

HOUR = timedelta(hours=1)
HOUR_S = 3600
#: How far back hours are counted: eight weeks to compare with, and the weeks that are compared.
PAST = timedelta(weeks=13)
#: Hours that a page shows: a week; of a crisis three days before it, and three weeks in all at most.
SHOWN = 7 * 24
BEFORE, MOST = 72, 21 * 24

_COUNT = f"""
SELECT floor(extract(epoch FROM a.at) / {HOUR_S})::bigint, count(*), count(*) FILTER (WHERE r.sign = -1)
{SAID} GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Hours:
    """T hours from ``first`` on, empty ones too: what was said to us in each, and what of it is against us."""

    first: datetime
    counts: dict[str, NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.counts[Measure.MESSAGES])

    def end(self, place: int) -> datetime:
        """When an hour ends."""
        return self.first + (place + 1) * HOUR


def look(brand: Brand, *, now: datetime) -> Crisis | None:
    """Compare a brand's last hours with those of the weeks before, and open, carry on or end a crisis; the open one.

    Looking twice at the same changes nothing.
    """
    until = moment(brand, now=now)
    hours = count(brand, until)
    seen, enough = None, True
    try:
        seen = newest(hours, until)
        shown = _bands(hours)
    except NotEnoughData:
        enough, shown = False, {}
    lasts = open_crisis(brand)
    since = seen.starts_at if seen else until
    kept = _cut(hours, shown, min(since, lasts.starts_at) if lasts else since)
    crisis = tell(brand=brand, seen=seen, until=until, at=now, hours=kept)
    facts = {"looked_at": now, "until": until, "weeks": len(hours) / WEEK_H, "enough": enough}
    week = {"hours": _told(hours, shown, max(0, len(hours) - SHOWN))}
    Watch.objects.of(brand).update_or_create(brand=brand, defaults=facts | week)
    return crisis


def count(brand: Brand, until: datetime) -> Hours:
    """Count hour by hour, from the first hour in which anybody said anything: silence before it is no past."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told(brand, since=until - PAST, until=until))
        rows = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 3)
    last = (int(until.timestamp()) - 1) // HOUR_S
    first = int(rows[:, 0].min()) if len(rows) else last + 1
    counts = np.zeros((2, last + 1 - first), np.int64)
    counts[:, rows[:, 0] - first] = rows[:, 1:].T
    said = dict(zip((str(Measure.MESSAGES), str(Measure.AGAINST)), counts, strict=True))
    return Hours(datetime.fromtimestamp(first * HOUR_S, UTC), said)


def newest(hours: Hours, until: datetime) -> Seen | None:
    """What left its band within the last day, all of it as one; nothing where nothing did.

    Raises
    ------
    NotEnoughData: too little past to compare with.
    """
    found = [one for one in alarms(dict(hours.counts)) if until - hours.end(one.last) < CALM]
    if not found:
        return None
    # Short windows tell when it began; a long one says no more than that it was within two days.
    short = [one for one in found if one.window == WINDOW_H] or found
    worst = max(found, key=lambda one: (one.seen / max(one.high, 1), -one.window, one.measure == Measure.AGAINST))
    return Seen(
        starts_at=min(_begins(hours, one) for one in short),
        first_at=min(hours.end(one.first) - HOUR for one in found),
        last_at=min(until, max(hours.end(one.last) for one in found)),
        measure=worst.measure,
        window=worst.window,
        seen=worst.seen,
        expected=worst.expected,
        high=worst.high,
    )


def _begins(hours: Hours, alarm: Alarm) -> datetime:
    """When the first window beyond the usual began."""
    return hours.end(alarm.first) - alarm.window * HOUR


def _bands(hours: Hours) -> dict[str, list[list[float | None]]]:
    """Seen, expected and high of each six hours; the line is that of one measure looked at alone."""
    found = {}
    for name, counts in hours.counts.items():
        ours = band(counts, alarms=1 / len(hours.counts) / 2)
        rows = zip(ours.seen.tolist(), ours.expected.tolist(), ours.high.tolist(), strict=True)
        found[name] = [[seen, _known(expected, 2), _known(high, 0)] for seen, expected, high in rows]
    return found


def _known(value: float, places: int) -> float | None:
    return round(value, places) if np.isfinite(value) else None


def _cut(hours: Hours, shown: dict[str, list[Any]], since: datetime) -> dict[str, Any]:
    first = int((since - hours.first) / HOUR) - BEFORE
    return _told(hours, shown, max(0, len(hours) - MOST, first))


def _told(hours: Hours, shown: dict[str, list[Any]], first: int) -> dict[str, Any]:
    if not shown:
        return {}
    return {"first": (hours.first + first * HOUR).isoformat(), **{name: rows[first:] for name, rows in shown.items()}}
