"""Everyday chatter: a few hundred sentences that nobody's brand is about, written for this purpose."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Final

#: The languages whose everyday chatter is known here.
CHATTER: Final = ("de", "en", "es", "fr", "it", "pt")
#: A word of so many everyday sentences belongs to the language.
COMMON: Final = 4
#: What is said to any brand, whatever it is about.
_TO_ANYBODY: Final = frozenset(
    {
        *("vous", "votre", "vos", "bonjour", "bonsoir", "merci", "avance", "svp"),
        *("hello", "please", "thanks", "thank", "your", "advance"),
        *("hallo", "danke", "bitte", "ihr", "ihre", "sie"),
        *("hola", "gracias", "favor", "usted"),
        *("ciao", "salve", "grazie", "prego"),
        *("olá", "obrigado", "obrigada", "você", "seu", "sua"),
    }
)
#: Addresses and names with an @ say where or to whom, not what; in a label a name would outlive its owner's erasure.
_ELSEWHERE: Final = re.compile(r"https?:\S*|@\w+")
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Shorter words are articles and what an apostrophe cuts off.
SHORTEST: Final = 3


def words_of(text: str) -> list[str]:
    """The words of a message, in small letters with their accents.

    Examples
    --------
    >>> words_of("@ann L'infuseur fuit ! https://t.co/x")
    ['infuseur', 'fuit']
    """
    return [word for word in _WORD.findall(_ELSEWHERE.sub(" ", text.lower())) if len(word) >= SHORTEST]


@cache
def chatter_of(language: str) -> tuple[str, ...]:
    """Everyday sentences of a language, none where they are not known."""
    if language not in CHATTER:
        return ()
    kept = files("entourage.engine.text.meaning") / "chatter" / f"{language}.txt"
    return tuple(line for line in kept.read_text(encoding="utf-8").splitlines() if line)


@cache
def common_words() -> frozenset[str]:
    """Words that belong to a language and not to a subject: in several everyday sentences of it."""
    counted = [Counter(word for line in chatter_of(one) for word in set(words_of(line))) for one in CHATTER]
    return _TO_ANYBODY | {word for words in counted for word, lines in words.items() if lines >= COMMON}
