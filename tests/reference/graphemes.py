"""Slow twin of entourage.graphemes: the rules of annex 29 in their order, over signs whose kind is written."""

from __future__ import annotations

import re

#: One sign of each kind at least, as the annex's own test has them; each kind is written as one letter.
KINDS = {
    "\r": "r", "\n": "n", "\x01": "c", "\u2028": "c", "\u200b": "c", "\xad": "c",
    "\u0308": "x", "\ufe0f": "x", "\u20e3": "x", "\u200c": "x", "\U0001f3ff": "x", "\U000e0067": "x", "\uff9e": "x",
    "\u094d": "x", "\u200d": "z", "\u0903": "s", "\u0e33": "s", "\u093f": "s",
    "\U0001f1e6": "f", "\U0001f1eb": "f",
    "\u1100": "L", "\u1160": "V", "\u11a8": "T", "\uac00": "A", "\uac01": "B",
    "\u231a": "p", "\U0001f476": "p", "\U0001f6d1": "p", "\u2764": "p", "\xa9": "p",
    "a": "o", " ": "o", "\u0915": "o", "\u4e2d": "o", "\u102c": "o", "\u0378": "o",
}  # fmt: skip
#: What is joined (GB6 to GB13) where nothing parts (GB4, GB5): after what, over the kinds of all that stands before,
#: which kinds follow. What no rule names is apart.
JOINED = (
    (r"L$", "LVAB"), (r"[AV]$", "VT"), (r"[BT]$", "T"),  # GB6 to GB8
    (r"", "xz"), (r"", "s"),  # GB9, GB9a
    (r"px*z$", "p"),  # GB11
    (r"(^|[^f])(ff)*f$", "f"),  # GB12, GB13
)  # fmt: skip


def graphemes(text: str) -> int:
    kinds = "".join(KINDS[sign] for sign in text)
    return sum(not _kept(kinds[:place], kinds[place]) for place in range(len(kinds)))


def _kept(before: str, sign: str) -> bool:
    if before.endswith("r") and sign == "n":  # GB3
        return True
    if not before or before[-1] in "rnc" or sign in "rnc":  # GB1, GB4, GB5
        return False
    return any(sign in kinds and re.search(rule, before) for rule, kinds in JOINED)
