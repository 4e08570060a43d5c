"""Names as they are searched for: small letters without accents, as ``unaccent(lower(name))`` stores them."""

from __future__ import annotations

import unicodedata

# Letters that do not fall apart into a letter and its accent.
_JOINED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ı": "i"})


def plain(name: str) -> str:
    """The name in small letters without accents.

    >>> plain("Zoë LE CŒUR")
    'zoe le coeur'
    """
    parts = unicodedata.normalize("NFKD", name.lower().translate(_JOINED))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
