"""Charts of this room as Vega-Lite, each with the rows of its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from entourage.web.core.models import Unit
from entourage.web.core.pictures import SCHEMA, Picture
from entourage.web.core.templatetags.entourage import clock, day, interval, number, percent
from entourage.web.people.queries.acts import acts_in_words
from entourage.web.people.queries.trust import rule_name, units, verdict_sentence

if TYPE_CHECKING:
    from entourage.web.people.models import Scoring
    from entourage.web.people.queries.story import Cell, Story


def timeline(story: Story) -> Picture:
    """A person's acts, week by week (day by day, hour by hour), coloured by the sign of their words."""
    unit = story.scoring.unit if story.scoring else Unit.WEEK
    told = clock if unit == Unit.HOUR else day
    title = _("Engaged in %(engaged)s of the last %(units)s") % {
        "engaged": number(sum(1 for cell in story.cells if cell.engaged)),
        "units": units(len(story.cells), unit),
    }
    kinds = _kinds()
    rows = [
        [
            told(cell.starts_at),
            acts_in_words(cell.engaged) or "0",
            *(number(cell.signs.get(sign, 0)) for sign in _SIGNS),
            acts_in_words(cell.other) or "0",
        ]
        for cell in story.cells
        if cell.engaged or cell.other
    ]
    note = _("Against us is drawn below the line.")
    if unit == Unit.WEEK:
        note = " ".join([_("A week with many acts counts once."), note])
    columns = [_("From"), _("Engagement"), *kinds[:-1], _("Other acts")]
    return Picture(title, note, _bars(story.cells, kinds, hourly=unit == Unit.HOUR), columns, rows, 180)


# From the top of the picture to its foot.
_SIGNS = (1, 0, None, -1)
_AGAINST = _SIGNS.index(-1)
_COLOURS = ("token:warm-2", "token:even", "token:hollow", "token:cold-2", "token:ring-1")


def _kinds() -> list[str]:
    """What the colours of a timeline mean, in words: one for each sign, and presence."""
    return [_("for us"), _("neither"), _("not judged"), _("against us"), _("presence")]


def _bars(cells: list[Cell], kinds: list[str], *, hourly: bool) -> dict[str, Any]:
    values: list[dict[str, Any]] = [
        {
            "at": _local(cell),
            "acts": acts,
            "height": -acts if place == _AGAINST else acts,
            "kind": kinds[place],
            "place": place,
        }
        for cell in cells
        for place, acts in enumerate((*map(cell.signs.get, _SIGNS), sum(cell.other.values())))
        if acts
    ]
    most = max((value["acts"] for value in values), default=1)
    time = {"grid": False} if hourly else {"grid": False, "format": "%-d %b"}
    span = {"domain": [_local(cells[-1]), _local(cells[0])]}
    colour = {"domain": kinds, "range": list(_COLOURS)}
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "mark": {"type": "bar", "width": 6, "cornerRadius": 1},
        "encoding": {
            "x": {"field": "at", "type": "temporal", "title": None, "axis": time, "scale": span},
            "y": {
                "field": "height",
                "type": "quantitative",
                "title": _("acts"),
                # Acts are whole, above and below the line: no mark stands between two of them.
                "axis": {"tickCount": min(5, most), "labelExpr": "format(abs(datum.value), 'd')"},
            },
            "order": {"field": "place", "type": "quantitative"},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": colour, "legend": {"orient": "top"}},
            "tooltip": [{"field": "acts", "type": "quantitative"}, {"field": "kind", "type": "nominal"}],
        },
    }


def _local(cell: Cell) -> str:
    return timezone.localtime(cell.starts_at).isoformat()


@dataclass(frozen=True, slots=True)
class Trial:
    """What the backtest of the newest scores showed, for its page; only the sentence where it could not be made."""

    sentence: str
    found: dict[str, Any]
    cut: datetime | None = None
    until: datetime | None = None
    calibration: Picture | None = None
    surprise: Picture | None = None
    rules: tuple[dict[str, str], ...] = ()


def trial(scoring: Scoring | None) -> Trial | None:
    """The backtest stored with the scores; none before there are any."""
    if scoring is None or not scoring.model:
        return None
    found: dict[str, Any] = scoring.backtest
    sentence = verdict_sentence(found or {"error": ""}, scoring.unit)
    if "verdict" not in found:
        return Trial(sentence, found)
    epoch = datetime.fromtimestamp(0, tz=timezone.get_current_timezone())
    cut = epoch + timedelta(microseconds=found["at_us"])
    until = cut + timedelta(microseconds=found["horizon_us"])
    return Trial(sentence, found, cut, until, _calibration(found, scoring.unit), _surprise(found), tuple(_rules(found)))


def _calibration(found: dict[str, Any], unit: str) -> Picture:
    tenths = [
        {"tenth": place, "forecast": tenth["forecast"] / tenth["people"], "actual": tenth["actual"] / tenth["people"]}
        for place, tenth in enumerate(found["deciles"], start=1)
        if tenth["people"]
    ]
    x = {
        "field": "tenth",
        "type": "ordinal",
        "title": _("tenths of the people, the closest on the right"),
        "axis": {"labelAngle": 0},
    }
    y = {
        "type": "quantitative",
        "title": _("engaged weeks per person") if unit == Unit.WEEK else _("engaged units per person"),
    }
    spec = {
        "$schema": SCHEMA,
        "data": {"values": tenths},
        "encoding": {"x": x},
        "layer": [
            {"mark": {"type": "bar", "color": "token:ring-1"}, "encoding": {"y": {**y, "field": "actual"}}},
            {
                "mark": {"type": "tick", "color": "token:warm-2", "thickness": 3, "width": 22},
                "encoding": {"y": {**y, "field": "forecast"}},
            },
        ],
    }
    rows = [[number(tenth["tenth"]), number(tenth["forecast"], 2), number(tenth["actual"], 2)] for tenth in tenths]
    title = _("Where the mark stands at the bar's end, the forecast was right")
    note = _("Bars: what came, per person. Marks: what was forecast.")
    return Picture(title, note, spec, [_("Tenth"), _("Forecast"), _("What came")], rows, 220)


def _surprise(found: dict[str, Any]) -> Picture | None:
    if not found["pit"]:
        return None
    bins = len(found["pit"])
    values = [
        {"from": place / bins, "to": (place + 1) / bins, "share": share} for place, share in enumerate(found["pit"])
    ]
    spec = {
        "$schema": SCHEMA,
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "bar", "color": "token:ring-2"},
                "encoding": {
                    "x": {
                        "field": "from",
                        "bin": {"binned": True, "step": 1 / bins},
                        "title": _("less than expected … more than expected"),
                        "axis": {"format": ".1f"},
                    },
                    "x2": {"field": "to"},
                    "y": {
                        "field": "share",
                        "type": "quantitative",
                        "title": _("share of people"),
                        "axis": {"format": "%"},
                    },
                },
            },
            {"mark": {"type": "rule", "color": "token:warm-2"}, "encoding": {"y": {"datum": 1 / bins}}},
        ],
    }
    rows = [[f"{number(row['from'], 2)} – {number(row['to'], 2)}", percent(row["share"], 1)] for row in values]
    title = _("The flatter, the better the intervals")
    note = _("Where people fell within what was thought possible for each (randomised PIT); the line is a perfect fit.")
    return Picture(title, note, spec, [_("Place"), _("Share of people")], rows, 180)


def _rules(found: dict[str, Any]) -> list[dict[str, str]]:
    """Each rule beside ours: how well it ranks, its error, and whether the difference is shown."""
    differences = {(one["baseline"], one["measure"]): one for one in found["differences"]}
    return [
        {
            "name": rule_name(rule["name"]),
            "auc": number(rule["auc"], 3),
            "mae": number(rule["mae"], 3),
            "auc_difference": _difference(differences.get((rule["name"], "auc"))),
            "mae_difference": _difference(differences.get((rule["name"], "mae"))),
            "verdict": _better(differences.get((rule["name"], "auc"))),
        }
        for rule in found["measures"]
    ]


def _difference(one: dict[str, Any] | None) -> str:
    return "" if one is None else f"{number(one['value'], 3)} ({interval(one['low'], one['high'], 3)})"


def _better(one: dict[str, Any] | None) -> str:
    if one is None:
        return ""
    if one["low"] > 0:
        return _("closeness ranks better")
    return _("it ranks better than closeness") if one["high"] < 0 else _("no difference shown")
