"""``entourage audit``: the Monday audit from the command line, as figures and as a PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entourage.cli.frame import (
    JSON,
    BrandName,
    Failed,
    brand_named,
    house_open,
    place_for,
    progress,
    say,
    writing,
)

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.results.models import Audit

commands = typer.Typer()

LANGUAGES = ("en", "fr")
Own = Annotated[
    list[str] | None, typer.Option("--own", help="An account of ours: its name, handle or id; may be repeated.")
]
Rivals = Annotated[
    list[str] | None, typer.Option("--competitor", help="A competitor's account to compare with; may be repeated.")
]


@commands.command("audit")
def audit(
    brand: BrandName,
    own: Own = None,
    competitor: Rivals = None,
    language: Annotated[str, typer.Option(help="The language of the PDF and the sentences: en or fr.")] = "",
    pdf: Annotated[Path | None, typer.Option(help="Write the audit to this file, to show to a client.")] = None,
    json: JSON = False,
) -> None:
    """Is the page deserted, who matters, whom to answer, who stayed: what to do on Monday.

    Looks at the last 13 weeks of the log. For example:
    [bold]entourage audit --brand tea --own maisontilleul --language fr --pdf audit.pdf[/]
    """
    if language and language not in LANGUAGES:
        raise typer.BadParameter(f"`--language` must be en or fr. Got {language}.")
    if pdf:
        place_for("--pdf", pdf)
    with house_open():
        found = brand_named(brand)
        _mark(found, own or [], competitor or [])
        made = _build(found)
        answer = _answer(made, language or found.language, pdf)
    say(answer, json=json, text=_text(answer))


def _mark(brand: Brand, own: list[str], competitors: list[str]) -> None:
    """Mark the accounts named; a name that nobody has is answered with the most addressed ones."""
    from entourage.web.listen.actions import mark_by_name
    from entourage.web.listen.models import AccountRole
    from entourage.web.listen.queries import most_addressed

    now = datetime.now(UTC)
    for role, option, names in ((AccountRole.COMPETITOR, "competitor", competitors), (AccountRole.OWN, "own", own)):
        for name in names:
            if not mark_by_name(brand=brand, name=name, role=role, by=None, at=now):
                # A page has the same name on several networks.
                most = ", ".join(dict.fromkeys(str(one) for one, _ in most_addressed(brand, limit=5))) or "nobody"
                raise Failed(f"`--{option}` must name an account of the log. Got {name}; most addressed here: {most}.")


def _build(brand: Brand) -> Audit:
    """Score the brand if nobody has, then make the audit."""
    from entourage.web.people.bridge import score
    from entourage.web.people.queries import latest_scoring
    from entourage.web.results.bridge import build

    now = datetime.now(UTC)
    with progress("Making the audit") as bar:
        if latest_scoring(brand) is None:
            score(brand=brand, now=now)
        return build(brand=brand, now=now, progress=lambda _step, done, total: bar(done, total))


def _answer(audit: Audit, language: str, pdf: Path | None) -> dict[str, Any]:
    from django.utils import translation

    from entourage.web.results.queries.printed import printed
    from entourage.web.results.queries.summary import summary

    with translation.override(language):
        answer = summary(audit)
        if pdf is not None:
            made = printed(audit)
            with writing(pdf):
                pdf.write_bytes(made)
            answer["pdf"] = str(pdf)
    return answer


def _text(answer: dict[str, Any]) -> str:
    lines = [f"{one['question']} {one['finding']}" for one in answer["findings"]]
    todo = [f"{place}. {line}" for place, line in enumerate(answer["todo"], start=1)]
    written = [f"PDF: {answer['pdf']}"] if "pdf" in answer else []
    return "\n".join([*lines, "", *todo, *written])
