"""The sentiment head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.close import CloseEncoder
from entourage.engine.text.encoder import see
from entourage.engine.text.fitting import fit
from entourage.engine.text.sentiment import closely
from tools.models import corpus, teacher
from tools.models.corpus import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen
    from entourage.engine.text.head import Head
    from tools.models.corpus import Labelled

#: Chosen by five-fold cross-validation over train and val together (docs/methods/reading.md).
BITS, RIDGE, VECTORS = 18, 1.5e-4, 2.0
#: Words, pairs of words, letter groups, manner, tone.
GROUPS = (1.5, 1.0, 1.0, 0.5, 1.0)
#: What a text counts by language: the labels of the Hindi set hardly follow its texts, and pull the others down.
WORTH = {"hi": 0.2}
FOLDS = 4


def make() -> None:
    """Fit on train and val together, and save."""
    given = corpus.sentiment("train") + corpus.sentiment("val")
    weights.save(weights.HERE / "sentiment", fitted(given).arrays())
    weights.save(weights.HERE / "sentiment_close", fitted_closely(given).arrays())


def fitted(given: Labelled) -> Head:
    """The head of these texts, its temperature from a quarter that was held out from a first fit."""
    return _cooled(see(given.texts), given, _fit)


def fitted_closely(given: Labelled) -> Head:
    """The head of the close encoder: vectors alone, with a copy for each language."""
    vectors = teacher.said(given.texts)
    return _cooled(closely(see(given.texts), vectors, CloseEncoder().id), given, _fit_closely)


def _cooled(seen: Seen, given: Labelled, fit_rows: Callable[[Seen, Labelled, NDArray[np.int64]], Head]) -> Head:
    fold = np.random.default_rng(0).permutation(len(given.texts)) % FOLDS
    trusted = np.array([language not in WORTH for language in given.languages])
    kept, rest = np.flatnonzero((fold == 0) & trusted), np.flatnonzero(fold != 0)
    trial = fit_rows(seen.rows(rest), given, rest).cooled(seen.rows(kept), [given.signs[i] for i in kept])
    return fit_rows(seen, given, np.arange(len(seen))).at(trial.temperature)


def _fit_closely(seen: Seen, given: Labelled, rows: NDArray[np.int64]) -> Head:
    return fit(
        seen, [given.signs[i] for i in rows], classes=SIGNS, bits=1, ridge=5e-5, vectors=3.0, groups=(),
        weights=np.array([WORTH.get(given.languages[i], 1.0) for i in rows]), steps=60,
    )  # fmt: skip


def _fit(seen: Seen, given: Labelled, rows: NDArray[np.int64]) -> Head:
    return fit(
        seen, [given.signs[i] for i in rows], classes=SIGNS, bits=BITS, ridge=RIDGE, vectors=VECTORS, groups=GROUPS,
        weights=np.array([WORTH.get(given.languages[i], 1.0) for i in rows]),
    )  # fmt: skip
