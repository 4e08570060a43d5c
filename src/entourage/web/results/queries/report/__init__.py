"""The audit in words: one finding a section, what to do above all, the same on the page and in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import number
from entourage.web.results.queries.addresses import conversations
from entourage.web.results.queries.report import goals, method, monday, operations, people, service, staffing
from entourage.web.results.queries.report.facts import facts as read_facts
from entourage.web.results.queries.report.parts import (
    Facts,
    Figure,
    PeopleList,
    PersonLine,
    Report,
    Section,
    Table,
    Whisker,
)

if TYPE_CHECKING:
    from entourage.web.results.models import Audit

#: Nobody does more than six things on a Monday.
MOST = 6


def report(audit: Audit) -> Report:
    """Write the report of an audit in the active language; people erased since are not in it."""
    facts = read_facts(audit)
    sections = [
        service.section(facts),
        *staffing.sections(facts),
        monday.section(facts),
        people.section(facts),
        *operations.sections(facts),
        goals.section(facts),
        method.section(facts),
    ]
    return Report(audit, _todo(facts, sections), sections)


def _todo(facts: Facts, sections: list[Section]) -> list[tuple[str, str]]:
    """What to do on Monday, in order: people who wait, people to thank, then what would keep it from coming back."""
    by_key = {section.key: section for section in sections}
    answer, thank = by_key["monday"].lists
    lines: list[tuple[str, str]] = []
    if answer.lines:
        first = answer.lines[0]
        line = ngettext(
            "Answer %(name)s, who waits.",
            "Answer %(count)s people who wait, %(name)s first.",
            len(answer.lines),
        ) % {"count": number(len(answer.lines)), "name": first.name}
        lines.append((line, "#monday"))
    if thank.lines:
        line = ngettext(
            "Thank %(name)s, in person.", "Thank %(count)s people in person, %(name)s first.", len(thank.lines)
        ) % {"count": number(len(thank.lines)), "name": thank.lines[0].name}
        lines.append((line, "#monday"))
    lines += [(by_key[key].todo, f"#{key}") for key in ("service", "staffing", "people") if _asks(by_key, key)]
    told = operations.todo(facts)
    if told[0]:
        lines.append(told)
    if not facts.audit.figures["operations"]:
        lines.append((gettext("Mark the operations of the past: the next audit says who stayed."), "#operations"))
    lines.append((gettext("Import the new comments next Monday and look again."), ""))
    return lines[:MOST]


def _asks(by_key: dict[str, Section], key: str) -> bool:
    return key in by_key and bool(by_key[key].todo)


__all__ = [
    "Facts",
    "Figure",
    "PeopleList",
    "PersonLine",
    "Report",
    "Section",
    "Table",
    "Whisker",
    "conversations",
    "report",
]
