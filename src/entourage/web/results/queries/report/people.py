"""Who matters, and how far that can be trusted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entourage.web.core.models import Unit
from entourage.web.core.templatetags.entourage import day, number
from entourage.web.people.models import SILENT, Ring, StandingName
from entourage.web.results.queries.report.parts import Figure, PeopleList, PersonLine, Section, Whisker
from entourage.web.results.queries.words import interval_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.web.results.queries.report.parts import Facts

Told = dict[str, Any]
#: How many of each list are shown here; the others are one click away.
SHOWN = {"closest": 10, "angry": 10, "unanswered": 10, "drifting": 5, "back": 5}


def section(facts: Facts) -> Section:
    told = facts.audit.figures["people"]
    question = gettext("Who matters?")
    if not told["scored"]:
        finding = gettext("Too few people have come back yet to predict who will.")
        return Section("people", question, finding)
    lists = _lists(facts, told)
    return Section(
        "people",
        question,
        _finding(told),
        lead=[line for line in (_tone(told), trust(told)) if line],
        figures=_figures(facts, told),
        lists=lists,
        source=gettext(
            "Closeness is the number of coming weeks in which we expect to hear from a person, predicted from the "
            "weeks in which they were heard of, with an 80% interval. A burst in one week counts once; likes and "
            "follows do not count. For or against us is read in their messages, with an 80% interval: an ally is close "
            "and the whole interval is above zero, an angry regular is close and all of it below."
        )
        if told["unit"] == Unit.WEEK
        else gettext(
            "Closeness is the number of coming hours or days in which we expect to hear from a person, predicted from "
            "those in which they were heard of, with an 80% interval. A burst counts once; likes and follows do not "
            "count. For or against us is read in their messages, with an 80% interval: an ally is close and the whole "
            "interval is above zero, an angry regular is close and all of it below."
        ),
        todo=_todo({one.key for one in lists if one.lines}),
        href=reverse("people:trust", args=[facts.slug]),
        action=gettext("How far this prediction can be trusted"),
    )


def people(slug: str, **asked: Any) -> str:
    """The People page with these filters."""
    return f"{reverse('people:list', args=[slug])}?{urlencode(asked)}"


def person(slug: str, key: int) -> str:
    return reverse("people:person", args=[slug, key])


def behind(told: Told, one: Told) -> str:
    """In how many of the weeks (hours, days) since first seen the person engaged, in words."""
    shown = {"count": number(one["engaged"]), "all": number(max(one["opportunities"], one["engaged"]))}
    if told["unit"] == Unit.WEEK:
        return gettext("%(count)s of %(all)s weeks") % shown
    if told["unit"] == Unit.DAY:
        return gettext("%(count)s of %(all)s days") % shown
    return gettext("%(count)s of %(all)s hours") % shown


def ahead(told: Told, count: float) -> str:
    """So many of the coming weeks (hours, days), in words."""
    shown = {"count": number(count, 1), "all": number(told["horizon"])}
    if told["unit"] == Unit.WEEK:
        return gettext("%(count)s of the next %(all)s weeks") % shown
    if told["unit"] == Unit.DAY:
        return gettext("%(count)s of the next %(all)s days") % shown
    return gettext("%(count)s of the next %(all)s hours") % shown


def trust(told: Told) -> str:
    """How far the prediction can be trusted, in one sentence, from the backtest."""
    verdict = told["trust"].get("verdict") if told["trust"] else None
    if not verdict:
        return gettext(
            "This prediction could not be checked yet: the log is too short to hide its last part and compare."
        )
    shown = {
        "auc": number(100 * verdict["auc"]),
        "forecast": number(verdict["forecast"]),
        "actual": number(verdict["actual"]),
        "returned": number(verdict["returned"]),
        "units": {Unit.WEEK: gettext("weeks"), Unit.DAY: gettext("days")}.get(told["unit"]) or gettext("hours"),
    }
    return _TRUST[verdict["code"]]() % shown


_TRUST: dict[str, Callable[[], str]] = {
    "trust": lambda: gettext(
        "This can be trusted: tried on the last period, hidden, it put the person who came back before the one who "
        "did not in %(auc)s of 100 pairs, and forecast %(forecast)s %(units)s of engagement where there were "
        "%(actual)s."
    ),
    "trust_ranking_only": lambda: gettext(
        "Trust the order, not the counts: tried on the last period, hidden, it ranked %(auc)s of 100 pairs right, but "
        "forecast %(forecast)s %(units)s of engagement where there were %(actual)s."
    ),
    "baseline_ranks_better": lambda: gettext(
        "Use it with care: tried on the last period, hidden, it ranked %(auc)s of 100 pairs right, and a simpler "
        "count did better."
    ),
    "do_not_trust": lambda: gettext(
        "Do not trust this order: tried on the last period, hidden, it ranked only %(auc)s of 100 pairs right; "
        "chance would do 50."
    ),
    "too_few_returned": lambda: gettext(
        "Too few people came back in the last period (%(returned)s) to check this prediction."
    ),
}


def _finding(told: Told) -> str:
    rings = told["counts"].get("rings", {})
    close = rings.get(str(Ring.CLOSE), 0) + rings.get(str(Ring.INNER), 0)
    leaving = _moved(told, "drifting") + _moved(told, "quiet")
    who = ngettext("%(count)s person is close", "%(count)s people are close", close) % {"count": number(close)}
    if not leaving:
        return gettext("%(who)s; nobody of them is leaving.") % {"who": who}
    return ngettext(
        "%(who)s; %(leaving)s who was closer is drifting away or has gone quiet.",
        "%(who)s; %(leaving)s who were closer are drifting away or have gone quiet.",
        leaving,
    ) % {"who": who, "leaving": number(leaving)}


def read(told: Told) -> bool:
    """Whether any message was judged for or against us when the scores were made."""
    return bool(told.get("tone", {}).get("judged"))


def _named(told: Told, name: str) -> int:
    return int(told["counts"].get("names", {}).get(name, 0))


def _tone(told: Told) -> str:
    """Who of the close is for us and who against, for certain."""
    if not read(told):
        return ""
    allies, angry = _named(told, StandingName.ALLY), _named(told, StandingName.HOSTILE_REGULAR)
    friends = ngettext("%(count)s of the close is an ally", "%(count)s of the close are allies", allies)
    return gettext("%(allies)s, %(angry)s; of the others, what they say does not tell for certain.") % {
        "allies": friends % {"count": number(allies)},
        "angry": ngettext("%(count)s is an angry regular", "%(count)s are angry regulars", angry)
        % {"count": number(angry)},
    }


def _moved(told: Told, movement: str) -> int:
    return int(told["counts"].get("movements", {}).get(movement, 0))


def _figures(facts: Facts, told: Told) -> list[Figure]:
    rings = told["counts"].get("rings", {})
    return [
        Figure(
            gettext("In the inner circle"), number(rings.get(str(Ring.INNER), 0)), href=people(facts.slug, ring="inner")
        ),
        Figure(gettext("Close to us"), number(rings.get(str(Ring.CLOSE), 0)), href=people(facts.slug, ring="close")),
        *_names(facts, told),
        Figure(
            gettext("Drifting away"), number(_moved(told, "drifting")), href=people(facts.slug, movement="drifting")
        ),
        Figure(gettext("Gone quiet"), number(_moved(told, "quiet")), href=people(facts.slug, movement="quiet")),
        Figure(gettext("Came back"), number(_moved(told, "back")), href=people(facts.slug, movement="back")),
    ]


def _names(facts: Facts, told: Told) -> list[Figure]:
    if not read(told):
        return []
    labels = {
        StandingName.ALLY: gettext("Allies"),
        StandingName.HOSTILE_REGULAR: gettext("Angry regulars"),
        StandingName.CRITIC: gettext("Critics"),
    }
    return [
        Figure(label, number(_named(told, name)), href=people(facts.slug, standing=name.value))
        for name, label in labels.items()
    ]


def _lists(facts: Facts, told: Told) -> list[PeopleList]:
    slug = facts.slug
    every = gettext("See them all")
    angry = PeopleList("angry", gettext("Close, and angry with us"), _lines(facts, told, "angry", _against),
                       gettext("Nobody."), people(slug, standing="hostile_regular"), every)  # fmt: skip
    return [
        PeopleList("closest", gettext("The closest"), _lines(facts, told, "closest", _expected),
                   gettext("Nobody yet."), people(slug, sort="closeness"), every),
        *([angry] if read(told) else []),
        PeopleList("unanswered", gettext("Regulars whom we do not answer"), _lines(facts, told, "unanswered", _silent),
                   gettext("Nobody: every regular who asks gets an answer."), people(slug, answered="never"), every),
        PeopleList("drifting", gettext("Drifting away"), _lines(facts, told, "drifting", _drifted),
                   gettext("Nobody."), people(slug, movement="drifting"), every),
        PeopleList("back", gettext("Came back"), _lines(facts, told, "back", _expected),
                   gettext("Nobody."), people(slug, movement="back"), every),
    ]  # fmt: skip


def _lines(facts: Facts, told: Told, name: str, why: Callable[[Told, Told], str]) -> list[PersonLine]:
    """One line a person, without the erased and without those who asked to be left alone."""
    return [
        PersonLine(
            someone.name, person(facts.slug, someone.pk), why(told, one), whisker=_whisker(told, one), **standing(one)
        )
        for one in told.get(name, [])[: SHOWN[name]]
        if (someone := facts.people.get(one["person"])) and someone.left_alone_at is None
    ]


def standing(one: Told) -> dict[str, Any]:
    """What ring and warmth make of a person, where they make something of them: two columns of a ``PersonLine``."""
    name = one.get("standing", "")
    if name in SILENT:
        return {}
    return {"standing": str(StandingName(name).label), "standing_key": name}


def _whisker(told: Told, one: Told) -> Whisker:
    text = gettext("%(expected)s expected (%(range)s)") % {
        "expected": number(one["weeks"], 1),
        "range": interval_of([None, one["low"], one["high"]]),
    }
    return Whisker(one["low"], one["weeks"], one["high"], told["horizon"], text)


def _expected(told: Told, one: Told) -> str:
    return gettext("Engaged in %(past)s; expected in %(ahead)s.") % {
        "past": behind(told, one),
        "ahead": ahead(told, one["weeks"]),
    }


def _against(told: Told, one: Told) -> str:
    return ngettext(
        "Against us in %(against)s of %(count)s judged message, for us in %(positive)s; expected in %(ahead)s.",
        "Against us in %(against)s of %(count)s judged messages, for us in %(positive)s; expected in %(ahead)s.",
        one["judged"],
    ) % {
        "against": number(one["negative"]),
        "count": number(one["judged"]),
        "positive": number(one["positive"]),
        "ahead": ahead(told, one["weeks"]),
    }


def _silent(told: Told, one: Told) -> str:
    return ngettext(
        "Wrote %(asked)s time, answered %(answered)s; expected in %(ahead)s.",
        "Wrote %(asked)s times, answered %(answered)s; expected in %(ahead)s.",
        one["asked"],
    ) % {"asked": number(one["asked"]), "answered": number(one["answered"]), "ahead": ahead(told, one["weeks"])}


def _drifted(told: Told, one: Told) -> str:
    return gettext("Last heard of on %(day)s; we expected %(before)s, now %(now)s.") % {
        "day": day(datetime.fromisoformat(one["last_at"])),
        "before": number(one["before"], 1),
        "now": ahead(told, one["weeks"]),
    }


def _todo(listed: set[str]) -> str:
    """What to do for the people of the lists that hold somebody."""
    advice = {
        "angry": gettext("Call the angry regulars, in person: they will be back, with or without an answer."),
        "unanswered": gettext("Write to the regulars whom we do not answer: their silence would be ours."),
    }
    return " ".join(sentence for key, sentence in advice.items() if key in listed)
