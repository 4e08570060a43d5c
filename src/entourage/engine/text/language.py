"""Which language a message is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.encoder import see
from entourage.engine.text.head import Head
from entourage.engine.text.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen

#: Less sure than this, the answer is "und".
SURE = 0.4
UNKNOWN = "und"


def language(texts: Sequence[str], *, among: Collection[str] | None = None) -> list[str]:
    """The language of each of T texts as an ISO 639-1 code; "und" where there are no words or it is not sure.

    ``among`` names the languages that may come (a brand's); nothing else is answered then.

    Examples
    --------
    >>> language(["Où est mon colis ?", "Where is my parcel?", "😍 !!!"])
    ['fr', 'en', 'und']
    """
    return languages(see(texts), among=among)


def languages(seen: Seen, *, among: Collection[str] | None = None) -> list[str]:
    """The same from texts that were seen already."""
    chances = head().predict(seen)
    codes = np.array([*head().classes, UNKNOWN])
    if among is not None:
        chances = chances * np.isin(codes[:-1], list(among))
        chances = chances / np.maximum(chances.sum(axis=1, keepdims=True), 1e-9)
    best = np.where((chances.max(axis=1) >= SURE) & _has_words(seen), chances.argmax(axis=1), len(codes) - 1)
    found: list[str] = codes[best].tolist()
    return found


def _has_words(seen: Seen) -> NDArray[np.bool_]:
    found = seen.features.tokens
    words = np.concatenate([[0], np.cumsum(found.kind == WORD)])
    many: NDArray[np.bool_] = words[found.texts[1:]] > words[found.texts[:-1]]
    return many


@lru_cache(maxsize=1)
def head() -> Head:
    """The head as it ships."""
    return Head.from_arrays(weights.load("language"))
