"""A crisis in words: what it is called, the worst of it, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import number, percent, span
from entourage.web.crisis.models import Aftermath, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entourage.web.crisis.models import Crisis, Watch

    Figures = dict[str, Any]


def called(crisis: Crisis) -> str:
    """What a crisis is called: by whoever named it, else by what was seen."""
    if crisis.name:
        return crisis.name
    if crisis.measure == Measure.AGAINST:
        return gettext("More against us than usual")
    return gettext("More messages than usual")


def worst(crisis: Crisis) -> str:
    """The worst of it in a sentence; empty where the watch has seen nothing."""
    if crisis.seen is None:
        return ""
    told = {
        "seen": number(crisis.seen), "hours": crisis.window, "expected": _expected(crisis.expected),
        "high": number(crisis.high),
    }  # fmt: skip
    if crisis.measure == Measure.AGAINST:
        line = gettext(
            "%(seen)s messages against us in %(hours)s hours; %(expected)s are expected, up to %(high)s are usual."
        )
    else:
        line = gettext("%(seen)s messages in %(hours)s hours; %(expected)s are expected, up to %(high)s are usual.")
    return line % told


def _expected(value: float | None) -> str:
    """A tenth matters where few are expected, and where any are."""
    return number(value, 1 if value and value < 10 else 0)  # noqa: PLR2004 - two digits say enough


def latest(watch: Watch) -> str:
    """What the last six hours brought, in a sentence; empty where nothing can be expected yet."""
    rows = {key: watch.hours[key][-1] for key in Measure.values if watch.hours.get(key)}
    if len(rows) < len(Measure.values):
        return ""
    return gettext(
        "In the last six hours %(all)s messages, of which %(against)s against us; up to %(high)s and "
        "%(high_against)s are usual."
    ) % {
        "all": number(rows[Measure.MESSAGES][0]), "high": number(rows[Measure.MESSAGES][2]),
        "against": number(rows[Measure.AGAINST][0]), "high_against": number(rows[Measure.AGAINST][2]),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """The aftermath as a table: when, then a cell for each line."""

    columns: list[str]
    rows: list[list[str]]


def aftermath(crisis: Crisis) -> Told | None:
    """What came of it, one column for each look; nothing before the first."""
    looks = list(Aftermath.objects.of(crisis.brand_id).filter(crisis=crisis).order_by("day"))
    if not looks:
        return None
    figures = [one.figures for one in looks]
    lines: list[tuple[str, Callable[[Figures], str]]] = [
        (gettext("People behind it"), lambda one: number(one["people"])),
        (gettext("Conversations answered"), lambda one: _share(one["answered"], one["talks"])),
        (gettext("Half of them within"), lambda one: _length(one["median_s"])),
        (gettext("Said something good afterwards"), lambda one: _share(one["confirmed"], one["answered"])),
        (gettext("Came back a week later, nothing against us"), lambda one: _share(one["back"], one["due"])),
        (gettext("Against us in the eight weeks before"), lambda one: _angry(one["before"])),
        (gettext("Against us during it"), lambda one: _angry(one["during"])),
        (gettext("Against us since"), lambda one: _angry(one["after"])),
    ]
    rows = [[line, *(cell(one) for one in figures)] for line, cell in lines]
    return Told([gettext("What came of it"), *map(_when, looks)], rows)


def _when(look: Aftermath) -> str:
    if look.day == Aftermath.OPEN:
        return gettext("so far")
    if look.day == 0:
        return gettext("at its end")
    return ngettext("%(days)s day later", "%(days)s days later", look.day) % {"days": look.day}


def _share(part: int, whole: int) -> str:
    if not whole:
        return number(None)
    return gettext("%(share)s (%(part)s of %(whole)s)") % {
        "share": percent(part / whole), "part": number(part), "whole": number(whole),
    }  # fmt: skip


def _angry(counts: Sequence[Any]) -> str:
    everything, against = counts
    return _share(against, everything)


def _length(seconds: float | None) -> str:
    return number(None) if seconds is None else span(timedelta(seconds=seconds))
