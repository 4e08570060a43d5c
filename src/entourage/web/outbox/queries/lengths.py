"""How long a text is as a network counts: in characters, in what readers see as one character, or in bytes."""

from __future__ import annotations

from unicodedata import category

ZWJ = "\u200d"
#: Blocks whose signs are pictures and may be joined into one (family, flag of pirates); others are never joined.
_PICTURES = ((0x2190, 0x2BFF), (0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FAFF))
_LETTERLIKE = frozenset("©®‼⁉™ℹ")
_FLAG = (0x1F1E6, 0x1F1FF)
_SKIN = (0x1F3FB, 0x1F3FF)
_TAG = (0xE0020, 0xE007F)
# Korean syllables written in parts: initial, vowel, final.
_INITIAL, _VOWEL, _FINAL = (0x1100, 0x115F), (0x1160, 0x11A7), (0x11A8, 0x11FF)
_SYLLABLES = (0xAC00, 0xD7A3)
_FINALS = 28  # a written syllable without a final is every 28th


def measured(text: str, unit: str) -> int:
    """The length of a text in a network's unit: "characters", "graphemes" or "bytes"."""
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return graphemes(text) if unit == "graphemes" else len(text)


def graphemes(text: str) -> int:
    """How many characters a reader sees (extended grapheme clusters of Unicode, annex 29).

    Where the rules need tables that Python does not hold (conjuncts of Indic scripts), more is counted: what is let
    through here is not refused there.
    """
    return sum(_begins(text, place) for place in range(len(text)))


def _begins(text: str, place: int) -> bool:
    """Whether a new character begins here, as the reader sees it."""
    if place == 0:
        return True
    before, sign = text[place - 1], text[place]
    if category(before) in {"Cc", "Zl", "Zp"}:
        return (before, sign) != ("\r", "\n")
    if _extends(sign):
        return False
    if before == ZWJ:
        return not (_picture(sign) and _joined(text, place - 1))
    in_pairs = _within(sign, _FLAG) and _flags_before(text, place) % 2 == 1
    return not (in_pairs or _same_syllable(before, sign))


def _extends(sign: str) -> bool:
    marks = category(sign) in {"Mn", "Me", "Mc"} or sign in {ZWJ, "\u200c"}
    return marks or _within(sign, _SKIN) or _within(sign, _TAG)


def _joined(text: str, zwj: int) -> bool:
    """Whether a picture stands before this joiner, with nothing but its own marks between them."""
    place = zwj - 1
    while place >= 0 and _extends(text[place]) and text[place] != ZWJ:
        place -= 1
    return place >= 0 and _picture(text[place])


def _flags_before(text: str, place: int) -> int:
    count = 0
    while count < place and _within(text[place - 1 - count], _FLAG):
        count += 1
    return count


def _same_syllable(before: str, sign: str) -> bool:
    if _within(before, _INITIAL):
        return _within(sign, _INITIAL) or _within(sign, _VOWEL) or _within(sign, _SYLLABLES)
    if _within(before, _SYLLABLES):
        open_ended = (ord(before) - _SYLLABLES[0]) % _FINALS == 0
        return _within(sign, _FINAL) or (open_ended and _within(sign, _VOWEL))
    if _within(before, _VOWEL):
        return _within(sign, _VOWEL) or _within(sign, _FINAL)
    return _within(before, _FINAL) and _within(sign, _FINAL)


def _picture(sign: str) -> bool:
    return sign in _LETTERLIKE or any(_within(sign, block) for block in _PICTURES)


def _within(sign: str, block: tuple[int, int]) -> bool:
    return block[0] <= ord(sign) <= block[1]
