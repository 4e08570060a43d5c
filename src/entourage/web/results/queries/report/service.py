"""Is the page deserted?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import UNKNOWN, day, number, percent
from entourage.web.core.templatetags.entourage import network as network_name
from entourage.web.results.queries.addresses import conversations
from entourage.web.results.queries.report.parts import Figure, Section, Table
from entourage.web.results.queries.words import from_us, hours, interval_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.web.results.queries.report.parts import Facts

Told = dict[str, Any]
# As many competitors as a page of print holds beside the rest; the figures of all stand in the JSON.
PAGES = 10


def section(facts: Facts) -> Section:
    service = facts.audit.figures["service"]
    question = gettext("Is the page deserted?")
    if not service["ours"]:
        finding = gettext("Nobody asked anything of our accounts in this period.")
        notes = [
            gettext(
                "Check that our own accounts are marked: questions are counted where they are turned to one of ours."
            )
        ]
        accounts = reverse("listen:accounts", args=[facts.slug])
        return Section("service", question, finding, notes=notes, href=accounts, action=gettext("Mark our accounts"))
    return Section(
        "service",
        question,
        _finding(service),
        lead=_lead(service),
        figures=_figures(facts, service),
        charts=[facts.charts[name] for name in ("unanswered", "answered", "hours") if name in facts.charts],
        tables=[
            *([_pages(facts, service)] if service["competitors"] else []),
            *([] if service["only_answered"] else [_networks(facts, service["networks"])]),
        ],
        lines=[(line, "") for line in (*_silences(service), *_against(facts, service))],
        notes=_notes(service),
        source=gettext(
            "A conversation is one person in one thread with one page. Its first response is our first words to them "
            "there; an entry in an operation is no question, a bot's answer is no answer, and threads that we opened "
            "are left out. Delays are Kaplan-Meier estimates: who still waits counts for as long as they have waited. "
            "Messages of the last 24 hours are not called unanswered yet. Shares: Wilson, 95%."
        ),
        todo=todo(service),
    )


def todo(service: Told) -> str:
    """What this section asks for on Monday; empty where nothing does."""
    ours = service["ours"]
    if not ours or not ours["unanswered"]:
        return ""
    verdict = service["verdict"]
    if verdict == "deserted":
        return gettext("Name somebody who answers every working day, before anything else is spent on being seen.")
    if service["silences"]:
        return gettext("Plan who answers during the next absence: the page was left alone while people were asking.")
    if verdict == "neglected":
        return gettext("Find the hours in which most questions stay unanswered, and give one of them to somebody.")
    return ""


def _finding(service: Told) -> str:
    ours = service["ours"]
    share = {"share": percent(ours["unanswered_share"][0])}
    if service["only_answered"]:
        return gettext(
            "Half of those who got an answer waited %(median)s or less; who never got one, this file does not tell."
        ) % {"median": hours(ours["median_h"][0])}
    told = {
        "deserted": gettext("Yes: %(share)s of the conversations that people open with us get no answer.") % share,
        "neglected": gettext("In part: %(share)s of the conversations that people open with us get no answer.") % share,
        "kept": gettext("No, the page is kept: %(share)s of the conversations get no answer.") % share,
        "unclear": gettext("Not clear yet: between %(low)s and %(high)s of the conversations get no answer.")
        % {"low": percent(ours["unanswered_share"][1]), "high": percent(ours["unanswered_share"][2])},
        "too_few": ngettext(
            "Too few conversations to say: %(count)s in this period.",
            "Too few conversations to say: %(count)s in this period.",
            ours["conversations"],
        )
        % {"count": number(ours["conversations"])},
    }
    return told[service["verdict"]]


def _lead(service: Told) -> list[str]:
    ours = service["ours"]
    median, ninth = ours["median_h"][0], ours["p90_h"][0]
    lines = []
    if median is None:
        lines.append(gettext("So many are never answered that there is no median wait: more than half still wait."))
    elif ninth is None:
        lines.append(
            gettext(
                "Half of the people wait %(median)s or less for a first answer; more than one in ten never get one."
            )
            % {"median": hours(median)}
        )
    else:
        lines.append(
            gettext("Half of the people wait %(median)s or less for a first answer, one in ten wait %(ninth)s or more.")
            % {"median": hours(median), "ninth": hours(ninth)}
        )
    naive = ours["answered_only_median_h"]
    if median is not None and naive is not None and naive < 0.9 * median:
        lines.append(
            gettext("A report that forgets the unanswered would have said %(naive)s.") % {"naive": hours(naive)}
        )
    return lines


def _figures(facts: Facts, service: Told) -> list[Figure]:
    ours = service["ours"]
    every = conversations(facts.slug)
    parts = {"part": number(ours["unanswered"]), "whole": number(ours["due"])}
    half = gettext("not reached: more than half still wait")
    slow = gettext("not reached: more than one in ten get no answer")
    unknown = Figure(gettext("Without an answer"), UNKNOWN, note=gettext("this file does not tell"))
    share = Figure(
        gettext("Without an answer"),
        percent(ours["unanswered_share"][0]),
        interval_of(ours["unanswered_share"], percent),
        gettext("%(part)s of %(whole)s conversations") % parts,
        conversations(facts.slug, unanswered=1),
    )
    return [
        unknown if service["only_answered"] else share,
        Figure(gettext("First response, median"), hours(ours["median_h"][0]), interval_of(ours["median_h"], hours),
               gettext("95% interval") if ours["median_h"][0] is not None else half, every),
        Figure(gettext("First response, nine in ten"), hours(ours["p90_h"][0]), interval_of(ours["p90_h"], hours),
               gettext("95% interval") if ours["p90_h"][0] is not None else slow, every),
        Figure(gettext("Conversations"), number(ours["conversations"]), note=gettext("in this period"), href=every),
    ]  # fmt: skip


def _networks(facts: Facts, networks: Sequence[Told]) -> Table:
    columns = [gettext("Network"), gettext("Conversations"), gettext("Unanswered"), gettext("95% interval"),
               gettext("Median"), gettext("Nine in ten")]  # fmt: skip
    rows = [
        [
            (network_name(one["network"]), ""),
            (number(one["conversations"]), conversations(facts.slug, network=one["network"])),
            (percent(one["unanswered_share"][0]), conversations(facts.slug, network=one["network"], unanswered=1)),
            (interval_of(one["unanswered_share"], percent), ""),
            (hours(one["median_h"][0]), ""),
            (hours(one["p90_h"][0]), ""),
        ]
        for one in networks
    ]
    return Table(columns, rows)


def _pages(facts: Facts, service: Told) -> Table:
    """Our page, then each competitor's: the same measures by the same rule."""
    columns = [gettext("Page"), gettext("Conversations"), gettext("Unanswered"), gettext("Median"),
               gettext("95% interval"), gettext("Nine in ten")]  # fmt: skip
    pages = [(facts.pages[""], service["ours"])]
    pages += [(facts.pages[one["page"]], one) for one in service["competitors"][:PAGES]]
    rows = [
        [
            (name, ""),
            (number(one["conversations"]), _rows(facts, one)),
            (UNKNOWN, "")
            if service["only_answered"]
            else (percent(one["unanswered_share"][0]), _rows(facts, one, unanswered=1)),
            (hours(one["median_h"][0]), ""),
            (interval_of(one["median_h"], hours), ""),
            (hours(one["p90_h"][0]), ""),
        ]
        for name, one in pages
    ]
    return Table(columns, rows)


def _rows(facts: Facts, one: Told, **asked: int) -> str:
    """The conversations of a page; ours has no name."""
    return conversations(facts.slug, **({"page": one["page"]} if "page" in one else {}), **asked)


def _silences(service: Told) -> list[str]:
    return [
        (
            ngettext(
                "From %(first)s to %(last)s nobody answered, while %(count)s person asked.",
                "From %(first)s to %(last)s nobody answered, while %(count)s people asked.",
                one["asked"],
            )
            if not one["ongoing"]
            else ngettext(
                "Since %(first)s nobody has answered, while %(count)s person asked (last looked at on %(last)s).",
                "Since %(first)s nobody has answered, while %(count)s people asked (last looked at on %(last)s).",
                one["asked"],
            )
        )
        % {"first": day(from_us(one["starts_us"])), "last": day(from_us(one["ends_us"])), "count": number(one["asked"])}
        for one in service["silences"][:3]
    ]


def _against(facts: Facts, service: Told) -> list[str]:
    """Each competitor in a sentence; a difference is said only where its interval leaves zero out."""
    say = _sooner if service["only_answered"] else _beside
    return [line for one in service["competitors"][:3] if (line := say(facts, service["ours"], one))]


def _sooner(facts: Facts, ours: Told, theirs: Told) -> str:
    """Whose median wait is shorter; said only where the two intervals do not meet."""
    (mine, low, high), (other, other_low, other_high) = ours["median_h"], theirs["median_h"]
    if None in (mine, low, high, other, other_low, other_high):
        return ""
    told = {"page": facts.pages[theirs["page"]], "theirs": hours(other), "ours": hours(mine)}
    if high < other_low:
        return gettext("%(page)s answers later: median %(theirs)s, against our %(ours)s.") % told
    if low > other_high:
        return gettext("%(page)s answers sooner: median %(theirs)s, against our %(ours)s.") % told
    return gettext("%(page)s: median %(theirs)s, against our %(ours)s; too close to tell apart.") % told


def _beside(facts: Facts, ours: Told, theirs: Told) -> str:
    _, low, high = theirs["gap"]
    if low is None or high is None:
        return ""
    told = {
        "page": facts.pages[theirs["page"]],
        "theirs": percent(theirs["unanswered_share"][0]),
        "ours": percent(ours["unanswered_share"][0]),
    }
    if low > 0:
        return gettext("%(page)s leaves fewer people alone: %(theirs)s without an answer, against our %(ours)s.") % told
    if high < 0:
        return gettext("%(page)s leaves more people alone: %(theirs)s without an answer, against our %(ours)s.") % told
    return gettext("%(page)s: %(theirs)s without an answer, against our %(ours)s; too close to tell apart.") % told


def _notes(service: Told) -> list[str]:
    notes = []
    if service["only_answered"]:
        notes.append(
            gettext(
                "Every conversation here has an answer, on every page: the file seems to hold answered ones only. "
                "Delays can be compared; the share without an answer cannot be read from it."
            )
        )
    derived, unknown = service["timing"].get("derived", 0), service["ours"]["moment_unknown"]
    if derived:
        notes.append(
            ngettext(
                "The moment of %(count)s answer was computed from a duration that the file tells.",
                "The moments of %(count)s answers were computed from durations that the file tells.",
                derived,
            )
            % {"count": number(derived)}
        )
    if unknown:
        notes.append(
            ngettext(
                "%(count)s answer has no known moment: it counts as an answer, and as later than the question for the "
                "delay.",
                "%(count)s answers have no known moment: they count as answers, and as later than the question for "
                "the delay.",
                unknown,
            )
            % {"count": number(unknown)}
        )
    return notes
