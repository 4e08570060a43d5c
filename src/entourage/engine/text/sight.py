"""A batch of texts, looked at once: what every head, rule and lexicon needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import encoder, language
from entourage.engine.text.phrases import bits, line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen
    from entourage.engine.text.phrases import Line


@dataclass(frozen=True, slots=True)
class Sight:
    """T texts: features and vectors, the language of each and its bits (``phrases.bits``), the letters in line."""

    seen: Seen
    languages: list[str]
    masks: NDArray[np.int32]
    line: Line

    def __len__(self) -> int:
        return len(self.languages)


def look(texts: Sequence[str], *, among: Collection[str] | None = None) -> Sight:
    """Look at T texts; only the languages ``among`` may come."""
    seen = encoder.see(texts)
    codes = language.languages(seen, among=among)
    return Sight(seen, codes, np.array([bits(code) for code in codes], np.int32), line(seen.features.tokens))
