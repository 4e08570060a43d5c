"""How long a text is in graphemes: what a person sees as one character. Pure, and the only count of them in here.

It stands below all rooms, for a network counts what it sends and a page what is typed, and pages load no network.
Source: Unicode Standard Annex 29, rules GB3 to GB13. Python holds no table for the conjuncts of Indic scripts (GB9c)
and for signs that cling to the next (GB9b): there more is counted, so that what is let through here is not refused
there.
"""

from __future__ import annotations

from unicodedata import category

ZWJ, ZWNJ = "\u200d", "\u200c"
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_SKINS = ("\U0001f3fb", "\U0001f3ff")
_TAGS = ("\U000e0020", "\U000e007f")  # the letters inside the flag of a region
#: Pictures that may be joined into one: a family, the flag of pirates.
_PICTURES = (("\u2190", "\u2bff"), ("\u3030", "\u303d"), ("\u3297", "\u3299"), ("\U0001f000", "\U0001faff"))
#: Drawn upon what stands before them, though letters by their category: am of Thai and Lao, sounds of narrow katakana.
_CLINGING = frozenset("\u0e33\u0eb3\uff9e\uff9f")
#: Spacing marks that stand by themselves all the same (annex 29, table 2): of Burmese, Shan, Tai Tham, Ahom.
_APART = frozenset(
    "\u102b\u102c\u1038\u1062\u1063\u1064\u1067\u1068\u1069\u106a\u106b\u106c\u106d\u1083\u1087\u1088\u1089"
    "\u108a\u108b\u108c\u108f\u109a\u109b\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d\U00011720\U00011721"
)
_LETTERLIKE = frozenset("©®‼⁉™ℹ")
# Syllables of Korean written in parts.
_INITIAL, _VOWEL, _FINAL = ("\u1100", "\u115f"), ("\u1160", "\u11a7"), ("\u11a8", "\u11ff")
_SYLLABLES = ("\uac00", "\ud7a3")
_FINALS = 28  # a whole syllable without a final is every 28th


def graphemes(text: str) -> int:
    r"""How many characters a person sees.

    Examples
    --------
    >>> graphemes("héllo"), graphemes("👩‍👩‍👧‍👦🇫🇷👍🏽"), graphemes("a\r\nb")
    (5, 3, 3)
    """
    return sum(_begins(text, place) for place in range(len(text)))


def _begins(text: str, place: int) -> bool:
    if place == 0:
        return True
    before, sign = text[place - 1], text[place]
    if _parts(before) or _parts(sign):
        return (before, sign) != ("\r", "\n")
    if _clings(sign):
        return False
    if before == ZWJ and _picture(sign):
        return not _joined(text, place - 1)
    in_pairs = _within(sign, _FLAGS) and _flags_before(text, place) % 2 == 1
    return not (in_pairs or _same_syllable(before, sign))


def _clings(sign: str) -> bool:
    """Whether it is drawn upon what stands before it."""
    if sign in _APART:
        return False
    marks = sign in {ZWJ, ZWNJ} or sign in _CLINGING or category(sign) in {"Mn", "Me", "Mc"}
    return marks or _within(sign, _SKINS) or _within(sign, _TAGS)


def _parts(sign: str) -> bool:
    """Whether nothing is drawn upon it, and it upon nothing: line ends, signs that are not seen."""
    return category(sign) in {"Cc", "Cf", "Zl", "Zp"} and not _clings(sign)


def _joined(text: str, zwj: int) -> bool:
    """Whether a picture stands before this joiner, with nothing but its own marks between."""
    place = zwj - 1
    while place >= 0 and _clings(text[place]) and text[place] != ZWJ and category(text[place]) != "Mc":
        place -= 1
    return place >= 0 and _picture(text[place])


def _flags_before(text: str, place: int) -> int:
    count = 0
    while count < place and _within(text[place - 1 - count], _FLAGS):
        count += 1
    return count


def _same_syllable(before: str, sign: str) -> bool:
    if _within(before, _INITIAL):
        return _within(sign, _INITIAL) or _within(sign, _VOWEL) or _within(sign, _SYLLABLES)
    if _within(before, _SYLLABLES):
        open_ended = (ord(before) - ord(_SYLLABLES[0])) % _FINALS == 0
        return _within(sign, _FINAL) or (open_ended and _within(sign, _VOWEL))
    if _within(before, _VOWEL):
        return _within(sign, _VOWEL) or _within(sign, _FINAL)
    return _within(before, _FINAL) and _within(sign, _FINAL)


def _picture(sign: str) -> bool:
    if _within(sign, _FLAGS) or _within(sign, _SKINS):
        return False
    return sign in _LETTERLIKE or any(_within(sign, block) for block in _PICTURES)


def _within(sign: str, block: tuple[str, str]) -> bool:
    return block[0] <= sign <= block[1]
