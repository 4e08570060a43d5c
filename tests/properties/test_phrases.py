"""The automaton of phrases finds what its slow twin finds, and what the little language promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import phrases as slow

from entourage.engine.errors import InvalidInput
from entourage.engine.text.phrases import Entry, bits, finding, line, phrasebook
from entourage.engine.text.phrases.letters import SPACE, STRETCHED
from entourage.engine.text.plain import codes
from entourage.engine.text.tokens import tokens

WORDS = ("je", "pars", "tout", "de", "suite", "jamais", "partir", "3", "ete")
PATTERNS = (
    "je pars", "(je|tout) (pars|de suite)", "[tout] de suite", "par*", "je ... jamais", "# jamais",
    "(je|tout de) [jamais] (pars|suite)", "été",
)  # fmt: skip


def finds(pattern: str, text: str, *, code: str = "fr") -> list[str]:
    book = phrasebook([Entry("found", pattern)], tags=["found"])
    hits = book.find(line(tokens(codes([text]))), np.array([bits(code)], np.int32))
    return [text[start:stop] for start, stop in zip(hits.start, hits.stop, strict=True)]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(words=st.lists(st.sampled_from(WORDS), max_size=8))
@settings(max_examples=80, deadline=None)
def test_the_automaton_finds_what_a_regular_expression_finds(pattern: str, words: list[str]) -> None:
    text = " ".join(words)
    assert bool(finds(pattern, text)) == slow.found(pattern, text)


FOUND = """
    toujours rien      | Et TOUJOURS... rien, toujours   rien     | toujours   rien
    nul                | c'est nuuuuul                            | nuuuuul
    inadmissib*        | INADMISSIBLE !!!                         | INADMISSIBLE
    c'est la honte     | C’est la honte                           | C’est la honte
    # fois             | la 3e fois                               | 3e fois
    😡                 | non 😡😡                                 | 😡
    ^ bravo            | bravo, encore bravo                      | bravo
    merci $            | merci bien, merci 😀 @ann                 | merci
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_words_are_found_as_people_write_them(row: str) -> None:
    pattern, text, words = (part.strip() for part in row.split("|"))
    assert finds(pattern, text)[0] == words


def test_a_phrase_of_one_language_is_not_found_in_another() -> None:
    book = phrasebook([Entry("insult", "con", bits("fr"))], tags=["insult"])
    texts = line(tokens(codes(["con leche", "quel con"])))
    hits = book.find(texts, np.array([bits("es"), bits("fr")], np.int32))
    assert hits.text.tolist() == [1]


@pytest.mark.parametrize("pattern", ["(je pars", "je [pars", "je ) pars", "je | | pars", "*", "!!"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidInput):
        phrasebook([Entry("found", pattern)], tags=["found"])


@pytest.mark.parametrize("joints", range(9, 13))
def test_a_walk_opens_no_more_branches_than_it_has_room_for(joints: int) -> None:
    """An automaton worse than any phrase makes: four nodes in a row go on in many ways at once."""
    digit, steps = ord("1"), 5
    ways = [*range(finding.ANY_ENDING, finding.LAST_JOINT + 1), digit, SPACE]
    edges = np.array([(node, way, node + 1) for node in range(steps - 1) for way in ways], np.int64)
    table = np.full((512, 2), -1, np.int64)
    finding.fill_kernel(table, edges)
    nodes = np.zeros((steps, 3), np.int32)
    nodes[:-1, 0] = [(1 << (many + 3)) - 1 for many in (26, joints, 11, 26)]
    letters = np.array([digit | STRETCHED, SPACE] * 16, np.int32)
    room = np.full((finding.DEEP + 40, 2), -7, np.int64)
    kept = np.zeros(1, np.int64), room[: finding.DEEP]
    finding.walk_kernel(letters, (0, 2, 32, 32, -1), table, nodes, np.zeros((0, 3), np.int32), kept)
    assert (room[finding.DEEP :] == -7).all()
