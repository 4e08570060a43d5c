"""Rules of intent, written by us, a file a language: few words that leave no doubt. Patterns: ``phrases.patterns``.

A rule names the intent outright; where rules of two intents match, the first in ``ORDER`` wins. Everything else is left
to the head, which may abstain.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

from entourage.engine.text.phrases import Entry, Phrasebook, bits, phrasebook
from entourage.engine.text.phrases.book import EVERY
from entourage.engine.text.phrases.patterns import listed
from entourage.engine.text.rules import de, en, es, fr, it, pt, shared

if TYPE_CHECKING:
    from types import ModuleType

#: Intents that rules may name, the most certain first; "how_to" and "defect" tell the lesson only.
ORDER: Final = (
    "spam", "job_seeker", "press_partner", "contest_entry", "sales_lead", "idea", "thanks", "how_to", "defect",
)  # fmt: skip
_BY_LANGUAGE: Final[dict[str, ModuleType]] = {"fr": fr, "en": en, "de": de, "es": es, "it": it, "pt": pt}


@cache
def book() -> Phrasebook:
    """All rules of all languages as one phrasebook; its tags are ``ORDER``."""
    return phrasebook(_entries(), tags=ORDER)


@cache
def id_() -> str:
    """A number that changes with the words of any rule."""
    return hashlib.blake2b(repr(_entries()).encode(), digest_size=3).hexdigest()


def _entries() -> list[Entry]:
    modules = [(shared, EVERY), *((module, bits(code)) for code, module in _BY_LANGUAGE.items())]
    return [
        Entry(tag, pattern, languages)
        for module, languages in modules
        for tag, patterns in module.RULES.items()
        for pattern in listed(patterns)
    ]
