"""Whom to answer and whom to thank on Monday; and, above all, what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import ago, day, number, percent
from entourage.web.core.templatetags.entourage import network as network_name
from entourage.web.people.models import Ring
from entourage.web.results.queries.addresses import conversations
from entourage.web.results.queries.report.parts import PeopleList, PersonLine, Section
from entourage.web.results.queries.report.people import ahead, person, read, standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.web.results.queries.report.parts import Facts

Told = dict[str, Any]
#: A message is shown up to here; the rest is one click away.
LONGEST = 320
#: A wait shorter than this shows in the date already.
WORTH_SAYING = timedelta(days=7)
#: From here on (of 0..1) a message's vehemence is worth saying.
VEHEMENT = 0.3


def section(facts: Facts) -> Section:
    monday = facts.audit.figures["monday"]
    answer, thank = _lines(facts, monday["answer"], _waiting), _lines(facts, monday["thank"], _thanks)
    return Section(
        "monday",
        gettext("Whom to answer, whom to thank"),
        _finding(facts.audit.figures["service"], len(answer), len(thank)),
        lists=[
            PeopleList("answer", gettext("Answer"), answer, gettext("Nobody waits for a first answer."),
                       conversations(facts.slug, unanswered=1), gettext("All who wait")),
            PeopleList("thank", gettext("Thank"), thank, gettext("Nobody, before those who wait are answered.")),
        ],
        notes=_notes(facts, thank=bool(thank)),
        source=gettext(
            "To answer: people without a first answer, those of the last four weeks first; within them the more "
            "vehement, the closer and the longer they wait, the higher (the three are multiplied). To thank: who "
            "praised or thanked us, helped another customer, ordered, shared, reviewed well or brought an idea in the "
            "last four weeks, the closest first, unless a message of theirs from these weeks waits. Nobody stands in "
            "both, and nobody who is against us is thanked as a friend."
        ),
    )  # fmt: skip


def _notes(facts: Facts, *, thank: bool) -> list[str]:
    if not thank:
        return []
    if not read(facts.audit.figures["people"]):
        return [gettext("No message was read for its tone: read what they wrote before you thank.")]
    return [gettext("Tone was read by a machine, which errs: read what they wrote before you thank.")]


def _finding(service: Told, answer: int, thank: int) -> str:
    if service.get("only_answered"):
        return gettext("This file holds answered conversations only: it cannot tell who waits.")
    waiting = service["ours"]["unanswered"] if service["ours"] else 0
    if not answer and not thank:
        return gettext("Nobody waits, and nobody close was heard of lately.")
    if not answer:
        return gettext("Nobody waits for a first answer; there are people to thank.")
    return ngettext(
        "%(count)s conversation waits for a first answer; begin with these people.",
        "%(count)s conversations wait for a first answer; begin with these people.",
        waiting,
    ) % {"count": number(waiting)}


def _lines(facts: Facts, told: list[Told], why: Callable[[Facts, Told], str]) -> list[PersonLine]:
    lines = []
    for one in told:
        someone, said = facts.people.get(one["person"]), facts.said.get(UUID(one["message"]))
        if someone is None or said is None:
            continue
        since = gettext("%(day)s (%(ago)s)") % {"day": day(said.at), "ago": ago(said.at, facts.audit.ends_at)}
        line = one if someone.left_alone_at is None else {**one, "weeks": None, "ring": None, "standing": ""}
        href = person(facts.slug, someone.pk)
        network = network_name(said.network)
        shown = PersonLine(someone.name, href, why(facts, line), since, _short(said.text), said.url, network)
        lines.append(replace(shown, **standing(line)))
    return lines


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _waiting(facts: Facts, one: Told) -> str:
    reasons = []
    if one.get("vehemence", 0) >= VEHEMENT:
        reasons.append(gettext("vehement (%(share)s)") % {"share": percent(one["vehemence"])})
    if one["messages"] > 1:
        reasons.append(
            ngettext(
                "wrote %(count)s time without an answer", "wrote %(count)s times without an answer", one["messages"]
            )
            % {"count": number(one["messages"])}
        )
    reasons.append(_closeness(facts, one))
    waited = facts.audit.ends_at - datetime.fromisoformat(one["asked_at"])
    if waited >= WORTH_SAYING:
        reasons.append(
            ngettext("waiting for %(count)s day", "waiting for %(count)s days", waited.days) % {"count": waited.days}
        )
    return _sentence(reasons)


def _thanks(facts: Facts, one: Told) -> str:
    reasons = []
    if one["helps"]:
        reasons.append(
            ngettext("helped %(count)s time in four weeks", "helped %(count)s times in four weeks", one["helps"])
            % {"count": number(one["helps"])}
        )
    elif one["act"] in _DID:
        reasons.append(_DID[one["act"]]())
    elif one.get("intent") in _SAID:
        reasons.append(_SAID[one["intent"]]())
    reasons.append(_closeness(facts, one))
    return _sentence(reasons)


_DID: dict[str, Callable[[], str]] = {
    "share": lambda: gettext("shared what we said"),
    "review": lambda: gettext("wrote a review"),
    "idea": lambda: gettext("brought an idea"),
    "purchase": lambda: gettext("bought"),
}


_SAID: dict[str, Callable[[], str]] = {
    "praise": lambda: gettext("praised us"),
    "thanks": lambda: gettext("thanked us"),
}


def _closeness(facts: Facts, one: Told) -> str:
    if one["ring"] is None or one["ring"] == Ring.PASSING or not facts.audit.figures["people"]["scored"]:
        return ""
    ring = {Ring.INNER: gettext("inner circle"), Ring.CLOSE: gettext("close"), Ring.KNOWN: gettext("known")}[
        one["ring"]
    ]
    return gettext("%(ring)s: expected in %(ahead)s") % {
        "ring": ring,
        "ahead": ahead(facts.audit.figures["people"], one["weeks"]),
    }


def _sentence(reasons: list[str]) -> str:
    told = "; ".join(reason for reason in reasons if reason)
    return told[:1].upper() + told[1:]
