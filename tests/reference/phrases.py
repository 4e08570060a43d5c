"""A slow twin of the phrasebook: each pattern as a regular expression over folded words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from entourage.engine.text.phrases import patterns

if TYPE_CHECKING:
    from entourage.engine.text.phrases.patterns import Either


def fold(text: str) -> str:
    """Small letters without accents; every gap one space."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+|\d+", bare))


def found(pattern: str, text: str) -> bool:
    """Whether the pattern stands somewhere in a text of plain words."""
    return any(
        re.search(rf"(?<![^ ]){one}(?![^ ])", fold(text)) is not None
        for one in (_branch(branch) for branch in patterns.parsed(pattern).branches)
    )


def _branch(branch: tuple[str | Either, ...]) -> str:
    """The branch's parts with a gap between those that are there."""
    parts = [_part(part) for part in branch]
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    """Every way to leave out what may be left out, the longest first."""
    if not parts:
        return ""
    ways: list[list[str]] = [[]]
    for part in parts:
        with_part = [[*way, part.removesuffix("?")] for way in ways]
        ways = [*with_part, *ways] if part.endswith("?") else with_part
    return "(?:" + "|".join(" ".join(way) for way in ways if way).replace(" (?:[^ ]+ ){0,3} ", " (?:[^ ]+ ){0,3}") + ")"


def _part(part: str | Either) -> str:
    if not isinstance(part, str):
        inner = "(?:" + "|".join(_branch(branch) for branch in part.branches if branch) + ")"
        return inner + "?" if () in part.branches else inner
    if part == patterns.NUMBER:
        return r"\d[^ ]*"
    if part == patterns.GAP:
        return "(?:[^ ]+ ){0,3}"
    ending = "[^ ]*" if part.endswith(patterns.ANY_ENDING) else ""
    return re.escape(fold(part.removesuffix(patterns.ANY_ENDING))) + ending
