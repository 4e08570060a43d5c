"""For or against: the chances that a message is negative, neutral or positive, and which of its words decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.encoder import fast, see
from entourage.engine.text.head import Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen

#: The classes in the order of the columns everywhere.
SIGNS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Contributions:
    """How much each of N tokens speaks for its text's class, in logits, against the mean of the other two.

    Rows ``texts[t]:texts[t + 1]`` are the tokens of text t, which stand at ``start``..``end`` (characters).
    """

    texts: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    weight: NDArray[np.float32]


def sentiment(texts: Sequence[str]) -> NDArray[np.float32]:
    """The chances that each of T texts is negative, neutral, positive: T x 3, rows sum to 1.

    Examples
    --------
    >>> sentiment(["Merci, c'est parfait, je vous adore", "Quelle honte"]).argmax(axis=1).tolist()
    [2, 0]
    """
    return signs(see(texts))


def signs(seen: Seen) -> NDArray[np.float32]:
    """The same from texts that were seen already, by the fast encoder."""
    return head().predict(seen)


def contributions(seen: Seen, classes: NDArray[np.int64]) -> Contributions:
    """How much each token of T texts speaks for the class (0, 1, 2) that is asked of its text."""
    mixture = np.where(np.arange(len(SIGNS)) == classes[:, None], 1.0, -0.5).astype(np.float32)
    found = seen.features.tokens
    return Contributions(found.texts, found.start, found.end, head().token_shares(seen, mixture))


def id_() -> str:
    """A name that changes whenever the answers may."""
    return f"{weights.name('sentiment')}+{fast().id}"


@lru_cache(maxsize=1)
def head() -> Head:
    """The head as it ships."""
    return Head.from_arrays(weights.load("sentiment"))
