"""Method and limits: how the figures were made and what they cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from entourage.web.results.queries.report.parts import Section

if TYPE_CHECKING:
    from entourage.web.results.queries.report.parts import Facts


def section(facts: Facts) -> Section:
    lines = [
        gettext("Who counts: public accounts that did more than like, follow or view, towards us; staff, bots and "
                "people who asked to be left alone are left out of every figure about people."),
        gettext("Tone and intent are read by a machine, offline: it errs, abstains where it is not sure, and does not "
                "hear irony well. Intervals allow for as many errors as it expects of itself; correct what it read "
                "wrongly."),
        gettext("What is not known: bought and hollow fans are not counted out yet, and one person with accounts on "
                "several networks counts once for each until they are linked."),
        gettext("What an import does not hold is not here: private messages, deleted comments and answers by "
                "telephone do not show, and a file cut short makes a page look silent."),
        gettext("Words: proven, estimated, associated. Everything in this audit is associated: it says what goes "
                "together, not what causes what."),
    ]  # fmt: skip
    if facts.audit.figures.get("widened"):
        lines.insert(0, gettext("The last 13 weeks held too few conversations, so the period was made longer."))
    return Section(
        "method",
        gettext("Method and limits"),
        gettext("How the figures were made, and what they cannot say."),
        lines=[(line, "") for line in lines],
    )
