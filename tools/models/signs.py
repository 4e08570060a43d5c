"""The sentiment head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.close import CloseEncoder
from entourage.engine.text.encoder import see
from entourage.engine.text.fitting import fit
from entourage.engine.text.sentiment import closely
from tools.models import corpus, own, teacher
from tools.models.corpus import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen
    from entourage.engine.text.head import Head
    from tools.models.corpus import Labelled

    Fit = Callable[[Seen, list[str], NDArray[np.float64]], Head]

#: Chosen by five-fold cross-validation over train and val together (docs/methods/reading.md).
BITS, RIDGE, VECTORS = 18, 1.5e-4, 2.0
#: Words, pairs of words, letter groups, manner, tone.
GROUPS = (1.5, 1.0, 1.0, 0.5, 1.0)
#: What a text counts by language: the labels of the Hindi set hardly follow its texts, and pull the others down.
WORTH = {"hi": 0.2}
#: What one of our own sentences counts beside a tweet: what people ask of brands is in no tweets, and "thanks for your
#: help" is no praise there. From .1 to .3 costs the tweets nothing that could be told from chance.
OWN = 0.3
FOLDS = 4


def make() -> None:
    """Fit on train and val together, and save."""
    given = corpus.sentiment("train") + corpus.sentiment("val")
    weights.save(weights.HERE / "sentiment", fitted(given).arrays())
    weights.save(weights.HERE / "sentiment_close", fitted_closely(given).arrays())


def fitted(given: Labelled) -> Head:
    """The head of these texts and our own, its temperature from a quarter of these, held out from a first fit."""
    whole, worth = _with_ours(given)
    return _cooled(see(whole.texts), whole, worth, _fit)


def fitted_closely(given: Labelled) -> Head:
    """The head of the close encoder: vectors alone, with a copy for each language."""
    whole, worth = _with_ours(given)
    vectors = teacher.said(whole.texts)
    return _cooled(closely(see(whole.texts), vectors, CloseEncoder().id), whole, worth, _fit_closely)


def unseen_signs(shipped: Head) -> dict[str, NDArray[np.float32]]:
    """The signs of our own sentences, each by a head that has not seen it.

    What stands on signs would otherwise trust them more than it may those of a stranger's text.
    """
    given = corpus.sentiment("train") + corpus.sentiment("val")
    found: dict[str, NDArray[np.float32]] = {}
    for fold in range(own.FOLDS):
        whole, worth = _with_ours(given, without=fold)
        head = _fit(see(whole.texts), whole.signs, worth).at(shipped.temperature)
        out = [one.text for one in own.sentences() if one.fold == fold]
        found.update(zip(out, head.predict(see(out)), strict=True))
    return found


def _with_ours(given: Labelled, *, without: int | None = None) -> tuple[Labelled, NDArray[np.float64]]:
    """The tweets and our own sentences, but those of one fold, and what each counts."""
    ours, worth = own.signed(without=without)
    return given + ours, np.concatenate([[WORTH.get(code, 1.0) for code in given.languages], OWN * worth])


def _cooled(seen: Seen, given: Labelled, worth: NDArray[np.float64], fit_rows: Fit) -> Head:
    fold = np.random.default_rng(0).permutation(len(given.texts)) % FOLDS
    signs = np.array(given.signs)
    kept, rest = np.flatnonzero((fold == 0) & (worth == 1)), np.flatnonzero(fold != 0)
    trial = fit_rows(seen.rows(rest), signs[rest].tolist(), worth[rest]).cooled(seen.rows(kept), signs[kept].tolist())
    return fit_rows(seen, given.signs, worth).at(trial.temperature)


def _fit_closely(seen: Seen, signs: list[str], worth: NDArray[np.float64]) -> Head:
    return fit(seen, signs, classes=SIGNS, bits=1, ridge=5e-5, vectors=3.0, groups=(), weights=worth, steps=60)


def _fit(seen: Seen, signs: list[str], worth: NDArray[np.float64]) -> Head:
    return fit(seen, signs, classes=SIGNS, bits=BITS, ridge=RIDGE, vectors=VECTORS, groups=GROUPS, weights=worth)
