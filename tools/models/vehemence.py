"""The weights of the cues of vehemence: ours, tempered by English tweets of anger (which do not ship)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import minimize

from entourage.engine.ranks import auc
from entourage.engine.text import sentiment, weights
from entourage.engine.text.sight import look
from entourage.engine.text.vehemence import CLASSES, Weights, counted, found, weighed
from tools.models import corpus

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What we believe before any data: (what a cue adds to the log odds of displeasure, the chance that it heats).
BELIEVED: Final = {
    "insult": (1.6, 0.45), "outrage": (1.6, 0.40), "threat": (1.2, 0.40), "swear": (0.9, 0.35), "contempt": (1.3, 0.30),
    "anger": (1.3, 0.35), "repeat": (0.8, 0.20), "demand": (0.4, 0.20), "blame": (0.8, 0.12), "letdown": (0.8, 0.05),
    "picture": (1.5, 0.40), "intensifier": (0.0, 0.06), "irony": (2.6, 0.20), "praise": (0, 0), "failure": (0.4, 0.05),
    "mended": (0, 0), "shout": (0.4, 0.35), "drawn out": (0.0, 0.15), "exclamation": (0.0, 0.08), "marks": (0.0, 0.20),
    "question": (0, 0),
}  # fmt: skip
#: The heat of a negative message without any cue: a plain reproach, between mild (1) and clear (2) of the guidelines.
CALM: Final = 0.25
#: The pull back to our beliefs, on the squares of the steps away from them (logarithms of weights, log odds of heats):
#: English anger on Twitter is a proxy, the data may only bend them.
RIDGE: Final = 4.0


def make() -> None:
    """Temper our beliefs on the train split, tell how well the val split is told apart, keep the weights."""
    texts, anger = emotion("train")
    counts, negative = seen(texts)
    tempered = fit(counts, negative, anger)
    test, truth = emotion("val")
    for name, by in (("as believed", believed()), ("tempered", tempered)):
        print(f"anger on val, {name}: AUC {auc(weighed(*seen(test), by).score, truth):.3f}")
    arrays = {"classes": np.array(CLASSES), "tells": tempered.tells, "heats": tempered.heats}
    weights.save(weights.HERE / "vehemence", {**arrays, "calm": np.array([tempered.calm])})


def emotion(split: str) -> tuple[list[str], NDArray[np.bool_]]:
    """English tweets, and whether each was filed under anger."""
    folder = corpus.DATA / "tweets_emotion"
    labels = corpus.lines(folder / f"{split}_labels.txt")
    return corpus.lines(folder / f"{split}_text.txt"), np.array([label.strip() == "0" for label in labels])


def believed() -> Weights:
    """Our beliefs as weights."""
    table = np.array([BELIEVED[name] for name in CLASSES])
    return Weights(table[:, 0].copy(), table[:, 1].copy(), CALM)


def seen(texts: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The counted cues (T x C) and the chance of being negative (T) of texts."""
    sight = look(texts)
    return counted(found(sight), len(texts)), sentiment.signs(sight.seen)[:, 0].astype(np.float64)


def fit(counts: NDArray[np.float64], negative: NDArray[np.float64], anger: NDArray[np.bool_]) -> Weights:
    """The weights that make anger likeliest among those near to our beliefs; none may turn against its meaning.

    The score tells the log odds of anger by a line that is fitted too: how vehement a tweet is and how likely it was
    filed under anger are different things, only their order is compared.
    """
    start = believed()
    # Irony and failures are rare among these tweets and mean something else there: they stay as we believe.
    free = ((start.tells > 0) | (start.heats > 0)) & ~np.isin(CLASSES, ("irony", "failure"))

    def apart(flat: NDArray[np.float64]) -> Weights:
        tells, heats = start.tells.copy(), start.heats.copy()
        tells[free] = start.tells[free] * np.exp(flat[2 : 2 + free.sum()])
        heats[free] = _squashed(_logit(np.maximum(start.heats[free], 1e-3)) + flat[2 + free.sum() :])
        return Weights(tells, heats, start.calm)

    def loss(flat: NDArray[np.float64]) -> float:
        score = np.clip(weighed(counts, negative, apart(flat)).score, 1e-6, 1 - 1e-6)
        chance = _squashed(flat[0] + np.exp(flat[1]) * _logit(score))
        misfit = -np.log(np.where(anger, chance, 1 - chance) + 1e-12).sum()
        return float(misfit + RIDGE * (flat[2:] ** 2).sum())

    solved: Any = minimize(loss, np.zeros(2 + 2 * int(free.sum())), method="L-BFGS-B", options={"maxiter": 60})
    return apart(solved.x)


def _logit(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log(chance / (1 - chance))


def _squashed(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-odds))
