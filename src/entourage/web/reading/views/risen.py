"""Figures of a gathering as sentences: whether it rises, and whether it is about what the brand does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import interval, number
from entourage.web.reading.models import Finding, Topic
from entourage.web.reading.queries import about_from

if TYPE_CHECKING:
    from entourage.web.reading.models import Territory
    from entourage.web.reading.queries import Told


def rose(row: Topic | Finding) -> str:
    """The class of its tag: ``accent`` where it surely rises, ``good`` where it surely falls, else none."""
    return {1: "accent", -1: "good"}.get(row.rising, "")


def risen(row: Topic | Finding) -> str:
    """How often it is said beside before, with the interval; whether chance may be all there is to it."""
    if row.times is None:
        return _new(row)
    told = {"times": number(row.times, 1), "range": interval(row.low, row.high, 1)}
    if row.rising:
        return gettext("%(times)s times as often as before (%(range)s)") % told
    return gettext("no clear change: %(times)s times as often as before (%(range)s)") % told


def _new(row: Topic | Finding) -> str:
    """Nothing came before: not said before, or there was no before."""
    if not row.messages:
        return ""
    weeks = round(row.weeks_before)
    if weeks < 1:
        return gettext("nothing earlier to compare with")
    told = {"weeks": number(weeks)}
    if isinstance(row, Finding):
        return _unheard(weeks) % told if any(row.weeks) else ""
    return ngettext("not said in the week before", "not said in the %(weeks)s weeks before", weeks) % told


def _unheard(weeks: int) -> str:
    return ngettext(
        "not heard in the week before the last four", "not heard in the %(weeks)s weeks before the last four", weeks
    )


def near(one: Told, territory: Territory | None) -> str:
    """Whether it is about what the brand does, or chatter; nothing where there is no territory."""
    if territory is None or not territory.texts or one.row.nearness is None:
        return ""
    # A question on use is worth an answer, however far it lies from what the brand itself writes about.
    if isinstance(one.row, Finding):
        return ""
    return "about" if one.row.nearness >= about_from(territory) else "chatter"
