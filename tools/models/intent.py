"""The head of intents: from our own sentences, with neutral tweets as chatter, and how sure it must be to speak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.text import rules, sentiment, weights
from entourage.engine.text.encoder import Seen
from entourage.engine.text.fitting import fit
from entourage.engine.text.head import softmax
from entourage.engine.text.intent import INTENTS, KINDS, OF, beside
from entourage.engine.text.sight import look
from entourage.engine.text.vehemence import vehemence
from tools.models import corpus
from tools.models.own import FOLDS, sentences
from tools.models.signs import unseen_signs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.head import Head

#: Right answers that are wanted among those given.
PRECISION: Final = 0.85
#: No intent is told below this, however few of its sentences were mistaken.
LEAST_SURE: Final = 0.35
BITS: Final = 15
#: How many neutral tweets a language stand for chatter, and how many questions of a bank's customers for questions.
TWEETS, QUESTIONS = 250, 400
#: A tweet or a bank question counts as much as this share of a sentence of ours.
BESIDE: Final = 0.1
#: All of chatter weighs this much beside another kind, the vectors so much beside the hashed features.
CHATTER: Final = 0.4
VECTORS: Final = 1.5
RIDGE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Examples:
    """N texts with their kind, weight, and the fold in which they are held out."""

    texts: list[str]
    kinds: list[str]
    weights: NDArray[np.float64]
    folds: NDArray[np.int64]
    own: NDArray[np.bool_]


def make() -> None:
    """Fit, measure on what was held out, keep."""
    found = examples()
    chances = held_out(found)
    sure = thresholds(found, chances)
    report(found, chances, sure)
    head, beside_ = fitted(found, np.ones(len(found.texts), np.bool_))
    weights.save(weights.HERE / "intent", {**head.arrays(), "beside": beside_, "sure": sure})


def examples() -> Examples:
    """Our sentences, each as it is and in the ways people write it, and what stands beside them."""
    rng = np.random.default_rng(3)
    rows = [(one.text, one.kind, one.worth, one.fold, one.ours) for one in sentences()]
    rows += [(text, "chatter", BESIDE, int(rng.integers(FOLDS)), False) for text in _tweets(rng)]
    rows += [(text, kind, BESIDE, int(rng.integers(FOLDS)), False) for text, kind in _bank(rng)]
    texts, kinds, weight, folds, own = zip(*rows, strict=True)
    return Examples(list(texts), list(kinds), np.array(weight), np.array(folds), np.array(own))


def _tweets(rng: np.random.Generator) -> list[str]:
    found = corpus.sentiment("train")
    neutral = np.array(found.signs) == "neutral"
    rows = [np.flatnonzero(neutral & (np.array(found.languages) == code)) for code in corpus.LANGUAGES]
    return [found.texts[row] for own in rows for row in rng.permutation(own)[:TWEETS]]


def _bank(rng: np.random.Generator) -> list[tuple[str, str]]:
    texts = [text.strip() for text, _ in corpus.banking()]
    chosen = [texts[row] for row in rng.permutation(len(texts))[:QUESTIONS]]
    how = ("how do i", "how can i", "how to", "where can i")
    return [(text, f"care_question {'how_to' if text.lower().startswith(how) else 'other'}") for text in chosen]


def seen(texts: list[str]) -> tuple[Seen, NDArray[np.float64]]:
    """Texts as the head sees them, and what is known beside their words: of our own, as of texts never seen."""
    sight, ours = look(texts), _ours()
    signs = sentiment.signs(sight.seen).astype(np.float64)
    signs = np.array([ours.get(text, sign) for text, sign in zip(texts, signs, strict=True)])
    hits = rules.book().find(sight.line, sight.masks)
    return sight.seen, beside(signs, vehemence(sight, signs[:, 0]), hits)


@lru_cache(maxsize=1)
def _ours() -> dict[str, NDArray[np.float32]]:
    return unseen_signs(sentiment.head())


def fitted(found: Examples, rows: NDArray[np.bool_]) -> tuple[Head, NDArray[np.float64]]:
    """A head of some of the examples, and the weights of what is known beside the words (columns x kinds)."""
    chosen = np.flatnonzero(rows)
    sight, known = seen([found.texts[row] for row in chosen])
    both = Seen("words and beside", np.hstack((VECTORS * sight.vectors, known)).astype(np.float32), sight.features)
    kinds = [found.kinds[row] for row in chosen]
    head = fit(both, kinds, classes=KINDS, bits=BITS, ridge=RIDGE, weights=balanced(found)[chosen], steps=80)
    many = sight.vectors.shape[1]
    own = replace(head, dense=VECTORS * head.dense[:many], encoder_id=sight.encoder_id)
    return own, head.dense[many:].astype(np.float64)


def balanced(found: Examples) -> NDArray[np.float64]:
    """The weight of each example such that every kind weighs the same, chatter less: it is what is left over."""
    kinds = np.array(found.kinds)
    total = {kind: found.weights[kinds == kind].sum() * (1 / CHATTER if kind == "chatter" else 1) for kind in KINDS}
    return found.weights / np.array([total[kind] for kind in found.kinds])


def held_out(found: Examples) -> NDArray[np.float64]:
    """The chances of the intents of every example by heads that never saw it nor its variants."""
    chances = np.zeros((len(found.texts), len(INTENTS)))
    for fold in range(FOLDS):
        out = found.folds == fold
        head, weight = fitted(found, ~out)
        sight, known = seen([found.texts[row] for row in np.flatnonzero(out)])
        chances[out] = softmax((head.logits(sight) + known @ weight).astype(np.float32)) @ OF
    return chances


def thresholds(found: Examples, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each intent the lowest chance from which on enough of what is told is right, every kind as frequent."""
    truth, best, top = _judged(found, chances)
    weight, sure = balanced(found), np.full(len(INTENTS), LEAST_SURE)
    for place in range(len(INTENTS)):
        own = np.flatnonzero(best == place)
        own = own[np.argsort(-top[own])]
        right = np.cumsum(weight[own] * (truth[own] == place)) / np.cumsum(weight[own])
        enough = np.flatnonzero(right >= PRECISION)
        if len(enough):
            sure[place] = max(LEAST_SURE, top[own[enough[-1]]])
    return sure


def _judged(
    found: Examples, chances: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    truth = np.array([INTENTS.index(kind.split()[0]) for kind in found.kinds])
    return truth, chances.argmax(axis=1), chances.max(axis=1)


def report(found: Examples, chances: NDArray[np.float64], sure: NDArray[np.float64]) -> None:
    """Print how right the head is on our sentences when they are held out."""
    truth, best, top = _judged(found, chances)
    told = top >= sure[best]
    own, right = found.own, best == truth
    print(f"held-out sentences {own.sum()}: told {told[own].mean():.3f}", end=", ")
    print(f"right of told {right[own & told].mean():.3f}, right if always told {right[own].mean():.3f}")
    for place, intent in enumerate(INTENTS):
        said, ours = own & told & (best == place), own & (truth == place)
        precision = right[said].mean() if said.any() else float("nan")
        recall = (told & right)[ours].mean()
        print(f"  {intent:14} sure {sure[place]:.2f}  precision {precision:.2f}  recall {recall:.2f}")
