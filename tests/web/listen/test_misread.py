"""What a file says of its rows, and an import at its end, is read in the reader's language."""

from __future__ import annotations

import ast
import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from tests.web import world
from tests.web.listen.test_pages import NOW, drop, page, posted

import entourage.engine
import entourage.networks
import entourage.web.listen.bridge
from entourage.networks.base import Note, Reject
from entourage.web.listen import bridge
from entourage.web.listen.queries import too_few as few
from entourage.web.listen.queries.saying import SENTENCES, THINGS, in_words, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

ROOT = Path(next(iter(entourage.networks.__path__)))
BRIDGE = Path(next(iter(entourage.web.listen.bridge.__path__)))
READERS = [
    *(path for path in sorted((ROOT / "files").glob("*.py")) if path.stem != "words"),
    *(ROOT / name / "translate.py" for name in ("x", "facebook", "instagram", "activitystreams", "care")),
    ROOT / "moments.py", ROOT / "graph.py", *(BRIDGE / name for name in ("names.py", "running.py", "reading.py")),
]  # fmt: skip
AGAIN = "get the whole file and import it again, nothing will be counted twice"
#: What stands in a sentence by a name, and what it may be.
FILLED = {
    "meanings": "dates such as x1 could be day first or month first", "got": "x1 lines were", "must": "a possible date",
    "cure": "", "reading.file": "a.csv", "file": "a.csv", "refusal.cure": "", "_SPREADSHEET": "", "_PAGE": "",
    "stream.cut": "the zip is damaged (x1)", "skip.reason": "must tell when", "broken": "a.csv is empty.",
    "rows what": "it is left out", "mapping what": "when (`at`)", "source cure": AGAIN,
    "source.cut": "the gzip is damaged (x1)", "translate known": "counts", "said": "",
    "value": "x1", "refusal.value": "'x1'", "unknown[0]": "'x1'",
}  # fmt: skip
#: Texts that are parts of these sentences, or are never told to anybody; and two names.
PARTS = {
    "Activity Streams 2.0", "X API v2",
    "dates such as x1 could be day first or month first", AGAIN,
    "a possible ISO 8601 date", "a date as x1", "a date in English or French words", "a possible date",
    "a date with a month in English or French", "the row is known by its content instead", "it is left out",
    "what came before was", "x1 lines were", "the column is empty", "no known form of dates reads x1",
    "must be x1", "x1 (x1 x1)", "the archive's owner",
}  # fmt: skip


def literals() -> Iterator[tuple[str, str]]:
    """Each text of three words or more that a reader can say, with where it stands."""
    for path in READERS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unsaid = {id(one) for node in ast.walk(tree) for one in _unsaid(node)}
        for one in ast.walk(tree):
            text = "" if id(one) in unsaid else _text(one, path.stem).strip().removeprefix("a.csv: ")
            if text.count(" ") > 1:
                yield f"{path.stem}:{one.lineno}", text


def _unsaid(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, patterns, names of months and columns, the parts of a text that are in it already."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (one for one in ast.walk(node) if one is not node)
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"re.compile", "ValueError", "progress", "says"}:
        yield from ast.walk(node)
    elif isinstance(node, ast.Dict):
        yield from (one for value in node.values if isinstance(value, ast.Tuple) for one in ast.walk(value))
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        if name in {"_MONTHS", "FIELDS", "_OURS", "_CLOCK", "_NUMBERISH", "waits"}:
            yield from ast.walk(node)


def _text(node: ast.AST, reader: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\\" not in node.value:
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(str(one.value) if isinstance(one, ast.Constant) else _filled(one, reader) for one in node.values)


def _filled(one: ast.expr, reader: str) -> str:
    assert isinstance(one, ast.FormattedValue)
    name = ast.unparse(one.value)
    return FILLED.get(f"{reader} {name}", FILLED.get(name, "x1"))


def known(text: str) -> bool:
    return text in THINGS or any(all(one.given is not None for one in parts(told)) for told in (text, f"{text}."))


ENGINE = Path(next(iter(entourage.engine.__path__))) / "ties"
COMES = {
    "came": ["3 of 9", "nobody", "everybody", "1.0 units before it and 2.0 after it"],
    "cure": ["an earlier cut or a shorter horizon", "a later cut"],
}


def too_few() -> Iterator[str]:
    """What a forecast and its trial say of a log that holds too little."""
    for name in ("bgbb", "histories", "judgement", "forecast", "hazard", "backtest"):
        tree = ast.parse((ENGINE / f"{name}.py").read_text(encoding="utf-8"))
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            kind, told = ast.unparse(call.func), call.args and call.args[0]
            if kind == "NotEnoughData" or (kind == "InvalidInput" and "The cut must" in ast.unparse(call)):
                yield from _each(told)


def _each(told: ast.expr) -> list[str]:
    """A sentence with whatever may stand in it."""
    pieces = told.values if isinstance(told, ast.JoinedStr) else [told]
    texts = [""]
    for one in pieces:
        may = [str(one.value)] if isinstance(one, ast.Constant) else COMES.get(ast.unparse(one.value), ["50"])
        texts = [text + piece for text in texts for piece in may]
    return texts


SAID = {text: where for where, text in literals() if text not in PARTS}


def test_the_source_is_read():
    assert len(SAID) > 120
    assert "must tell who did it" in SAID
    assert "a.csv is empty. Export it again; if it is empty again, the export had nothing to give." in SAID


@pytest.mark.parametrize("text", [pytest.param(text, id=where) for text, where in SAID.items()])
def test_whatever_a_file_says_is_known_sentence_by_sentence(text):
    assert known(text), text


def test_whatever_a_trial_says_of_too_few_is_known_too():
    told = {sentence: known(sentence) for sentence in too_few()}
    assert sum(told.values()) == len(few.SENTENCES) > 0
    kinds = {sentence.partition("Got")[0] for sentence in told}
    assert {sentence.partition("Got")[0] for sentence, fits in told.items() if fits} == kinds


def test_a_row_that_was_not_taken_is_told_with_its_place_and_its_cure_in_ones_language():
    row = Reject(file="avis.csv", line=12, field="at", value="31/02/2024", reason="must be a possible date",
                 cure="Correct the date, or choose another date format in the mapping.")  # fmt: skip
    with override("fr"):
        assert in_words(str(row)) == (
            "avis.csv, ligne 12, at\u202f: doit être une date possible. Reçu\u202f: «\u202f31/02/2024\u202f». "
            "Corrigez la date, ou choisissez une autre forme de dates dans la correspondance."
        )
    with override("en"):
        assert in_words(str(row)) == str(row)


def test_what_a_file_is_is_told_by_itself_too():
    with override("fr"):
        assert in_words("a table") == "une table"


def test_what_stands_in_a_sentence_is_told_in_ones_language_too():
    cut = (
        "the zip is damaged (Error -3); 1,234 lines were read and kept, the rest is lost: get the whole file and "
        "import it again, nothing will be counted twice"
    )
    left = Note(file="a.zip/b.pdf", message="this file is left out: b.pdf is a PDF, whatever its name says. Mend it.")
    with override("fr"):
        told = in_words(str(Note(file="a.zip", message=cut)))
        assert told.startswith(
            "a.zip\u202f: le zip est abîmé (Error -3)\u202f; 1\u202f234 lignes ont été lues et gardées"
        )
        assert in_words(str(left)) == (
            "a.zip/b.pdf\u202f: ce fichier est laissé de côté\u202f: b.pdf est un PDF, quoi que dise son nom. Mend it."
        )


@pytest.mark.parametrize(
    "quoted",
    ["it's", 'say "no"', "both ' and \"", "Fill in the date. Or not.", "4,500", "a picture", "Basket is empty",
     "Split the export."],
)  # fmt: skip
def test_a_value_stays_as_it_came_whatever_it_says(quoted):
    row = Reject(file="a.csv", line=1, field="act", value=quoted, reason="must be an act that is known", cure="")
    with override("fr"):
        assert quoted in in_words(str(row)).replace("\\", "")
        for told in ("Mastodon refused (status 422: {}).", "The mail server said no: {}."):
            assert quoted in in_words(told.format(quoted))


#: What may stand in a sentence where it is one of ours.
CLAUSES = {
    "broken": "a.csv is empty.", "cut": "the gzip ends before its last byte", "form": "day/month/year",
    "reason": "must tell when", "what": "a PDF", "why": "mailbox full",
}  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_read_whole_with_its_colons_and_what_stands_in_it(sentence):
    given = {name: CLAUSES.get(name, "x1") for name in re.findall(r"%\((\w+)\)s", sentence)}
    with override("fr"):
        ours = {name: in_words(value).removesuffix(".") for name, value in given.items()}
        for told in (sentence % given, f"a.csv, line 3, at: {sentence % given}"):
            if not told.startswith("a.csv, line 3, at: a.csv"):
                where = told.removesuffix(sentence % given).replace("line", "ligne").replace(": ", "\u202f: ")
                assert in_words(told).removesuffix(".") == where + (gettext(sentence) % ours).removesuffix(".")


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("it holds dates: 97% of the sample are day/month/year",
         "elle contient des dates\u202f: 97\u202f% de l’échantillon\u202f: jour/mois/année"),
        ("a.csv cannot be unfolded: the zip is damaged (x). Get the whole file again.",
         "a.csv ne peut pas être décompressé\u202f: le zip est abîmé (x). Procurez-vous de nouveau le fichier entier."),
        ("12:30.csv, line 4: must tell when. Fill in the date.",
         "12:30.csv, ligne 4\u202f: doit dire quand. Remplissez la date."),
        ("Mail: a.csv is empty.", "Mail\u202f: a.csv est vide."),
    ],
)  # fmt: skip
def test_a_colon_in_a_sentence_is_not_the_end_of_a_place(told, read):
    with override("fr"):
        assert in_words(told) == read


@pytest.mark.django_db
def test_a_french_reader_reads_the_report_and_the_list_of_rejected_rows_in_french(client: Client):
    world.signed_in(client, world.member(world.brand()))
    run = drop(client, "tea", name="avis.csv")
    bridge.look(run.pk, now=NOW)
    client.cookies["django_language"] = "fr"
    assert "doit être une date ISO 8601 possible" in page(client, run)
    client.post(reverse("listen:confirm", args=["tea", run.pk]), posted(run))
    bridge.run_import(run.pk, now=NOW)
    listed = client.get(reverse("listen:rejected", args=["tea", run.pk])).getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(listed))
    assert (row["line"], row["value"], row["reason"]) == ("4", "31/02/2024", "doit être une date ISO 8601 possible")
    assert row["cure"].startswith("Corrigez la date")
    client.cookies["django_language"] = "en"
    listed = client.get(reverse("listen:rejected", args=["tea", run.pk])).getvalue().decode("utf-8-sig")
    assert "must be a possible ISO 8601 date" in listed


@pytest.mark.django_db
def test_a_file_that_cannot_be_used_says_so_in_the_reader_s_language(client: Client):
    world.signed_in(client, world.member(world.brand()))
    run = drop(client, "tea", "<!doctype html><html><body>Sign in</body></html>", name="export.csv")
    bridge.look(run.pk, now=NOW)
    client.cookies["django_language"] = "fr"
    assert "export.csv est une page web (HTML ou XML), quoi que dise son nom." in page(client, run)
