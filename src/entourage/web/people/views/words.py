"""What choices and figures are called on the pages of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from entourage.web.core.models import Unit
from entourage.web.core.templatetags.entourage import day, number, percent
from entourage.web.people.queries import units

if TYPE_CHECKING:
    from entourage.web.people.models import Scoring, Standing
    from entourage.web.people.queries import Story


def choices(scoring: Scoring | None) -> dict[str, Any]:
    """The filters of the list and the heads of its columns."""
    return {
        "answers": [
            ("", _("any")), ("never", _("never")), ("partly", _("now and then")), ("all", _("always")),
            ("unasked", _("did not ask")),
        ],
        "moments": [
            ("", _("any time")), ("7", _("in 7 days")), ("30", _("in 30 days")), ("90", _("in 90 days")),
            ("older", _("longer ago")),
        ],
        "kinds": [
            ("", _("everybody")), ("public", _("the public")), ("staff", _("staff")), ("bot", _("bots")),
            ("alone", _("left alone")),
        ],
        "sorts": [
            ("", _("closest first")), ("warmth", _("warmest first")), ("hostility", _("most hostile first")),
            ("last", _("last seen first")), ("name", _("by name")),
        ],
        "expected": expected(scoring),
        "engaged": _engaged(scoring),
    }  # fmt: skip


def expected(scoring: Scoring | None) -> str:
    """The head of the prediction's column."""
    if scoring is None:
        return _("Expected")
    return _("Expected of the next %(units)s") % {"units": units(scoring.horizon, scoring.unit)}


def _engaged(scoring: Scoring | None) -> str:
    unit = scoring.unit if scoring else Unit.WEEK
    return {
        Unit.HOUR: _("Engaged hours"),
        Unit.DAY: _("Engaged days"),
        Unit.WEEK: _("Engaged weeks"),
    }[Unit(unit)]


def figures(story: Story) -> dict[str, Any]:
    """The figures of a person's page; none without a standing."""
    if story.standing is None or story.scoring is None:
        return {}
    stands: Standing = story.standing
    unit = story.scoring.unit
    horizon = units(story.scoring.horizon, unit)
    return {
        "expected": number(stands.weeks, 1),
        "expected_unit": _("of %(units)s") % {"units": horizon},
        "alive": percent(stands.p_alive),
        "engaged": _("%(engaged)s of %(units)s")
        % {"engaged": number(stands.engaged), "units": units(stands.opportunities + 1, unit)},
        "answered": percent(stands.answered / stands.asked if stands.asked else None),
        "last": day(stands.last_at),
        "scale": _("From none to all of the next %(units)s; the band holds the truth four times in five.")
        % {"units": horizon},
    }
