"""How forcefully a message expresses displeasure: 0 (none) to 1, the chance that it is negative times its heat.

Heat comes from cues that everybody can see: words (``cues``) and manner (capitals, drawn-out letters, marks). Every cue
also tells of displeasure, irony most of all: there the words of praise speak against what is meant. Both parts only
grow with each cue. The weights are ours, tempered on English anger data; see docs/methods/vehemence.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.text import cues, weights
from entourage.engine.text.manner import MANNERS, manner
from entourage.engine.text.phrases import Hits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.sight import Sight

#: Every class of cue: those of words, then those of manner.
CLASSES: Final = (*cues.CLASSES, *MANNERS)
#: More cues of one class than this add nothing: a tirade of forty exclamation marks is one tirade.
MOST_OF_A_CLASS: Final = 3
_IRONY: Final = CLASSES.index("irony")
_PRAISE, _FAILURE, _MENDED = (CLASSES.index(name) for name in cues.SILENT)
_QUESTION: Final = CLASSES.index("question")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each of C classes adds: ``tells`` to the log odds of displeasure, ``heats`` to heat (chance that it adds).

    ``calm`` is the heat of a negative message without any cue.
    """

    tells: NDArray[np.float64]
    heats: NDArray[np.float64]
    calm: float


@dataclass(frozen=True, slots=True)
class Vehemence:
    """The score of T texts and what it is made of; H cues: where, of which class, what the score loses without each."""

    score: NDArray[np.float64]
    hits: Hits
    loses: NDArray[np.float64]
    counts: NDArray[np.float64]
    displeased: NDArray[np.float64]


def vehemence(sight: Sight, negative: NDArray[np.float64]) -> Vehemence:
    """Judge T texts; ``negative`` is the chance that each is negative, T."""
    hits = found(sight)
    counts = counted(hits, len(sight))
    told = weighed(counts, negative, shipped())
    return Vehemence(told.score, hits, _loses(hits, told, shipped()), counts, told.displeased)


def found(sight: Sight) -> Hits:
    """All cues of T texts: of words, of manner, and irony that praise and failure tell together."""
    words = cues.book().find(sight.line, sight.masks)
    return _with_irony(_joined(words, manner(sight.line.tokens, words)), len(sight))


def counted(hits: Hits, texts: int) -> NDArray[np.float64]:
    """How many cues of each class each text has, T x C, at most ``MOST_OF_A_CLASS``."""
    places = hits.text.astype(np.int64) * len(CLASSES) + hits.tag
    counts = np.bincount(places, minlength=texts * len(CLASSES)).reshape(texts, len(CLASSES))
    return np.minimum(counts, MOST_OF_A_CLASS).astype(np.float64)


def ironic(heat: Vehemence) -> NDArray[np.bool_]:
    """Which texts praise and mean the opposite, as far as cues tell."""
    found: NDArray[np.bool_] = heat.counts[:, _IRONY] > 0
    return found


@dataclass(frozen=True, slots=True)
class Weighed:
    """The parts of the score of T texts: the log odds of displeasure, the logarithm of what is missing to full heat."""

    odds: NDArray[np.float64]
    cool: NDArray[np.float64]

    @property
    def displeased(self) -> NDArray[np.float64]:
        """The chance that each text expresses displeasure, T."""
        chance: NDArray[np.float64] = 1 / (1 + np.exp(-self.odds))
        return chance

    @property
    def score(self) -> NDArray[np.float64]:
        """Displeasure times heat, T."""
        return score(self.odds, self.cool)


def score(odds: NDArray[np.float64], cool: NDArray[np.float64]) -> NDArray[np.float64]:
    """Displeasure times heat."""
    judged: NDArray[np.float64] = (1 - np.exp(cool)) / (1 + np.exp(-odds))
    return judged


def weighed(counts: NDArray[np.float64], negative: NDArray[np.float64], by: Weights) -> Weighed:
    """Both parts of the score: log odds add up, heat is a noisy or (each cue may be the one that heats)."""
    chance = np.clip(negative, 1e-6, 1 - 1e-6)
    odds = np.log(chance / (1 - chance)) + counts @ by.tells
    return Weighed(odds, np.log1p(-by.calm) + counts @ np.log1p(-by.heats))


@cache
def shipped() -> Weights:
    """The weights as they ship, made by ``make models``."""
    kept = weights.load("vehemence")
    order = [kept["classes"].tolist().index(name) for name in CLASSES]
    return Weights(kept["tells"][order], kept["heats"][order], float(kept["calm"][0]))


def id_() -> str:
    """A name that changes whenever the answers may."""
    return f"{weights.name('vehemence')}-{cues.id_()}"


def _loses(hits: Hits, told: Weighed, by: Weights) -> NDArray[np.float64]:
    """What each text's score would be less without the cue."""
    odds = told.odds[hits.text] - by.tells[hits.tag]
    cool = told.cool[hits.text] - np.log1p(-by.heats[hits.tag])
    loses: NDArray[np.float64] = told.score[hits.text] - score(odds, cool)
    return loses


def _joined(*parts: Hits) -> Hits:
    text, tag, start, stop = (np.concatenate([getattr(part, name) for part in parts]) for name in Hits.__slots__)
    order = np.lexsort((start, text))
    return Hits(text[order], tag[order], start[order], stop[order])


def _with_irony(hits: Hits, texts: int) -> Hits:
    """Praise beside a failure that nothing says was mended, and no question: the praise is a cue of irony."""
    has = np.zeros((texts, len(CLASSES)), np.bool_)
    has[hits.text, hits.tag] = True
    ironic = has[:, _PRAISE] & has[:, _FAILURE] & ~has[:, _MENDED] & ~has[:, _QUESTION] & ~has[:, _IRONY]
    turned = np.where((hits.tag == _PRAISE) & ironic[hits.text], _IRONY, hits.tag).astype(np.int32)
    return Hits(hits.text, turned, hits.start, hits.stop)
