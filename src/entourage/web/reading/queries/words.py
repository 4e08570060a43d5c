"""A message with the words that decided: cut by their places here, so that the page only ever escapes text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Characters of a message on a list; the message's own page shows all.
SHOWN = 600
#: Characters left on each side when a long message is cut around its first deciding word.
AROUND = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a message, and what they decided: sentiment, vehemence, intent, or nothing."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided, what about, and how much: positive speaks for it, negative against."""

    about: str
    words: str
    weight: float


def pieces(text: str, reasons: Sequence[Sequence[Any]]) -> list[Piece]:
    """The message in pieces; where reasons overlap, the weightier one marks the piece.

    >>> found = pieces("No reply again!", [["vehemence", 9, 14, 0.4], ["sentiment", 0, 2, -1.5]])
    >>> [(piece.text, piece.about) for piece in found]
    [('No', 'sentiment'), (' reply ', ''), ('again', 'vehemence'), ('!', '')]
    """
    marks = sorted(_within(text, reasons), key=lambda mark: abs(mark[3]))
    cuts = sorted({0, len(text), *(edge for mark in marks for edge in mark[1:3])})
    deciding = {(start, end): _decided(start, end, marks) for start, end in pairwise(cuts)}
    return [Piece(text[start:end], about) for (start, end), about in deciding.items()]


def brief(text: str, reasons: Sequence[Sequence[Any]]) -> list[Piece]:
    """The same of a long message: its part around the first words that decided."""
    if len(text) <= SHOWN:
        return pieces(text, reasons)
    first = min((mark[1] for mark in _within(text, reasons)), default=0)
    begin = max(0, min(first - AROUND, len(text) - SHOWN)) if first > SHOWN - AROUND else 0
    moved = [[about, start - begin, end - begin, weight] for about, start, end, weight in _within(text, reasons)]
    shown = pieces(text[begin : begin + SHOWN], moved)
    before = [Piece("… ")] if begin else []
    after = [Piece(" …")] if begin + SHOWN < len(text) else []
    return before + shown + after


def cues(text: str, reasons: Sequence[Sequence[Any]]) -> list[Cue]:
    """The words that decided, the weightiest of each kind first."""
    told = [Cue(about, text[start:end], weight) for about, start, end, weight in _within(text, reasons)]
    return sorted(told, key=lambda cue: (cue.about, -abs(cue.weight)))


def _within(text: str, reasons: Sequence[Sequence[Any]]) -> list[tuple[str, int, int, float]]:
    """The reasons whose places lie in the text; one that does not was told of other words."""
    return [
        (str(about), start, min(end, len(text)), float(weight))
        for about, start, end, weight in reasons
        if 0 <= start < min(end, len(text))
    ]


def _decided(start: int, end: int, marks: Sequence[tuple[str, int, int, float]]) -> str:
    return next((mark[0] for mark in reversed(marks) if mark[1] <= start and end <= mark[2]), "")
