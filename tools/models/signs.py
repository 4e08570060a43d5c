"""The sentiment head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.encoder import see
from entourage.engine.text.fitting import fit
from tools.models import corpus
from tools.models.corpus import SIGNS, Labelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.head import Head

FOLDS = 4


def make() -> None:
    """Fit on train and val together, and save."""
    weights.save(weights.HERE / "sentiment", fitted(corpus.sentiment("train") + corpus.sentiment("val")).arrays())


def fitted(given: Labelled) -> Head:
    """The head of these texts, its temperature from texts that were held out."""
    rng = np.random.default_rng(0)
    fold = rng.permutation(len(given.texts)) % FOLDS
    kept = np.flatnonzero(fold == 0)
    rest = np.flatnonzero(fold != 0)
    trial = _fit(given, rest).cooled(see([given.texts[i] for i in kept]), [given.signs[i] for i in kept])
    whole = _fit(given, np.arange(len(given.texts)))
    return whole.at(trial.temperature)


def _fit(given: Labelled, rows: NDArray[np.int64]) -> Head:
    return fit(
        see([given.texts[i] for i in rows]), [given.signs[i] for i in rows], classes=SIGNS, bits=18, ridge=5e-5,
        vectors=1.0,
    )  # fmt: skip
