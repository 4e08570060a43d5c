"""What the pages of the service show, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language_info, gettext

from entourage.web.core.queries import members
from entourage.web.core.templatetags.entourage import network, span
from entourage.web.people.models import StandingName
from entourage.web.reading.models import Intent, Sign
from entourage.web.service import queries
from entourage.web.service.forms.departments import WEEKDAYS
from entourage.web.service.forms.shifts import written
from entourage.web.service.queries.matching import UNCERTAIN

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.service.models import Desk, Rule, Target

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Promised:
    """A target in words: for whom, and within what."""

    pk: int
    whom: str
    first: str
    following: str
    resolution: str


def overview(brand: Brand, *, now: datetime) -> dict[str, Any]:
    """Departments with hours and people, the team with its seats, dates to come, promises."""
    kept = queries.desks(brand)
    names = {desk.key: queries.called(desk) for desk in kept}
    seats = {seat.member_id: seat for seat in queries.seats(brand)}
    people = {desk.key: [seat.member for seat in seats.values() if desk.key in seat.departments] for desk in kept}
    return {
        "departments": [(desk, names[desk.key], week(desk), people[desk.key]) for desk in kept],
        "team": [(member, seats.get(member.pk)) for member in members(brand)],
        "names": names,
        "holidays": [
            (one, names.get(one.desk.key, "") if one.desk else "", written(one.shifts))
            for one in queries.holidays(brand, since=now)
        ],
        "promises": [promised(one, names) for one in queries.targets(brand)],
    }


def week(desk: Desk) -> list[tuple[str, str]]:
    """The hours of a week, days that are alike together; none for day and night."""
    told: list[tuple[str, str, str]] = []
    for name, shifts in zip(WEEKDAYS, desk.week or [], strict=False):
        hours = written(shifts) or gettext("closed")
        if told and told[-1][2] == hours:
            told[-1] = (told[-1][0], str(name), hours)
        else:
            told.append((str(name), str(name), hours))
    return [(first if first == last else f"{first} – {last}", hours) for first, last, hours in told]


def promised(target: Target, names: dict[str, str]) -> Promised:
    """A target in words."""
    return Promised(
        target.pk, queries.reason(target, names), _within(target.first_minutes), _within(target.next_minutes),
        _within(target.resolution_minutes),
    )  # fmt: skip


def _within(minutes: int | None) -> str:
    # Hours of service, not of the clock: a day of them would be read as a day of the calendar.
    if minutes is None:
        return ""
    if minutes >= 24 * MINUTE:
        return gettext("%(hours)d h") % {"hours": minutes // MINUTE}
    return span(minutes * MINUTE)


def conditions(rule: Rule) -> str:
    """When a rule fits, in words."""
    told = [
        " / ".join(f"“{word}”" for word in rule.words),
        _labels(rule.intents, {**dict(Intent.choices), UNCERTAIN: gettext("not told for certain")}),
        str(dict(Sign.choices).get(rule.sign, "")) if rule.sign is not None else "",
        {None: "", True: gettext("vehement"), False: gettext("calm")}[rule.vehement],
        " / ".join(network(one) for one in rule.networks),
        " / ".join(str(get_language_info(one)["name_translated"]) for one in rule.languages),
        _labels(rule.standings, dict(StandingName.choices)),
    ]
    return " + ".join(filter(None, told)) or gettext("every message")


def results(rule: Rule, names: dict[str, str]) -> str:
    """What a rule does, in words."""
    told = [
        names.get(rule.department, rule.department),
        str(rule.assignee) if rule.assignee else "",
        gettext("label “%(label)s”") % {"label": rule.label.name} if rule.label else "",
        gettext("urgent") if rule.urgent else "",
        gettext("answers wait for a yes") if rule.approve else "",
    ]
    return ", ".join(filter(None, told))


def _labels(values: list[str], among: dict[str, Any]) -> str:
    return " / ".join(str(among.get(one, one)) for one in values)
