"""The picture of a week: when people write, and when they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from entourage.web.core.templatetags.entourage import percent
from entourage.web.results.queries.week import DAY_HOURS, KINDS, hours_in, hours_of, short_days

if TYPE_CHECKING:
    from collections.abc import Sequence

Spec = dict[str, Any]
#: Hours at which the axis has a number.
EVERY = 6


def week(ours: Spec) -> Spec:
    """Bars for what is asked in an hour, a line for what is answered in it; both as shares of the week, by day.

    Three kinds of day stand side by side, so that the picture is as wide as all others; their names are short, as in
    the table, so that on a phone none touches the next in any language.
    """
    values, width = _values(ours), DAY_HOURS * len(KINDS)
    names = [{"at": place * DAY_HOURS, "name": short_days(kind)} for place, kind in enumerate(KINDS)]
    x: Spec = {
        "type": "quantitative", "scale": {"domain": [0, width], "nice": False},
        "axis": {"title": gettext("hour of the day"), "values": list(range(0, width, EVERY)), "grid": False,
                 "labelExpr": f"datum.value % {DAY_HOURS}", "labelFlush": False},
    }  # fmt: skip
    y: Spec = {"type": "quantitative", "axis": {"format": ".1%", "tickCount": 4, "title": None}}
    bar = {"condition": {"test": "datum.gap", "value": "token:warm-2"}, "value": "token:line-strong"}
    spans: Spec = {"x": {**x, "field": "from"}, "x2": {"field": "to"}}
    return {
        "data": {"values": values},
        "height": 170,
        "layer": [
            {"mark": {"type": "rect"}, "encoding": {**spans, "y": {**y, "field": "asked"}, "y2": {"datum": 0},
                                                    "color": bar}},
            {"transform": [{"filter": "datum.answered > 0"}],
             "mark": {"type": "rule", "strokeWidth": 3, "color": "token:accent"},
             "encoding": {**spans, "y": {**y, "field": "answered"}}},
            {"data": {"values": names[1:]},
             "mark": {"type": "rule", "color": "token:line-strong", "strokeDash": [3, 3]},
             "encoding": {"x": {**x, "field": "at"}}},
            {"data": {"values": names},
             "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "dy": -4, "fontSize": 12,
                      "color": "token:ink-soft"},
             "encoding": {"x": {**x, "field": "at"}, "y": {"value": 0}, "text": {"field": "name"}}},
        ],
    }  # fmt: skip


def columns() -> list[str]:
    """The head of the table beside it."""
    return [gettext("Hour"), *(
        words % {"days": short_days(kind)}
        for kind in KINDS for words in (gettext("%(days)s, asked"), gettext("%(days)s, answered"))
    )]  # fmt: skip


def rows(ours: Spec) -> list[list[str]]:
    """The table: an hour of the day a row, the shares of the week that fall on it."""
    wholes = {what: sum(ours[what]) or 1 for what in ("asked", "answered")}
    return [
        [str(hour), *(
            percent(_count(ours[what], kind, hour) / wholes[what], 1)
            for kind in KINDS for what in ("asked", "answered")
        )]
        for hour in range(DAY_HOURS)
    ]  # fmt: skip


def _values(ours: Spec) -> list[Spec]:
    thin = set(hours_of(ours["gaps"]))
    wholes = {what: sum(ours[what]) or 1 for what in ("asked", "answered")}
    return [
        {
            "from": place * DAY_HOURS + hour,
            "to": place * DAY_HOURS + hour + 1,
            **{what: _count(ours[what], kind, hour) / len(kind) / wholes[what] for what in wholes},
            "gap": kind[0] * DAY_HOURS + hour in thin,
        }
        for place, kind in enumerate(KINDS)
        for hour in range(DAY_HOURS)
    ]


def _count(counts: Sequence[int], kind: tuple[int, ...], hour: int) -> int:
    return sum(counts[one] for one in hours_in(kind, hour, hour + 1))
