"""Which words decided: few, and such that a message without them would be read otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from entourage.engine.text import intent, rules, sentiment
from entourage.engine.text.encoder import Seen, without
from entourage.engine.text.intent import INTENTS
from entourage.engine.text.judged import ABOUTS, Reason
from entourage.engine.text.plain import READ_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

    from entourage.engine.text.intent import Intents
    from entourage.engine.text.residual import Residual
    from entourage.engine.text.vehemence import Vehemence

    Floats = NDArray[np.float64]

#: Words that are shown for each thing a reading says.
MOST: Final = 3
#: How much louder than a text's words on average its reasons must speak: then they move the score at least twice as
#: much as as many random words (tests/truth/test_faithful.py). Below ``SURELY`` that is tried, and must come out at
#: ``TRIED``.
CLEARLY: Final = 2.3
SURELY: Final = 4.0
TRIED: Final = 2.7
#: Without a word the others speak louder, for scores are means: this share of the mean is taken off each word's part.
OTHERS: Final = 0.7
#: Words of a short text move more than their part by ``n / (n - SHORT)``, as measured.
SHORT: Final = 1.5
#: Cues that change the score of vehemence by less than this are not worth a line.
LEAST_HEAT: Final = 0.04
#: From here on a message is shown as vehement, and its strongest cues are, too.
VEHEMENT: Final = 0.4

#: Judges texts again: T x classes.
Judge = Callable[[Seen], NDArray[np.float64]]


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

    def rows(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> _Words:
        """Some of them."""
        return _Words(self.text[rows], self.start[rows], self.end[rows], self.weight[rows])

    def __add__(self, other: _Words) -> _Words:
        columns = ("text", "start", "end", "weight")
        return _Words(*(np.concatenate((getattr(self, name), getattr(other, name))) for name in columns))


def reasons_of(
    texts: Sequence[str],
    seen: Seen,
    signs: Floats,
    told: NDArray[np.int64],
    heat: Vehemence,
    wants: Intents,
    *,
    taught: Mapping[str, Residual],
    judge: Judge,
) -> Reasons:
    """The reasons for what was read in T texts, by the shipped heads and what a brand taught beside them.

    ``told`` is the place of the sign that was told of each, -1 where none was: there no words decided. ``judge`` gives
    the signs of texts from which words were cut out.
    """
    shares = _sign_shares(seen, signs, taught.get("sentiment"))
    found = (_of_sign(seen, signs, told, shares, judge), _of_heat(heat, signs, shares), _of_intent(seen, wants, taught))
    about = np.repeat(np.arange(len(found)), [len(words.text) for words in found])
    words = found[0] + found[1] + found[2]
    order = np.lexsort((-words.weight, about, words.text))
    words = words.rows(order)
    return Reasons(texts, words.text, about[order], words.start, words.end, words.weight)


@dataclass(frozen=True, slots=True)
class _Shares:
    """What each of N tokens of T texts adds to the logarithm of the chance of what was told.

    ``usual`` is what a word of the text moves it on average, either way; ``words`` how many there are, and ``places``
    where each begins.
    """

    text: NDArray[np.int64]
    weight: Floats
    usual: Floats
    words: NDArray[np.int64]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, seen: Seen, parts: NDArray[np.floating]) -> Self:
        """From the additive parts of the words; without a word the others speak louder."""
        found = seen.features.tokens
        many = np.maximum(np.diff(found.texts), 1)
        text = np.repeat(np.arange(len(many)), np.diff(found.texts))
        weight = parts - OTHERS * (np.bincount(text, parts, minlength=len(many)) / many)[text]
        # A word goes with the marks that stand at it: "wow," is one.
        apart = np.ones(len(text), np.bool_)
        apart[1:] = (found.start[1:] > found.end[:-1]) | (text[1:] != text[:-1])
        words = np.maximum(np.bincount(text[apart], minlength=len(many)), 1)
        places = _place(text[apart], found.start[apart])
        # In a short text each word that goes changes the means that the others are part of.
        short = many / np.maximum(many - SHORT, 0.5)
        usual = np.bincount(text, np.abs(weight), minlength=len(many)) / words * short
        return cls(text, weight, usual, words, places)

    def within(self, text: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many words stand between two characters of a text."""
        found = np.searchsorted(self.places, _place(text, end)) - np.searchsorted(self.places, _place(text, start))
        many: NDArray[np.int64] = np.maximum(found, 1)
        return many

    def strongest(self) -> tuple[NDArray[np.int64], Floats]:
        """The strongest words (rows, by text and weight), and each text's clearness: their mean over the usual.

        The first word of a text and those beside it that keep the mean clear; none that speaks against.
        """
        order = np.lexsort((-self.weight, self.text))
        text, weight = self.text[order], self.weight[order]
        place = _order(text)
        clear = _running(text, weight) / (place + 1) / np.maximum(self.usual[text], 1e-9)
        chosen = (weight > 0) & (place < MOST) & ((place == 0) | (clear >= CLEARLY))
        clearness = np.full(len(self.usual), np.inf)
        np.minimum.at(clearness, text[chosen], clear[chosen])
        return order[chosen], clearness


def _of_sign(seen: Seen, signs: Floats, told: NDArray[np.int64], shares: _Shares, judge: Judge) -> _Words:
    """The words that decided the sign; where they are not clear, what is read without them decides whether they did."""
    rows, clearness = shares.strongest()
    rows = rows[told[shares.text[rows]] >= 0]
    doubtful = (clearness < SURELY) & (told >= 0)
    if doubtful.any():
        gone = ~doubtful[shares.text]
        gone[rows] = True
        each = np.arange(len(signs)), told
        moved = np.log(signs[each]) - np.log(np.maximum(judge(without(seen, gone))[each], 1e-9))
        many = np.bincount(shares.text[rows], minlength=len(signs))
        alone = np.diff(seen.features.tokens.texts) == 1
        doubtful &= ~alone & (moved < TRIED * many * shares.usual)
    kept = rows[~doubtful[shares.text[rows]]]
    return _tokens(seen, shares.weight).rows(kept)


def _sign_shares(seen: Seen, signs: Floats, taught: Residual | None) -> _Shares:
    """What each word adds to the logarithm of the chance of the sign told: rivals count by their chances."""
    wanted = np.eye(3)[signs.argmax(axis=1)] - signs
    head = sentiment.head()
    if taught is None:
        return _Shares.of(seen, head.token_shares(seen, _mixture(wanted / head.temperature)))
    beside = wanted + wanted @ taught.mix.T
    parts = head.token_shares(seen, _mixture(beside / head.temperature))
    return _Shares.of(seen, parts + taught.head.token_shares(seen, _mixture(wanted)))


def _mixture(wanted: Floats) -> NDArray[np.float32]:
    return wanted.astype(np.float32)


def _of_heat(heat: Vehemence, signs: Floats, shares: _Shares) -> _Words:
    """Cues with what the score loses without them; of cues in the same words (an insult, shouted) the sum."""
    hits, rows = heat.hits, np.flatnonzero(heat.loses > 0)
    places = np.column_stack((hits.text, hits.start, hits.stop))[rows].astype(np.int64)
    each, whose = np.unique(places, axis=0, return_inverse=True)
    weight = np.zeros(len(each))
    np.add.at(weight, whose.ravel(), heat.loses[rows])
    text = each[:, 0]
    # What the score moves without any word: its slope in the chance of being negative, times what a word moves that.
    moves = heat.score * (1 - heat.displeased) * shares.usual / np.maximum(1 - signs.max(axis=1), 0.05)
    order = np.lexsort((-weight, text))
    text, weight, words = text[order], weight[order], shares.within(*each[order].T)
    place, summed, many = _order(text), _running(text, weight), _running(text, words)
    # As many random words hit the cues themselves in their share of the text.
    left = summed * (1 - CLEARLY * many / shares.words[text])
    clear = left >= CLEARLY * many * moves[text]
    clear &= (weight >= LEAST_HEAT) & (place < MOST)
    # A vehement message shows its cues, also where they are most of it and no other words are there to compare with.
    clear |= (heat.score[text] >= VEHEMENT) & (weight >= LEAST_HEAT) & (place < MOST)
    return _Words(text, each[order, 1], each[order, 2], weight).rows(clear)


def _place(text: NDArray[np.int64], start: NDArray[np.integer]) -> NDArray[np.int64]:
    """One number for a character of a text that is greater for later ones."""
    return text * (2 * READ_CHARS) + start


def _order(text: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each row among those of its text, where texts stand together."""
    place: NDArray[np.int64] = np.arange(len(text)) - np.searchsorted(text, text)
    return place


def _running(text: NDArray[np.int64], values: NDArray[Any]) -> Floats:
    """The sum of the values of a text so far, where texts stand together."""
    summed = np.concatenate(([0.0], np.cumsum(values)))
    return summed[1:] - summed[np.searchsorted(text, text)]


def _of_intent(seen: Seen, wants: Intents, taught: Mapping[str, Residual]) -> _Words:
    """The rule's words where a rule decided, else what speaks most for the intent; nothing where it abstains."""
    hits = wants.hits
    ruled = wants.ruled[hits.text] & (_named()[hits.tag] == wants.place[hits.text])
    text, start, end = (column[ruled].astype(np.int64) for column in (hits.text, hits.start, hits.stop))
    by_rule = _Words(text, start, end, np.ones(len(text)))
    by_rule = by_rule.rows(_order(text) < MOST)
    shares = _Shares.of(seen, intent.contributions(seen, wants, taught.get("intent")))
    rows, clearness = shares.strongest()
    told = (wants.place >= 0) & ~wants.ruled & (clearness >= CLEARLY)
    return by_rule + _tokens(seen, shares.weight).rows(rows[told[shares.text[rows]]])


def _named() -> NDArray[np.int64]:
    return np.array([INTENTS.index(name) if name in INTENTS else -2 for name in rules.ORDER])


def _tokens(seen: Seen, weight: NDArray[np.floating]) -> _Words:
    found = seen.features.tokens
    text = np.repeat(np.arange(len(found.texts) - 1), np.diff(found.texts))
    return _Words(text, found.start.astype(np.int64), found.end.astype(np.int64), weight.astype(np.float64))
