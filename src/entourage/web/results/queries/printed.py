"""The audit in print: A4, the same data give the same bytes."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from entourage.web.core.pictures import by_day
from entourage.web.core.templatetags.entourage import clock, day, initials
from entourage.web.results.queries.fonts import FONT_FOLDER
from entourage.web.results.queries.report import report

if TYPE_CHECKING:
    from entourage.web.results.models import Audit
    from entourage.web.results.queries.report.parts import PeopleList, PersonLine, Section

SHEET = Path(__file__).parents[1] / "templates" / "results" / "audit.typ"
COLOURS = ("accent", "accent-pale", "ink", "ink-soft", "line", "sunken", "warm-2", "cold-2")
#: Above this code point the shipped font has punctuation and signs, and no script of people's messages.
LAST_LETTER, SIGNS = 0x052F, range(0x1E00, 0x2213)


def printed(audit: Audit) -> bytes:
    """The PDF of an audit in the active language and the brand's time zone."""
    with timezone.override(audit.brand.time_zone):
        sheet = json.dumps(_sheet(audit), ensure_ascii=False, sort_keys=True)
    compiler = typst.Compiler(SHEET, root=SHEET.parent, font_paths=[FONT_FOLDER], ignore_system_fonts=True,
                              sys_inputs={"sheet": sheet})  # fmt: skip
    # The moment written into the file is the audit's own, or two prints of one audit would differ.
    pdf = compiler.compile(format="pdf", timestamp=int(audit.ends_at.timestamp()))
    return pdf if isinstance(pdf, bytes) else b"".join(pdf or [])


def file_name(audit: Audit) -> str:
    """What the file is called where it is downloaded."""
    return f"{slugify(gettext('audit'))}-{audit.brand.slug}-{audit.ends_at:%Y-%m-%d}-{get_language()}.pdf"


def _sheet(audit: Audit) -> dict[str, Any]:
    told = report(audit)
    pictures = dict(audit.pictures.filter(language=get_language()).values_list("name", "svg"))
    return {
        "language": get_language(),
        "brand": audit.brand.name,
        "colours": {name: by_day()[name] for name in COLOURS},
        "title": gettext("The Monday audit"),
        "period": gettext("%(first)s to %(last)s") % {"first": day(audit.starts_at), "last": day(audit.ends_at)},
        "as_of": gettext("as of %(last)s") % {"last": clock(audit.ends_at)},
        "simulated": gettext("Simulated brand: its people and their messages were made by a program.")
        if audit.brand.simulated
        else "",
        "version": f"Entourage {audit.figures['version']}",
        "made_up": gettext("simulated brand") if audit.brand.simulated else "",
        "words": {
            "todo": gettext("What to do on Monday"),
            "monday": gettext("On Monday:"),
            "how": gettext("How we know"),
        },
        "todo": [line for line, _ in told.todo],
        "sections": [_section(section, pictures) for section in told.sections],
    }


def _section(section: Section, pictures: dict[str, str]) -> dict[str, Any]:
    return {
        "key": section.key,
        "question": section.question,
        "finding": section.finding,
        "lead": list(section.lead),
        "figures": [
            {"label": one.label, "value": one.value, "range": one.range, "note": one.note} for one in section.figures
        ],
        "charts": [{"alt": one.alt, "svg": pictures[one.name]} for one in section.charts if one.name in pictures],
        "tables": [
            {"columns": list(one.columns), "rows": [[cell for cell, _ in row] for row in one.rows]}
            for one in section.tables
        ],
        "lists": [_list(one) for one in section.lists],
        "lines": [line for line, _ in section.lines],
        "notes": list(section.notes),
        "todo": section.todo,
        "source": section.source,
    }


def _list(people: PeopleList) -> dict[str, Any]:
    return {"title": people.title, "empty": people.empty, "lines": [_line(line) for line in people.lines]}


def _line(line: PersonLine) -> dict[str, Any]:
    whisker = line.whisker
    most = (whisker.most if whisker else 0) or 1
    return {
        "name": _legible(line.name),
        "initials": _legible(initials(line.name)),
        "why": line.why,
        "since": " · ".join(part for part in (line.network, line.since) if part),
        "said": _legible(line.said) if line.said else "",
        "whisker": [min(x / most, 1) for x in (whisker.low, whisker.value, whisker.high)] if whisker else [],
        "expected": whisker.text if whisker else "",
        "standing": line.standing,
        "tint": {"ally": "warm-2", "hostile_regular": "cold-2", "critic": "cold-2"}.get(line.standing_key, "ink-soft"),
    }


def _legible(text: str) -> str:
    """The text without what the shipped font cannot draw; said where that is most of it."""
    kept = "".join(sign for sign in unicodedata.normalize("NFC", text) if _drawn(sign))
    letters = sum(sign.isalpha() for sign in text)
    if letters and sum(sign.isalpha() for sign in kept) < letters / 2:
        return gettext("(in letters that this print does not have: read it on the page)")
    return " ".join(kept.split()) or "…"


def _drawn(sign: str) -> bool:
    code = ord(sign)
    return (
        (code <= LAST_LETTER or code in SIGNS) and unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Mn"}
    ) or sign.isspace()
