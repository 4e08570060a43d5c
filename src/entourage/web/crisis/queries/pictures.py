"""The hours of a crisis as Vega-Lite, with the table that says the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from entourage.web.core.pictures import Chart, Spec
from entourage.web.core.templatetags.entourage import clock, number
from entourage.web.crisis.models import Measure

HOUR = timedelta(hours=1)
#: Hours that are added up, as the engine does: the table tells each window once.
WINDOW = 6


def pictures(hours: dict[str, Any]) -> list[Chart]:
    """Seen against expected, hour by hour: of what is against us, then of all; none where nothing could be expected."""
    told = {
        Measure.AGAINST: gettext("Messages against us in six hours, beside what is usual"),
        Measure.MESSAGES: gettext("All messages in six hours, beside what is usual"),
    }
    return [_chart(str(key), alt, hours) for key, alt in told.items() if hours.get(key)]


def _chart(key: str, alt: str, hours: dict[str, Any]) -> Chart:
    first = datetime.fromisoformat(hours["first"])
    # A window is told at its end.
    ends = [first + (place + 1) * HOUR for place in range(len(hours[key]))]
    values = [
        {"at": timezone.localtime(end).strftime("%Y-%m-%dT%H:%M"), "seen": seen, "expected": expected, "high": high}
        for end, (seen, expected, high) in zip(ends, hours[key], strict=True)
    ]
    rows = [
        [clock(end), number(seen), number(expected, 1), number(high)]
        for end, (seen, expected, high) in zip(ends, hours[key], strict=True)
    ][::-WINDOW]
    columns = [gettext("Six hours until"), gettext("seen"), gettext("expected"), gettext("usual up to")]
    return Chart(f"hours-{key}", alt, _spec(values), columns, rows)


def _spec(values: list[Spec]) -> Spec:
    x: Spec = {
        "field": "at",
        "type": "temporal",
        "title": None,
        "axis": {"grid": False, "tickCount": 6, "format": "%-d %b"},
    }
    y: Spec = {"type": "quantitative", "axis": {"title": None, "tickCount": 4}}
    return {
        "data": {"values": values},
        "height": 150,
        "layer": [
            {"mark": {"type": "area", "interpolate": "step-before", "opacity": 0.16, "color": "token:ink-soft"},
             "encoding": {"x": x, "y": {**y, "field": "high"}}},
            {"mark": {"type": "line", "interpolate": "step-before", "strokeDash": [3, 3], "color": "token:ink-soft"},
             "encoding": {"x": x, "y": {**y, "field": "expected"}}},
            {"mark": {"type": "line", "interpolate": "step-before", "strokeWidth": 2, "color": "token:accent"},
             "encoding": {"x": x, "y": {**y, "field": "seen"}}},
        ],
    }  # fmt: skip
