"""Which words decided: few, and such that a message without them would be read otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.text import intent, rules, sentiment
from entourage.engine.text.intent import INTENTS
from entourage.engine.text.judged import ABOUTS, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen
    from entourage.engine.text.intent import Intents
    from entourage.engine.text.residual import Residual
    from entourage.engine.text.vehemence import Vehemence

    Floats = NDArray[np.float64]

#: Words that are shown for each thing a reading says.
MOST: Final = 3
#: A word that adds less than this share of the strongest one is not a reason beside it.
BESIDE: Final = 0.5
#: Cues that change the score of vehemence by less than this are not worth a line.
LEAST_HEAT: Final = 0.02


@dataclass(frozen=True, slots=True)
class Reasons:
    """R reasons of T texts in order of text, then of what they are about, then of weight."""

    texts: Sequence[str]
    text: NDArray[np.int64]
    about: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    weight: Floats

    @classmethod
    def none(cls, texts: int) -> Self:
        """No reasons for so many texts."""
        empty = np.zeros(0, np.int64)
        return cls([""] * texts, empty, empty, empty, empty, np.zeros(0))

    def each(self) -> Iterator[tuple[Reason, ...]]:
        """The reasons of each text."""
        bounds = np.searchsorted(self.text, np.arange(len(self.texts) + 1)).tolist()
        about, start, end, weight = self.about.tolist(), self.start.tolist(), self.end.tolist(), self.weight.tolist()
        for place, text in enumerate(self.texts):
            yield tuple(
                Reason(ABOUTS[about[row]], text[start[row] : end[row]], start[row], end[row], weight[row])
                for row in range(bounds[place], bounds[place + 1])
            )


@dataclass(frozen=True, slots=True)
class _Words:
    """Candidates: words of a text, and how much each adds."""

    text: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    weight: Floats

    def strongest(self, texts: int) -> NDArray[np.int64]:
        """Rows of at most ``MOST`` words a text, none much weaker than the strongest; in order of text and weight."""
        order = np.lexsort((-self.weight, self.text))
        text, weight = self.text[order], self.weight[order]
        first = np.searchsorted(text, np.arange(texts))
        place = np.arange(len(order)) - first[text]
        top = weight[first[text]] if len(order) else weight
        return order[(place < MOST) & (weight > 0) & (weight >= BESIDE * top)]


def reasons_of(
    texts: Sequence[str], seen: Seen, signs: Floats, heat: Vehemence, wants: Intents, taught: Mapping[str, Residual]
) -> Reasons:
    """The reasons for what was read in T texts, by the shipped heads and what a brand taught beside them."""
    for_sign = _of_sign(seen, signs, taught.get("sentiment"))
    found = (for_sign, _of_heat(heat), _of_intent(seen, wants, taught.get("intent")))
    parts = []
    for about, words in enumerate(found):
        rows = words.strongest(len(texts))
        parts.append(
            (words.text[rows], np.full(len(rows), about), words.start[rows], words.end[rows], words.weight[rows])
        )
    text, about_, start, end, weight = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((-weight, about_, text))
    return Reasons(texts, text[order], about_[order], start[order], end[order], weight[order])


def _of_sign(seen: Seen, signs: Floats, taught: Residual | None) -> _Words:
    """What each token adds to the class against the mean of the other two."""
    wanted = (np.eye(3)[signs.argmax(axis=1)] * 3 - 1) / 2
    head = sentiment.head()
    if taught is None:
        return _tokens(seen, head.token_shares(seen, _mixture(wanted / head.temperature)))
    beside = wanted + wanted @ taught.mix.T
    shares = head.token_shares(seen, _mixture(beside / head.temperature))
    return _tokens(seen, shares + taught.head.token_shares(seen, _mixture(wanted)))


def _mixture(wanted: Floats) -> NDArray[np.float32]:
    return wanted.astype(np.float32)


def _of_heat(heat: Vehemence) -> _Words:
    """Cues with what the score loses without them; of cues in the same words (an insult, shouted) the sum."""
    hits, rows = heat.hits, np.flatnonzero(heat.loses >= LEAST_HEAT)
    places = np.column_stack((hits.text, hits.start, hits.stop))[rows].astype(np.int64)
    each, whose = np.unique(places, axis=0, return_inverse=True)
    weight = np.zeros(len(each))
    np.add.at(weight, whose.ravel(), heat.loses[rows])
    return _Words(each[:, 0], each[:, 1], each[:, 2], weight)


def _of_intent(seen: Seen, wants: Intents, taught: Residual | None) -> _Words:
    """The rule's words where a rule decided, else what speaks most for the intent; nothing where it abstains."""
    ruled = wants.ruled[wants.hits.text] & (_named()[wants.hits.tag] == wants.place[wants.hits.text])
    hits = wants.hits
    text, start, end = (column[ruled].astype(np.int64) for column in (hits.text, hits.start, hits.stop))
    by_rule = _Words(text, start, end, np.ones(len(text)))
    by_head = _tokens(seen, intent.contributions(seen, wants, taught))
    rows = ((wants.place >= 0) & ~wants.ruled)[by_head.text]
    return _Words(
        *(
            np.concatenate((getattr(by_rule, name), getattr(by_head, name)[rows]))
            for name in ("text", "start", "end", "weight")
        )
    )


def _named() -> NDArray[np.int64]:
    return np.array([INTENTS.index(name) if name in INTENTS else -2 for name in rules.ORDER])


def _tokens(seen: Seen, weight: NDArray[np.floating]) -> _Words:
    found = seen.features.tokens
    text = np.repeat(np.arange(len(found.texts) - 1), np.diff(found.texts))
    return _Words(text, found.start.astype(np.int64), found.end.astype(np.int64), weight.astype(np.float64))
