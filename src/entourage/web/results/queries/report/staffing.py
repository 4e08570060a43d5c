"""Is somebody there when people write?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import UNKNOWN, number, percent
from entourage.web.results.queries.addresses import conversations
from entourage.web.results.queries.report.parts import Figure, Section, Table
from entourage.web.results.queries.week import KINDS, hours_in, hours_of, said, short_days, written
from entourage.web.results.queries.words import interval_of, share_of

if TYPE_CHECKING:
    from entourage.web.results.queries.report.parts import Facts

Told = dict[str, Any]
#: Hours of a column of the table: eight of them fit on paper.
BLOCK = 3
#: Competitors whose hours stand in a table of their own.
TABLES = 2


def sections(facts: Facts) -> list[Section]:
    """The section, where somebody asked us something; an audit made before these figures has none."""
    staffing = facts.audit.figures.get("staffing")
    if not staffing or not staffing["ours"]:
        return []
    ours, competitors = staffing["ours"], staffing["competitors"]
    return [
        Section(
            "staffing",
            gettext("Is somebody there when people write?"),
            finding(ours),
            lead=_lead(staffing["outside"]),
            figures=_figures(facts, ours, staffing["outside"]),
            charts=[facts.charts["staffing"]] if "staffing" in facts.charts else [],
            tables=[
                *([_pages(facts, ours, competitors)] if competitors else []),
                _week(facts, "", ours),
                *(_week(facts, one["page"], one) for one in competitors[:TABLES]),
            ],
            lines=[
                (_line(facts.pages[one["page"]], one), _rows(facts, one["page"], one["gaps"])) for one in competitors
            ],
            notes=_notes(facts),
            source=gettext(
                "Each conversation counts in the hour of the week in which it began, each first answer by a person in "
                "its own hour. Hours are named where fewer than a quarter of the answers come that would come if you "
                "answered when people write, where chance is ruled out over all hours that could be named, and where "
                "people wrote in three weeks or more. Monday to Friday are counted together. Shares: Wilson, 95%."
            ),
            todo=todo(ours),
        )
    ]


def finding(ours: Told) -> str:
    """What a manager takes home."""
    if ours["verdict"] == "too_few":
        few = min(sum(ours["asked"]), sum(ours["answered"]))
        return gettext("Too few questions and answers to say when somebody is there: %(count)s.") % {
            "count": number(few)
        }
    if not ours["gaps"]:
        return gettext("Yes: there are no hours in which people write and hardly anybody answers.")
    told = {"share": percent(ours["alone"][0]), "then": share_of(ours["then"][0]), "hours": said(ours["gaps"])}
    if not ours["then"][0]:
        return gettext("%(share)s of the conversations begin when nobody answers: %(hours)s.") % told
    return (
        gettext(
            "%(share)s of the conversations begin when hardly anybody answers (%(then)s of our answers): %(hours)s."
        )
        % told
    )


def todo(ours: Told) -> str:
    """The hours to give to somebody first: those in which most people write."""
    if not ours["gaps"]:
        return ""
    most = max(ours["gaps"], key=lambda gap: gap["asked"])
    return gettext("Let somebody answer in the hours in which most people write to nobody: %(hours)s.") % {
        "hours": said([most])
    }


def _lead(outside: Told | None) -> list[str]:
    if not outside or outside["share"][0] is None:
        return []
    told = {"share": percent(outside["share"][0])}
    return [gettext("%(share)s of the conversations begin outside of our hours of service.") % told]


def _figures(facts: Facts, ours: Told, outside: Told | None) -> list[Figure]:
    asked, answered = sum(ours["asked"]), sum(ours["answered"])
    figures = []
    if ours["gaps"]:
        alone, then = sum(gap["asked"] for gap in ours["gaps"]), sum(gap["answered"] for gap in ours["gaps"])
        figures = [
            Figure(
                gettext("Begin when hardly anybody answers"),
                percent(ours["alone"][0]),
                interval_of(ours["alone"], percent),
                _parts(alone, asked),
                _rows(facts, "", ours["gaps"]),
            ),
            Figure(
                gettext("Answers in these hours"),
                share_of(ours["then"][0]),
                interval_of(ours["then"], share_of),
                ngettext("%(part)s of %(whole)s answer", "%(part)s of %(whole)s answers", answered)
                % {"part": number(then), "whole": number(answered)},
                conversations(facts.slug, answered=written(hours_of(ours["gaps"]))),
            ),
        ]
    if outside and outside["share"][0] is not None:
        figures.append(
            Figure(
                gettext("Begin outside of our hours of service"),
                percent(outside["share"][0]),
                interval_of(outside["share"], percent),
                _parts(outside["asked"], outside["of"]),
                conversations(facts.slug, outside=1),
            )
        )
    return figures


def _parts(part: int, whole: int) -> str:
    return gettext("%(part)s of %(whole)s conversations") % {"part": number(part), "whole": number(whole)}


def _rows(facts: Facts, page: str, gaps: list[Told]) -> str:
    """The conversations that began in these hours; all of the page where there are none."""
    asked = {"page": page} if page else {}
    return conversations(facts.slug, **asked, **({"hours": written(hours_of(gaps))} if gaps else {}))


def _line(name: str, one: Told) -> str:
    told = {"page": name, "share": percent(one["alone"][0]), "hours": said(one["gaps"])}
    if one["verdict"] == "too_few":
        return gettext("%(page)s: too few answers to say when somebody is there.") % told
    if not one["gaps"]:
        return gettext("%(page)s: no hours in which people write and hardly anybody answers.") % told
    return gettext("%(page)s: %(share)s begin when hardly anybody answers: %(hours)s.") % told


def _pages(facts: Facts, ours: Told, competitors: list[Told]) -> Table:
    columns = [gettext("Page"), gettext("Conversations"), gettext("Begin when hardly anybody answers"),
               gettext("95% interval"), gettext("Answers then")]  # fmt: skip
    return Table(columns, [_page(facts, key, one) for key, one in (("", ours), *((c["page"], c) for c in competitors))])


def _page(facts: Facts, key: str, one: Told) -> list[tuple[str, str]]:
    known = one["verdict"] != "too_few"
    page = {"page": key} if key else {}
    then = conversations(facts.slug, **page, answered=written(hours_of(one["gaps"]))) if one["gaps"] else ""
    return [
        (facts.pages[key], ""),
        (number(sum(one["asked"])), conversations(facts.slug, **page)),
        (percent(one["alone"][0]) if known else UNKNOWN, _rows(facts, key, one["gaps"]) if one["gaps"] else ""),
        (interval_of(one["alone"], percent) if known else "", ""),
        (share_of(one["then"][0]) if known else UNKNOWN, then),
    ]


def _week(facts: Facts, key: str, one: Told) -> Table:
    """When a page is written to and when it answers: shares of the week, three hours a column."""
    columns = [facts.pages[key], *(gettext("%(first)s to %(last)s h") % {"first": hour, "last": hour + BLOCK}
                                   for hour in range(0, 24, BLOCK))]  # fmt: skip
    words = (
        ("asked", "hours", gettext("%(days)s, asked")),
        ("answered", "answered", gettext("%(days)s, answered")),
    )
    rows = [
        [(words_of % {"days": short_days(kind)}, ""), *_blocks(facts, key, one[what], kind, name)]
        for kind in KINDS
        for what, name, words_of in words
    ]
    return Table(columns, rows)


def _blocks(facts: Facts, key: str, counts: list[int], kind: tuple[int, ...], name: str) -> list[tuple[str, str]]:
    whole, page = sum(counts), {"page": key} if key else {}
    cells = []
    for first in range(0, 24, BLOCK):
        hours = hours_in(kind, first, first + BLOCK)
        part = sum(counts[hour] for hour in hours)
        link = conversations(facts.slug, **page, **{name: written(hours)}) if part else ""
        cells.append((share_of(part / whole) if whole else UNKNOWN, link))
    return cells


def _notes(facts: Facts) -> list[str]:
    if not facts.audit.figures["service"].get("only_answered"):
        return []
    return [gettext("The file holds answered conversations only: these are the hours in which those began.")]
