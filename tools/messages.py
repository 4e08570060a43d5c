"""Gather the texts of the pages, keep the French catalogue in step, compile it. Needs no GNU gettext.

``python -m tools.messages`` writes; ``--check`` only says what is not in step or not translated, and exits with 1.
New texts stand in the catalogue with an empty ``msgstr``; texts that are gone leave it.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "entourage" / "web"
FRENCH = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
#: What `templatize` makes of a template's tags, amid filler that is not Python.
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({LITERAL}(?:,\s*{LITERAL})*)")
DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By):.*\n', re.MULTILINE)

NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
Text = tuple[str | tuple[str, str], str | None]  # the msgid (and its plural), the context


def texts_of_python(path: Path) -> Iterator[Text]:
    """Yield what a module gives to gettext."""
    with path.open("rb") as file:
        for _line, found, _comments, context in extract("python", file, keywords=KEYWORDS):
            yield (found if isinstance(found, str) else (found[0], found[1])), context


def texts_of_template(path: Path) -> Iterator[Text]:
    """Yield what a template translates."""
    for name, literals in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        texts = [ast.literal_eval(literal) for literal in re.findall(LITERAL, literals)]
        context = texts.pop(0) if "p" in name else None
        yield ((texts[0], texts[1]) if name.startswith("n") else texts[0]), context


def gathered() -> Catalog:
    """Return all texts of the pages, each with the files that show it."""
    catalog = Catalog(domain="django")
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            found = texts_of_python(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found = texts_of_template(path)
        else:
            continue
        for text, context in found:
            catalog.add(text, context=context, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalog


def in_step(old: bytes) -> Catalog:
    """Return the French catalogue with just the texts of today: those it had translated keep their French."""
    catalog = read_po(io.BytesIO(old), locale="fr", domain="django")
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = "# Entourage in French."
    catalog.project, catalog.version = "Entourage", ""
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = ""
    return catalog


def as_text(catalog: Catalog) -> bytes:
    """Return the catalogue as its file, without dates, so that the same texts give the same bytes."""
    file = io.BytesIO()
    write_po(file, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return DATES.sub("", file.getvalue().decode()).encode()


def as_program(catalog: Catalog) -> bytes:
    """Return the catalogue as Django loads it; its header carries one fixed date, for Babel would write the minute."""
    file = io.BytesIO()
    compiled = read_po(io.BytesIO(as_text(catalog)), locale="fr")
    compiled.creation_date = compiled.revision_date = NO_DATE
    write_mo(file, compiled)
    return file.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts without French, or with a French that is only guessed."""
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not _whole(message))]


def _whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def main() -> int:
    """Write the catalogue and its compiled form, or check them."""
    old = FRENCH.read_bytes() if FRENCH.exists() else b""
    catalog = in_step(old)
    program = FRENCH.with_suffix(".mo")
    missing = untranslated(catalog)
    for text in missing:
        print(f"not in French yet: {text}")
    if "--check" in sys.argv:
        stale = old != as_text(catalog) or not program.exists() or program.read_bytes() != as_program(catalog)
        if stale:
            print("The French catalogue must be in step with the pages. It is not. Run: make messages")
        return int(stale or bool(missing))
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    for path, content in ((FRENCH, as_text(catalog)), (program, as_program(catalog))):
        path.write_bytes(content)
        print(f"{os.path.relpath(path, ROOT)}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
