"""``entourage import``: files in, activities kept."""

from __future__ import annotations

import json as jsonlib
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entourage.cli.frame import JSON, Bar, Failed, house_open, progress, say

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Import

commands = typer.Typer()

SHOWN = 5  # warnings told on the terminal; all of them are in the JSON and on the import's page


@commands.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="CSV, TSV, JSON lines or pages; plain, .gz or .zip.", show_default=False, exists=True, dir_okay=False
        ),
    ],
    brand: Annotated[str, typer.Option(help="The brand's short name; it is made if there is none.")],
    own: Annotated[
        list[str] | None, typer.Option(help="An account of the brand: its id, handle or name. May be repeated.")
    ] = None,
    competitor: Annotated[list[str] | None, typer.Option(help="An account of a competitor. May be repeated.")] = None,
    network: Annotated[
        str, typer.Option(help="The network of a table that does not tell it: x, facebook, instagram ...")
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option(help="How the columns are read: a JSON file saved before.", dir_okay=False, exists=True),
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Mend garbled texts (Ã© for é).")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what would happen, and keep nothing of it.")
    ] = False,
    json: JSON = False,
) -> None:
    """Take in what people did around a brand: exports, API pages, activity lines. Nothing is ever taken twice.

    The format is recognised. Rows that cannot be used are listed in a file, each with its line, field, value and cure;
    all others are kept.

    Example: [bold]entourage import comments.csv --brand tea --own @maisontilleul[/]
    """
    columns = _mapping(mapping) if mapping else None
    names = {"own": tuple(own or ()), "competitors": tuple(competitor or ())}
    with house_open():
        made, brand_row = _brand(brand)
        if made and not json:
            typer.echo(f"The brand {brand} is new: it was made.", err=True)
        options = {**names, "network": network, "repair": repair, "mapping": columns, "dry_run": dry_run}
        runs = [_taken_in(file, brand_row, options, quiet=json) for file in files]
        if not dry_run:
            _read(brand_row, quiet=json)
        _answer(runs, brand=brand_row, json=json)


def _brand(slug: str) -> tuple[bool, Brand]:
    from django.core.exceptions import ValidationError

    from entourage.web.core.actions import make_brand
    from entourage.web.core.models import Brand

    if found := Brand.objects.filter(slug=slug).first():
        return False, found
    try:
        Brand(slug=slug, name=slug).clean_fields()
    except ValidationError as error:
        raise Failed(
            f"--brand must be a short name of small letters, digits and hyphens, such as maison-tilleul. Got {slug!r}."
        ) from error
    return True, make_brand(name=slug, slug=slug, by=None, at=datetime.now(UTC))


def _mapping(path: Path) -> dict[str, Any]:
    try:
        read = jsonlib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise Failed(
            f"--mapping must be a JSON file. {path.name} is not: {error}. Save it from the import page."
        ) from error
    if not isinstance(read, dict):
        raise Failed(
            f"--mapping must hold one JSON object. {path.name} holds something else. Save it from the import page."
        )
    return read


def _taken_in(file: Path, brand: Brand, options: dict[str, Any], *, quiet: bool) -> Import:
    from entourage.web.listen.bridge import import_file

    with ExitStack() as stack:
        bar: Bar | None = None if quiet else stack.enter_context(progress(f"Reading {file.name}"))
        return import_file(
            brand=brand, path=file, progress=bar, says=lambda sentence: typer.echo(sentence, err=True), **options
        )


def _read(brand: Brand, *, quiet: bool) -> None:
    """Read the messages that came in; what is interrupted here is read before the next scores.

    They stand in the inbox at once, and a little later with what was read in them.
    """
    from entourage.web.core.jobs import defer_live
    from entourage.web.reading.bridge import read_new

    defer_live("inbox.thread", brand_id=brand.pk)
    with ExitStack() as stack:
        bar: Bar | None = None if quiet else stack.enter_context(progress("Reading messages"))
        read_new(brand, now=datetime.now(UTC), progress=bar)
    defer_live("inbox.thread", brand_id=brand.pk)


def _answer(runs: list[Import], *, brand: Brand, json: bool) -> None:
    reports = [report(run) for run in runs]
    failed = [run.error for run in runs if run.error]
    answer = reports[0] if len(reports) == 1 else {"brand": brand.slug, "files": reports, **_sums(reports)}
    if failed and json:
        say({**answer, "error": {"kind": "data", "message": " ".join(failed)}}, json=True, text="")
        typer.echo(" ".join(failed), err=True)
        raise typer.Exit(1)
    if told := [_sentences(one) for one in reports if not (json or one["error"])]:
        say({}, json=False, text="\n".join(told))
    if failed:
        raise Failed(" ".join(failed))
    if json:
        say(answer, json=True, text="")


def _sums(reports: list[dict[str, Any]]) -> dict[str, int]:
    return {figure: sum(one[figure] for one in reports) for figure in ("rows", "accepted", "repeated", "rejected")}


def report(run: Import) -> dict[str, Any]:
    """What became of a file, as JSON tells it."""
    return {
        "file": run.filename,
        "brand": run.brand.slug,
        "format": run.format,
        "dry_run": run.dry_run,
        "rows": run.rows,
        "accepted": run.accepted,
        "repeated": run.repeated,
        "rejected": run.rejected,
        "acts": run.acts,
        "people": run.people,
        "ties": run.ties,
        "first_at": run.first_at and run.first_at.isoformat(),
        "last_at": run.last_at and run.last_at.isoformat(),
        "rejects": run.rejects_path or None,
        "warnings": run.warnings,
        "error": run.error or None,
    }


def _sentences(one: dict[str, Any]) -> str:
    told = ", ".join(f"{one[figure]:,} {figure}" for figure in ("rows", "accepted", "repeated", "rejected"))
    found = f"{one['acts']:,} acts of {one['people']:,} people" + (f", {one['ties']:,} ties" if one["ties"] else "")
    lines = [f"{one['file']} ({one['format']}): {told}. {found}."]
    if one["dry_run"]:
        lines.append("  This was a dry run: nothing was kept.")
    if one["rejects"]:
        lines.append(f"  The rejected rows, each with its cure: {one['rejects']}")
    lines += [f"  {warning}" for warning in one["warnings"][:SHOWN]]
    if len(one["warnings"]) > SHOWN:
        lines.append(f"  And {len(one['warnings']) - SHOWN} more warnings.")
    return "\n".join(lines)
