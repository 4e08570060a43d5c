"""Length, facets and keys of what is written."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entourage.graphemes import graphemes
from entourage.networks.bluesky.writing import DIGITS, facets, rkey_of

DIDS = {"ann.test": "did:plc:ann"}
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")  # the AT Protocol's own pattern


def marked(text: str) -> list[tuple[str, str]]:
    """What the bytes of each facet say, and what it is."""
    raw = text.encode()
    return [
        (
            raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),
            next(facet["features"][0][key] for key in ("uri", "did", "tag") if key in facet["features"][0]),
        )
        for facet in facets(text, lambda handle: DIDS.get(handle, ""))
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nothing here", []),
        ("see https://jars.test.", [("https://jars.test", "https://jars.test")]),
        ("(https://jars.test/a_(b))", [("https://jars.test/a_(b)", "https://jars.test/a_(b)")]),
        ("(https://jars.test/a)!", [("https://jars.test/a", "https://jars.test/a")]),
        ("https://jars.test/#lids", [("https://jars.test/#lids", "https://jars.test/#lids")]),
        ("😟é @ann.test, merci", [("@ann.test", "did:plc:ann")]),
        ("Hi @ANN.test.", [("@ANN.test", "did:plc:ann")]),
        ("nobody: @cyd.test", []),
        ("mail ann@ann.test", []),
        ("#Jars and #été2026, not #1 or a#b", [("#Jars", "Jars"), ("#été2026", "été2026")]),
        ("https://jars.test/@ann.test #a", [("https://jars.test/@ann.test",) * 2, ("#a", "a")]),
    ],
)
def test_links_mentions_and_tags_are_marked_between_bytes(text: str, wanted: list[tuple[str, str]]) -> None:
    assert marked(text) == wanted


@given(st.text())
def test_no_text_breaks_the_facets_and_they_never_overlap(text: str) -> None:
    spans = [facet["index"] for facet in facets(text, lambda _: "did:plc:x")]
    edges = [edge for span in spans for edge in (span["byteStart"], span["byteEnd"])]
    assert edges == sorted(edges)
    assert all(span["byteStart"] < span["byteEnd"] <= len(text.encode()) for span in spans)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("héllo", 5),
        ("he\u0301llo", 5),
        ("👩\u200d👩\u200d👧\u200d👦", 1),
        ("👍🏽👍", 2),
        ("🇫🇷🇩🇪", 2),
        ("🇫🇷🇩", 2),
        ("1\ufe0f\u20e3", 1),
        ("한국어", 3),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", 2),
        ("a\r\nb", 3),
        ("🏴\U000e0067\U000e0062\U000e007f", 1),
        ("a\u200db", 2),
        ("ก็", 1),
    ],
)
def test_length_is_what_a_person_sees(text: str, count: int) -> None:
    assert graphemes(text) == count


@given(st.text())
def test_length_is_between_base_characters_and_code_points(text: str) -> None:
    letters = sum(unicodedata.category(character) in {"Lu", "Ll", "Nd", "Zs"} for character in text)
    assert letters <= graphemes(text) <= len(text)


@given(st.text(), st.text())
def test_a_key_is_one_record_key_and_two_keys_are_two(one: str, other: str) -> None:
    assert TID.fullmatch(rkey_of(one))
    assert (rkey_of(one) == rkey_of(other)) == (one == other)


def test_record_keys_lie_in_a_plausible_past() -> None:
    for number in range(1_000):
        tid = 0
        for character in rkey_of(str(number)):
            tid = tid << 5 | DIGITS.index(character)
        assert 1_672_531_200 <= (tid >> 10) / 1e6 < 1_704_067_200, "in 2023"
