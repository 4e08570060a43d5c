"""What this audit says about the brand's goals: set beside them, never said to cause them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entourage.web.core.models import Goal
from entourage.web.core.templatetags.entourage import number, percent
from entourage.web.people.models import Ring
from entourage.web.results.queries.addresses import conversations
from entourage.web.results.queries.report.parts import Section
from entourage.web.results.queries.report.people import people
from entourage.web.results.queries.words import people_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.web.results.queries.report.parts import Facts

Line = tuple[str, str]


def section(facts: Facts) -> Section:
    goals = [goal for goal in Goal if goal in facts.audit.brand.goals]
    question = gettext("What does it mean for our goals?")
    if not goals:
        return Section("goals", question, gettext("No goal is chosen yet: presence is a means."),
                       href=reverse("goals", args=[facts.slug]), action=gettext("Choose the goals"))  # fmt: skip
    return Section(
        "goals",
        question,
        ngettext(
            "What this audit says beside %(count)s goal.", "What this audit says beside %(count)s goals.", len(goals)
        )
        % {"count": len(goals)},
        lines=[line for goal in goals for line in _SAYS[goal](facts, str(goal.label))],
        source=gettext(
            "Evidence: associated. These counts stand beside the goals; nothing here was randomised, so nothing here "
            "says what caused what."
        ),
    )


def _acts(facts: Facts, act: str) -> dict[str, int]:
    found: dict[str, int] = facts.audit.figures["goals"]["acts"].get(act, {"acts": 0, "people": 0})
    return found


def _fewer_calls(facts: Facts, goal: str) -> list[Line]:
    ours = facts.audit.figures["service"]["ours"]
    if not ours:
        return [(gettext("%(goal)s: nobody asked anything in public in this period.") % {"goal": goal}, "")]
    if facts.audit.figures["service"]["only_answered"]:
        line = gettext("%(goal)s: this file holds answered questions only; who may call instead, it cannot tell.")
        return [(line % {"goal": goal}, "")]
    line = ngettext(
        "%(goal)s: %(count)s question found no answer in public; who does not get one here may call.",
        "%(goal)s: %(count)s questions found no answer in public; who does not get one here may call.",
        ours["unanswered"],
    ) % {"goal": goal, "count": number(ours["unanswered"])}
    helped = _acts(facts, "help")
    if not helped["acts"]:
        return [(line, conversations(facts.slug, unanswered=1))]
    return [
        (line, conversations(facts.slug, unanswered=1)),
        (
            ngettext(
                "%(goal)s: %(people)s answered other customers, %(count)s time.",
                "%(goal)s: %(people)s answered other customers, %(count)s times.",
                helped["acts"],
            )
            % {"goal": goal, "people": people_count(helped["people"]), "count": number(helped["acts"])},
            "",
        ),
    ]


def _more_sales(facts: Facts, goal: str) -> list[Line]:
    bought = _acts(facts, "purchase")
    if not bought["people"]:
        return [
            (
                gettext("%(goal)s: this log tells of no purchase; import orders to set them beside closeness.")
                % {"goal": goal},
                "",
            )
        ]
    rings = facts.audit.figures["people"]["counts"].get("rings", {})
    near = [str(Ring.CLOSE), str(Ring.INNER)]
    all_people, close = sum(rings.values()), sum(rings.get(ring, 0) for ring in near)
    buyers = facts.audit.figures["goals"]["buyers_by_ring"]
    all_buyers, close_buyers = sum(buyers.values()), sum(buyers.get(ring, 0) for ring in near)
    if not all_people or not all_buyers:
        told = {"goal": goal, "people": people_count(bought["people"]), "count": number(bought["acts"])}
        return [(gettext("%(goal)s: %(people)s bought, %(count)s times in all.") % told, "")]
    told = {
        "goal": goal,
        "people": people_count(bought["people"]),
        "close": percent(close / all_people, 1),
        "share": percent(close_buyers / all_buyers, 1),
    }
    line = (
        gettext("%(goal)s: %(people)s bought; the close are %(close)s of all people and %(share)s of the buyers.")
        % told
    )
    return [(line, people(facts.slug, ring="close"))]


def _image(facts: Facts, goal: str) -> list[Line]:
    figures = facts.audit.figures
    unanswered = len(figures["people"].get("unanswered", []))
    lines: list[Line] = []
    if figures["goals"]["rated"]:
        rated, mean = figures["goals"]["rated"], figures["goals"]["rating"]
        line = ngettext(
            "%(goal)s: %(count)s review, %(mean)s on average.",
            "%(goal)s: %(count)s reviews, %(mean)s on average.",
            rated,
        ) % {"goal": goal, "count": number(rated), "mean": percent(mean)}
        lines.append((line, ""))
    if unanswered:
        line = ngettext(
            "%(goal)s: %(count)s regular speaks to us in front of everybody without an answer.",
            "%(goal)s: %(count)s regulars or more speak to us in front of everybody without an answer.",
            unanswered,
        ) % {"goal": goal, "count": number(unanswered)}
        lines.append((line, people(facts.slug, answered="never")))
    lines += _said(facts, goal)
    return lines or [(gettext("%(goal)s: no regular is left without an answer.") % {"goal": goal}, "")]


def _said(facts: Facts, goal: str) -> list[Line]:
    """How the judged messages of the period split."""
    signs: dict[str, int] = facts.audit.figures["goals"].get("signs", {})
    if not (judged := sum(signs.values())):
        return []
    line = ngettext(
        "%(goal)s: of %(count)s judged message, %(for)s for us and %(against)s against.",
        "%(goal)s: of %(count)s judged messages, %(for)s for us and %(against)s against.",
        judged,
    ) % {
        "goal": goal,
        "count": number(judged),
        "for": number(signs.get("1", 0)),
        "against": number(signs.get("-1", 0)),
    }
    return [(line, reading(facts, sign="negative"))]


def reading(facts: Facts, **asked: str) -> str:
    """The Reading page with these filters."""
    return f"{reverse('reading:reading', args=[facts.slug])}?{urlencode(asked)}"


def _read(facts: Facts, intent: str) -> dict[str, int]:
    found: dict[str, int] = facts.audit.figures["goals"].get("read", {}).get(intent, {"messages": 0, "people": 0})
    return found


def _innovation(facts: Facts, goal: str) -> list[Line]:
    """Messages that the log marks as ideas, and those read as one: some are both, so they are not added."""
    read = _read(facts, "idea")
    lines = _marked_ideas(facts, goal)
    if read["messages"]:
        line = ngettext(
            "%(goal)s: %(count)s message was read as an idea, from %(people)s.",
            "%(goal)s: %(count)s messages were read as ideas, from %(people)s.",
            read["messages"],
        ) % {"goal": goal, "count": number(read["messages"]), "people": people_count(read["people"])}
        lines.append((line, reading(facts, intent="idea")))
    none = gettext("%(goal)s: no message of this period was marked or read as an idea.") % {"goal": goal}
    return lines or [(none, "")]


def _marked_ideas(facts: Facts, goal: str) -> list[Line]:
    ideas = _acts(facts, "idea")
    if not ideas["acts"]:
        return []
    line = ngettext(
        "%(goal)s: %(count)s idea from %(people)s.", "%(goal)s: %(count)s ideas from %(people)s.", ideas["acts"]
    ) % {"goal": goal, "count": number(ideas["acts"]), "people": people_count(ideas["people"])}
    answered = next((one for one in facts.audit.figures["service"].get("acts", []) if one["act"] == "idea"), None)
    if answered and answered["unanswered"]:
        line += " " + ngettext("%(count)s got no answer.", "%(count)s got no answer.", answered["unanswered"]) % {
            "count": number(answered["unanswered"])
        }
    return [(line, conversations(facts.slug, act="idea"))]


def _recruitment(facts: Facts, goal: str) -> list[Line]:
    newcomers, seekers = facts.audit.figures["goals"]["newcomers"], _read(facts, "job_seeker")["people"]
    new = ngettext(
        "%(goal)s: %(people)s was heard of for the first time in this period.",
        "%(goal)s: %(people)s were heard of for the first time in this period.",
        newcomers,
    ) % {"goal": goal, "people": people_count(newcomers)}
    lines = [(new, people(facts.slug, movement="new"))]
    if seekers:
        line = ngettext(
            "%(goal)s: %(people)s asked about working here.", "%(goal)s: %(people)s asked about working here.", seekers
        ) % {"goal": goal, "people": people_count(seekers)}
        lines.append((line, reading(facts, intent="job_seeker")))
    return lines


_SAYS: dict[Goal, Callable[[Facts, str], list[Line]]] = {
    Goal.FEWER_CALLS: _fewer_calls,
    Goal.MORE_SALES: _more_sales,
    Goal.IMAGE: _image,
    Goal.INNOVATION: _innovation,
    Goal.RECRUITMENT: _recruitment,
}
