"""What a reading is made of: the words of the contract that the application, the command line and the engine share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Collection

#: What a reading tells, and what its reasons are about.
ABOUTS: Final = ("sentiment", "vehemence", "intent")


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Words that decided: ``text[start:end]`` (characters), and how much they add to what the reading says ``about``.

    The weight is in log odds of the class for sentiment and intent, in points of the score for vehemence.
    """

    about: str
    words: str
    start: int
    end: int
    weight: float

    def as_json(self) -> dict[str, Any]:
        """The reason as programs get it."""
        place = {"start": self.start, "end": self.end}
        return {"about": self.about, "words": self.words, **place, "weight": round(self.weight, 3)}


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What was read in one message.

    ``sign`` is -1, 0, 1, or None where the reader is not sure enough; ``intent``, ``department`` and ``lesson`` are
    empty where there is none or it abstains; ``corrected`` names what a person set for this very text.
    """

    language: str
    negative: float
    neutral: float
    positive: float
    sign: int | None
    vehemence: float
    intent: str
    department: str
    lesson: str
    reasons: tuple[Reason, ...]
    corrected: tuple[str, ...] = ()

    def rounded_reasons(self) -> list[Reason]:
        """The reasons with weights of three decimals, as programs get them."""
        return [Reason(one.about, one.words, one.start, one.end, round(one.weight, 3)) for one in self.reasons]

    def as_json(self) -> dict[str, Any]:
        """The reading as programs get it: chances with three decimals, nulls where it abstains."""
        return {
            "language": self.language,
            "sentiment": {name: round(getattr(self, name), 3) for name in ("negative", "neutral", "positive")},
            "vehemence": round(self.vehemence, 3),
            "intent": self.intent or None,
            "department": self.department or None,
            "reasons": [one.as_json() for one in self.reasons],
        }


def checked_codes(languages: Collection[str] | None) -> Collection[str]:
    """The codes of languages, each of two small letters.

    Raises
    ------
    InvalidInput: one is something else.
    """
    for code in languages or ():
        if len(code) != 2 or not code.isascii() or not code.islower():
            raise InvalidInput(f"`languages` must hold two-letter codes such as fr. Got {code!r}.")
    return languages or ()
