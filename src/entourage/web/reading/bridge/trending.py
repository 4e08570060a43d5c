"""How often something is said beside before, as the columns of a gathering; over no more weeks than there are of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Min

from entourage.engine.text.meaning.trend import trend
from entourage.web.reading.models import Vector

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand

WEEK = timedelta(weeks=1)


def weeks_heard(brand: Brand, *, since: datetime, until: datetime) -> float:
    """Of how many weeks of a span there are messages: silence before the first one says nothing of what was said."""
    first = Vector.objects.of(brand).filter(at__gte=since, at__lt=until).aggregate(first=Min("at"))["first"]
    return (until - first) / WEEK if first else 0.0


def trended(now: int, before: int, *, span: float, span_before: float) -> dict[str, Any]:
    """The columns of ``models.Gathering`` about a trend; nothing is compared where there was nothing before."""
    if span_before <= 0:
        return {"weeks_before": 0.0, "times": None, "low": 0.0, "high": None}
    risen = trend(now, before, span=span, span_before=span_before)
    return {"weeks_before": span_before, "times": risen.times, "low": risen.low, "high": risen.high}
