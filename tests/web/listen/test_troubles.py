"""What a network's door says when something goes wrong is read in the reader's language."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import gettext, override

import entourage.networks
from entourage.networks.email.network import _UNDECIDED
from entourage.networks.mastodon.oauth import _elsewhere
from entourage.web.listen.queries.saying import SENTENCES, in_words, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(next(iter(entourage.networks.__path__)))
LIVE = [*(path for name in ("bluesky", "mastodon", "email") for path in sorted((ROOT / name).glob("*.py"))),
        *(ROOT / name for name in ("http.py", "registry.py", "addresses.py", "sse.py"))]  # fmt: skip
RAISED = {"Retry", "Reconnect", "Refused", "Uncertain", "Broken", "MissingError", "ChangedError"}
LOST = "_LostError"
#: What stands for another sentence, or ends as one: said by itself elsewhere.
WHOLE = {"told": "Bluesky refused (status 400: no such thing).", "refused": "Bluesky refused (status 401).",
         "error": "Bluesky has it no longer (NotFound)."}  # fmt: skip


def said(call: ast.Call, words: dict[str, str]) -> str:
    """The sentence of an error, with ``x1`` for whatever stands in it; empty where it is said elsewhere."""
    told = call.args[0]
    if isinstance(told, ast.Constant):
        return str(told.value)
    if not isinstance(told, ast.JoinedStr):
        return ""
    return "".join(str(one.value) if isinstance(one, ast.Constant) else _filled(one, words) for one in told.values)


def _filled(one: ast.expr, words: dict[str, str]) -> str:
    assert isinstance(one, ast.FormattedValue)
    name = ast.unparse(one.value)
    return words.get(name) or WHOLE.get(name) or "x1"


def sentences() -> Iterator[str]:
    """All that a live network can say, out of its source."""
    lost, ends = [], []
    for path in LIVE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = _strings(tree)
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)):
            words = {name: text for line, name, text in named if line < call.lineno}
            if call.func.id == LOST:
                lost.append(said(call, words))
            elif call.func.id in RAISED and call.args:
                ends.append(said(call, words))
    for sentence in filter(None, ends):
        # "{lost}." and "{lost}; it may have arrived."
        yield from (sentence.replace("x1", one, 1) for one in lost) if re.match("x1[.;]", sentence) else [sentence]


def _strings(node: ast.AST) -> list[tuple[int, str, str]]:
    """The texts that stand under a name, line by line: of two of one name, the nearer above is meant."""
    found = [
        (one.lineno, one.targets[0].id, str(one.value.value))
        for one in ast.walk(node)
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and isinstance(one.value, ast.Constant)
    ]
    return sorted(found)


def test_the_source_is_read():
    found = set(sentences())
    assert len(found) > 70
    assert "x1 cannot be reached." in found
    assert "Bluesky refused (status 400: no such thing). Check that the address is a server of x1." in found


@pytest.mark.parametrize(
    "sentence",
    [*sorted(set(sentences())), _UNDECIDED.format(host="x1"), _elsewhere("https://x1.example"),
     "Entourage itself failed (KeyError).",
     "Entourage itself failed at this connection (KeyError). It tries again; please report it."],
)  # fmt: skip
def test_whatever_a_network_says_is_known_sentence_by_sentence(sentence):
    assert [one.told for one in parts(sentence) if one.given is None] == []


def test_names_and_a_servers_own_words_stay_as_they_are():
    cure = "Change the text or the message that it answers, then try again."
    told = f"Mastodon refused (status 422: Text can't be blank). {cure}"
    assert parts(told) == [
        ("%(name)s refused (status %(status)s: %(words)s).",
         {"name": "Mastodon", "status": "422", "words": "Text can't be blank"}, ""),
        (cure, {}, ""),
    ]  # fmt: skip
    with override("en"):
        assert in_words(told) == told


def test_what_is_known_is_read_in_ones_language_and_what_nobody_foresaw_as_it_was_said():
    told = "The connection Tea & co is paused: answers wait. Resume it to send them. And a word of the server's."
    with override("fr"):
        known = gettext("The connection %(name)s is paused: answers wait. Resume it to send them.")
        assert "is paused" not in known
        assert in_words(told) == f"{known % {'name': 'Tea & co'}} And a word of the server's."
        assert in_words("Something nobody foresaw.") == "Something nobody foresaw."
        assert in_words("") == ""


@pytest.mark.parametrize("odd", ["x" * 5_000, "%(name)s", "100 % of %s", "a. " * 300])
def test_odd_words_break_nothing(odd):
    with override("fr"):
        assert in_words(odd) == odd


def test_each_sentence_is_itself_and_no_other():
    for sentence in SENTENCES:
        (one,) = parts(sentence.replace("%(", "<").replace(")s", ">").replace("%%", "%"))
        assert (one.told, one.given is not None) == (sentence, True)
