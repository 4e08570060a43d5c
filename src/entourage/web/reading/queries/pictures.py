"""Charts of this room as Vega-Lite, each with the rows of its table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entourage.web.core.pictures import SCHEMA, Picture
from entourage.web.core.templatetags.entourage import day_month, number, percent
from entourage.web.reading.queries.territory import by_week

if TYPE_CHECKING:
    from entourage.web.reading.models import Finding, Territory

HEIGHT = 140


def finding_weeks(finding: Finding) -> Picture | None:
    """How many messages of a finding came in each of the last thirteen weeks; nothing where none did."""
    total = sum(finding.weeks)
    if not total:
        return None
    names = [_back(len(finding.weeks) - 1 - place) for place in range(len(finding.weeks))]
    values = [{"week": name, "messages": count} for name, count in zip(names, finding.weeks, strict=True)]
    title = ngettext(
        "%(count)s message in the last thirteen weeks", "%(count)s messages in the last thirteen weeks", total
    ) % {"count": number(total)}
    spec = _bars(values, names, "messages", _("messages"), "token:accent")
    rows = [[name, number(count)] for name, count in zip(names, finding.weeks, strict=True)]
    return Picture(title, "", spec, [_("Week"), _("Messages")], rows, HEIGHT)


def talk_by_week(territory: Territory) -> Picture | None:
    """The share of the talk that is about what the brand does, week by week; nothing where nothing was counted."""
    weeks = by_week(territory)
    if not any(week.messages for week in weeks):
        return None
    ends = datetime.fromisoformat(territory.counts["at"])
    names = [day_month(ends - timedelta(weeks=len(weeks) - place)) for place in range(len(weeks))]
    shares = [None if week.share is None else round(100 * week.share, 1) for week in weeks]
    values = [{"week": name, "share": share} for name, share in zip(names, shares, strict=True)]
    rows = [
        [name, number(week.messages), number(week.about), percent(week.share)]
        for name, week in zip(names, weeks, strict=True)
    ]
    title = _("How much of the talk is about what you do, week by week")
    columns = [_("Week from"), _("Messages"), _("About what you do"), _("Share")]
    return Picture(title, "", _bars(values, names, "share", _("% of messages"), "token:accent"), columns, rows, HEIGHT)


def _back(weeks: int) -> str:
    if weeks == 0:
        return _("this week")
    return ngettext("%(weeks)s week ago", "%(weeks)s weeks ago", weeks) % {"weeks": number(weeks)}


def _bars(values: list[dict[str, Any]], order: list[str], what: str, title: str, colour: str) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "mark": {"type": "bar", "color": colour, "tooltip": True},
        "encoding": {
            "x": {"field": "week", "type": "ordinal", "sort": order, "axis": {"title": None, "labelOverlap": True}},
            "y": {"field": what, "type": "quantitative", "axis": {"title": title, "tickMinStep": 1}},
        },
    }
