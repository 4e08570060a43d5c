"""The little language in which lexicons and rules are written.

====================  =======================================================================
``toujours rien``     the words, whatever their case, accents, stretched letters and the gaps between them
``inadmissib*``       a word that begins so
``#``                 a word that begins with a digit: 3, 3e, 12.50
``...``               up to three words in between, within the sentence
``(je|on) pars``      either; the alternatives may be phrases
``[tout] de suite``   with or without
``^ ... $``           ``^`` at the beginning of the message, ``$`` at its end
====================  =======================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_ENDING: Final = "*"
NUMBER: Final = "#"
GAP: Final = "..."
FIRST: Final = "^"
LAST: Final = "$"
_CLOSES: Final = {"(": ")", "[": "]"}
_MARKS: Final = re.compile(r"\.\.\.|[()\[\]|]|[^\s()\[\]|]+")


@dataclass(frozen=True, slots=True)
class Either:
    """Alternatives; each is a sequence of words and further choices. An empty one: the choice may be left out."""

    branches: tuple[tuple[str | Either, ...], ...]


def parsed(pattern: str) -> Either:
    """Read a pattern.

    Raises
    ------
    InvalidInput: a bracket has no pair, a word has no letter, or there is nothing in an alternative.

    Examples
    --------
    >>> parsed("je pars|[tout] de suite").branches
    (('je', 'pars'), (Either(branches=(('tout',), ())), 'de', 'suite'))
    """
    found, closed_by = _either(iter(_MARKS.findall(pattern)), pattern)
    if closed_by:
        raise InvalidInput(f"Every bracket of a pattern must have its pair. Got {pattern!r}.")
    return found


def _either(marks: Iterator[str], pattern: str) -> tuple[Either, str]:
    """Alternatives up to the bracket that closes them, and that bracket."""
    branches: list[tuple[str | Either, ...]] = []
    branch: list[str | Either] = []
    closed_by = ""
    for mark in marks:
        if mark in ")]|":
            branches, branch = [*branches, _whole(branch, pattern)], []
            closed_by = mark.strip("|")
            if closed_by:
                return Either(tuple(branches)), closed_by
        else:
            branch.append(_part(mark, marks, pattern))
    return Either((*branches, _whole(branch, pattern))), closed_by


def _part(mark: str, marks: Iterator[str], pattern: str) -> str | Either:
    if mark == ANY_ENDING:
        raise InvalidInput(f"A star must follow letters. Got {pattern!r}.")
    if mark not in _CLOSES:
        return mark
    inside, closed_by = _either(marks, pattern)
    if closed_by != _CLOSES[mark]:
        raise InvalidInput(f"Every bracket of a pattern must have its pair. Got {pattern!r}.")
    return Either((*inside.branches, ())) if mark == "[" else inside


def _whole(branch: list[str | Either], pattern: str) -> tuple[str | Either, ...]:
    if not branch:
        raise InvalidInput(f"Every alternative of a pattern must have a word. Got {pattern!r}.")
    return tuple(branch)


def listed(lines: str) -> list[str]:
    """The patterns of a lexicon: one a line; a line that begins with a space goes on with the one before."""
    return [pattern for pattern in lines.replace("\n ", " ").splitlines() if pattern.strip()]
