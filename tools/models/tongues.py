"""The language head."""

from __future__ import annotations

from entourage.engine.text import weights
from entourage.engine.text.encoder import see
from entourage.engine.text.fitting import fit
from tools.models import corpus
from tools.models.corpus import LANGUAGES


def make() -> None:
    """Fit on the languages of the sentiment set, and save."""
    given = corpus.sentiment("train") + corpus.sentiment("val")
    head = fit(see(given.texts), given.languages, classes=tuple(LANGUAGES), bits=15, ridge=1e-6, vectors=0.0, steps=60)
    weights.save(weights.HERE / "language", head.arrays())
