"""What a reading is made of: the words of the contract that the application, the command line and the engine share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


def checked_codes(languages: Collection[str] | None) -> Collection[str]:
    """The codes of languages, each of two small letters.

    Raises
    ------
    InvalidInput: one is something else.
    """
    for code in languages or ():
        if not is_code(code):
            raise InvalidInput(f"`languages` must hold two-letter codes such as fr. Got {code!r}.")
    return languages or ()


def is_code(code: str) -> bool:
    """Whether this is written as the code of a language: two small letters."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.islower()
