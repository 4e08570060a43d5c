"""The audit's charts as Vega-Lite, with the table that says the same; one definition for page and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext

from entourage.web.core.pictures import Chart, Spec
from entourage.web.core.templatetags.entourage import number, percent
from entourage.web.operations.models import Operation
from entourage.web.results.queries import pictured
from entourage.web.results.queries.addresses import conversations
from entourage.web.results.queries.words import hours, interval_of

if TYPE_CHECKING:
    from entourage.web.results.models import Audit

Names = dict[str, str]
#: Under this many questions a cell of the heat map is drawn pale: its share means nothing yet.
FEW = 3
#: Labels stand at the right end of their curve, and so far apart (as a share of the height) that none hides another.
LABEL: Spec = {"type": "text", "align": "left", "dx": 6, "fontSize": 12}
APART = 0.09


class Linked(str):
    """A cell of a chart's table that leads to its rows."""

    __slots__ = ("href",)
    href: str

    @classmethod
    def to(cls, text: str, href: str) -> Linked:
        """The text, leading there."""
        told = cls(text)
        told.href = href
        return told


def charts(audit: Audit, pages: Names, operations: dict[int, str]) -> dict[str, Chart]:
    """All charts of an audit that have something to show, by name; with the names of its pages and operations."""
    service = audit.figures["service"]
    found = []
    if service["ours"]:
        # Where the file holds answered conversations only, a picture of the unanswered would lie.
        found += [] if service["only_answered"] else [unanswered_by_page(service, pages), by_hour(audit)]
        found += [answered_within(service, pages)]
    # An audit of before these figures were stored has none.
    if (staffing := audit.figures.get("staffing")) and staffing["ours"] and sum(staffing["ours"]["answered"]):
        found += [when(staffing["ours"])]
    found += [
        survival(one, operations.get(one["operation"], gettext("an operation since deleted")))
        for one in audit.figures["operations"]
        if one["recruits"]["curve"]
    ]
    return {chart.name: chart for chart in found}


def unanswered_by_page(service: Spec, names: Names) -> Chart:
    """The share left without an answer, ours and each competitor's, with its interval."""
    pages = [("", service["ours"]), *((c["page"], c) for c in service["competitors"])]
    values = [
        {"page": names[page], "share": one["unanswered_share"][0], "low": one["unanswered_share"][1],
         "high": one["unanswered_share"][2], "ours": not page}
        for page, one in pages if one["due"]
    ]  # fmt: skip
    x = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%", "tickCount": 5, "title": None}}
    y = {
        "field": "page",
        "type": "nominal",
        "sort": [v["page"] for v in values],
        "axis": {"title": None, "grid": False},
    }
    colour = {"condition": {"test": "datum.ours", "value": "token:accent"}, "value": "token:ink-soft"}
    spec: Spec = {
        "data": {"values": values},
        "height": 28 * len(values),
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.3, "strokeCap": "round"},
             "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour}},
            {"mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
             "encoding": {"x": {**x, "field": "share"}, "y": y, "color": colour}},
        ],
    }  # fmt: skip
    rows = [
        [names[page], number(one["conversations"]), percent(one["unanswered_share"][0]),
         interval_of(one["unanswered_share"], percent), hours(one["median_h"][0]), hours(one["p90_h"][0])]
        for page, one in pages
    ]  # fmt: skip
    columns = [gettext("Page"), gettext("Conversations"), gettext("Unanswered"), gettext("95% interval"),
               gettext("Median"), gettext("Nine in ten")]  # fmt: skip
    return Chart("unanswered", gettext("Share of conversations without an answer, page by page"), spec, columns, rows)


def answered_within(service: Spec, names: Names) -> Chart:
    """How many are answered within so many hours, ours with its band, the competitors as lines."""
    pages = [("", service["ours"]), *((c["page"], c) for c in service["competitors"][:3])]
    values = [
        {"page": names[page], "hour": hour, "share": share, "low": low, "high": high, "ours": not page}
        for page, one in pages for hour, share, low, high in one["curve"]
    ]  # fmt: skip
    ends = _ends(values, "page")
    x = {"field": "hour", "type": "quantitative", "scale": {"type": "symlog", "constant": 2, "domain": [0, 168]},
         "axis": {"values": [1, 3, 6, 12, 24, 48, 96, 168], "title": gettext("hours after the question")}}  # fmt: skip
    y = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%", "tickCount": 5, "title": None}}
    colour = {"condition": {"test": "datum.ours", "value": "token:accent"}, "value": "token:ink-soft"}
    spec: Spec = {
        "data": {"values": values},
        "height": 170,
        "layer": [
            {"transform": [{"filter": "datum.ours"}],
             "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.2, "color": "token:accent"},
             "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
            {"mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
             "encoding": {"x": x, "y": {**y, "field": "share"}, "detail": {"field": "page"}, "color": colour}},
            {"data": {"values": ends}, "mark": LABEL,
             "encoding": {"x": x, "y": {**y, "field": "place"}, "text": {"field": "page"}, "color": colour}},
        ],
    }  # fmt: skip
    shown = [hour for hour, *_ in service["ours"]["curve"] if hour in (1, 3, 6, 12, 24, 48, 72, 168)]
    rows = [
        [names[page], *(percent(next((c[1] for c in one["curve"] if c[0] == hour), None)) for hour in shown)]
        for page, one in pages
    ]
    columns = [gettext("Page"), *(gettext("within %(hours)s h") % {"hours": hour} for hour in shown)]
    return Chart("answered", gettext("Share answered within so many hours"), spec, columns, rows)


def by_hour(audit: Audit) -> Chart:
    """When people ask and when they are left without an answer: a week, hour by hour."""
    service, slug = audit.figures["service"], str(audit.brand.slug)
    days = [str(WEEKDAYS_ABBR[day]) for day in range(7)]
    cells = {cell["hour"]: cell for cell in service["hours"]}
    values = [
        {"day": days[hour // 24], "hour": hour % 24, "asked": cell["asked"], "unanswered": cell["unanswered"],
         "share": cell["unanswered"] / cell["asked"], "few": cell["asked"] < FEW}
        for hour, cell in cells.items()
    ]  # fmt: skip
    spec: Spec = {
        "data": {"values": values},
        "height": 140,
        "mark": {"type": "rect", "cornerRadius": 2},
        "encoding": {
            "x": {"field": "hour", "type": "ordinal", "scale": {"domain": list(range(24)), "padding": 0.06},
                  "axis": {"title": gettext("hour of the day"), "labelAngle": 0, "grid": False,
                           "labelExpr": "datum.value % 3 == 0 ? datum.value : ''"}},
            "y": {"field": "day", "type": "ordinal", "scale": {"domain": days, "padding": 0.06},
                  "axis": {"title": None, "grid": False}},
            "color": {"field": "share", "type": "quantitative",
                      "scale": {"domain": [0, 0.5, 1], "range": ["token:sunken", "token:warm-1", "token:warm-2"],
                                "interpolate": "rgb"},
                      "legend": {"format": "%", "title": gettext("without an answer"), "orient": "top",
                                 "gradientLength": 160, "direction": "horizontal"}},
            "opacity": {"condition": {"test": "datum.few", "value": 0.35}, "value": 1},
        },
    }  # fmt: skip
    rows = [[days[day], *(_cell(cells.get(day * 24 + hour), slug) for hour in range(24))] for day in range(7)]
    columns = [gettext("Unanswered of asked"), *(str(hour) for hour in range(24))]
    return Chart(
        "hours", gettext("Share without an answer, by hour of the week; pale where few asked"), spec, columns, rows
    )


def when(ours: Spec) -> Chart:
    """When people write beside when they are answered, hour by hour, on a weekday, a Saturday and a Sunday."""
    alt = gettext(
        "An hour of one day as a share of the week. Bars: what people write, warm where hardly anybody answers; lines: "
        "our answers"
    )
    return Chart("staffing", alt, pictured.week(ours), pictured.columns(), pictured.rows(ours))


def survival(one: Spec, name: str) -> Chart:
    """Who is still here so many days after an operation, beside those who came by themselves."""
    cohorts = [(name, one["recruits"], True), (gettext("came by themselves"), one["organic"], False)]
    values = [
        {"who": who, "day": day, "share": share, "low": low, "high": high, "ours": ours}
        for who, cohort, ours in cohorts for day, share, low, high in cohort["curve"]
    ]  # fmt: skip
    ends = _ends(values, "who")
    last = max((value["day"] for value in values), default=0)
    x = {"field": "day", "type": "quantitative", "scale": {"domainMax": last, "nice": False},
         "axis": {"title": gettext("days after the end"), "tickCount": 7}}  # fmt: skip
    y = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%", "tickCount": 5, "title": None}}
    colour = {"condition": {"test": "datum.ours", "value": "token:accent"}, "value": "token:ink-soft"}
    spec: Spec = {
        "data": {"values": values},
        "height": 180,
        "layer": [
            {"mark": {"type": "area", "interpolate": "step-after", "opacity": 0.18},
             "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "detail": {"field": "who"},
                          "color": colour}},
            {"mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
             "encoding": {"x": x, "y": {**y, "field": "share"}, "detail": {"field": "who"}, "color": colour}},
            {"data": {"values": ends}, "mark": LABEL,
             "encoding": {"x": x, "y": {**y, "field": "place"}, "text": {"field": "who"}, "color": colour}},
        ],
    }  # fmt: skip
    shown = [day for day in (0, 30, 60, 90, 120, 150, 180) if any(c[0] == day for c in one["recruits"]["curve"])]
    rows = [[who, *(_point(cohort["curve"], day) for day in shown)] for who, cohort, _ in cohorts]
    columns = [gettext("Still here"), *(gettext("day %(day)s") % {"day": day} for day in shown)]
    alt = gettext("Share still here after %(operation)s, day by day, beside people who came by themselves") % {
        "operation": name
    }
    return Chart(f"stayed-{one['operation']}", alt, spec, columns, rows)


def _ends(values: list[Spec], by: str) -> list[Spec]:
    """The last point of each curve, with the height at which its label is legible."""
    ends = sorted({value[by]: value for value in values}.values(), key=lambda value: value["share"])
    places: list[float] = []
    for end in ends:
        places.append(max(end["share"], places[-1] + APART if places else 0.0))
    # Where the labels would leave the picture at the top, the highest ones are pushed down onto each other.
    for step in range(len(places)):
        places[-1 - step] = min(places[-1 - step], 1.0 if not step else places[-step] - APART)
    return [{**end, "place": place} for end, place in zip(ends, places, strict=True)]


def operation_names(audit: Audit) -> dict[int, str]:
    """Names of the operations by key: one that was deleted since is not among them."""
    return dict(Operation.objects.of(audit.brand_id).values_list("id", "name"))


def _point(curve: list[list[float]], day: int) -> str:
    found = next((row for row in curve if row[0] == day), None)
    return f"{percent(found[1])} ({interval_of(found[1:], percent)})" if found else number(None)


def _cell(cell: dict[str, int] | None, slug: str) -> str:
    if cell is None:
        return ""
    told = f"{cell['unanswered']}/{cell['asked']}"
    return Linked.to(told, conversations(slug, hour=cell["hour"], unanswered=1)) if cell["unanswered"] else told
