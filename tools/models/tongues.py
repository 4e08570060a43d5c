"""The language head: eight languages from tweets, the others from the translations that come with Django.

A tweet is also shown cut short, since short messages are the hard ones. Half of the "Hindi" tweets are plain English:
those that the head itself, fitted without them, calls English are taken as English.
"""

from __future__ import annotations

import re
from gettext import GNUTranslations
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.encoder import Seen, fast
from entourage.engine.text.features import features
from entourage.engine.text.fitting import fit
from entourage.engine.text.seeds import seeds
from tools.models import corpus, lists
from tools.models.corpus import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entourage.engine.text.head import Head
    from tools.models.corpus import Labelled

#: Languages that are told apart beside the eight; ISO 639-1 -> folder of Django's translations.
OTHERS = {
    **{code: code for code in (
        "bg", "ca", "cs", "da", "el", "et", "fa", "fi", "he", "hr", "hu", "id", "ja", "ko", "lt", "lv", "nl", "pl",
        "ro", "ru", "sk", "sl", "sv", "sw", "th", "tr", "uk", "ur", "vi",
    )},
    "no": "nb", "zh": "zh_Hans",
}  # fmt: skip
CLASSES = (*LANGUAGES, *OTHERS)
#: Tweets are shown whole and cut to so many characters.
CUTS = (12, 25, 50)
#: Words, pairs of words, letter groups, manner, tone.
GROUPS = (1.0, 0.0, 1.5, 0.0, 0.0)
BITS = 15
HALF = 0.5
#: What a language counts in all: the others less than the eight, and romanised Hindi, whose tweets hold a bit of every
#: language, less too, or it would swallow each short message of a language that is not known.
SHARES = {**dict.fromkeys(LANGUAGES, 1.0), **dict.fromkeys(OTHERS, 0.04), "hi": 0.3}
_NOISE = re.compile(r"@\w+|https?\S*|%\(\w+\)\w|\{\w*\}|<[^>]*>|&\w+;|\brt\b", re.IGNORECASE)


def make() -> None:
    """Fit on all that is labelled, and save."""
    weights.save(weights.HERE / "language", fitted(corpus.sentiment("train") + corpus.sentiment("val")).arrays())


def fitted(given: Labelled) -> Head:
    """The head of these tweets, our own seed sentences and the translations."""
    written = [(seed.text, seed.language) for seed in seeds()] + list(translations()) + lists.words()
    written += [(text, "en") for text in asked_in_english()]
    tweets = relabelled(list(zip(given.texts, given.languages, strict=True)), asked_in_english())
    pairs = list(chain.from_iterable(pieces(text, language) for text, language in tweets)) + written
    return _fit(pairs)


def asked_in_english() -> list[str]:
    """Questions to a bank and an assistant, every fifth of them, and customers' messages."""
    return [*corpus.care(), *corpus.questions()[::5]]


def relabelled(tweets: Sequence[tuple[str, str]], english: Sequence[str]) -> list[tuple[str, str]]:
    """The same, where Hindi tweets that look English to a head that has not seen them are English."""
    fold = np.arange(len(tweets)) % 2
    kept = list(tweets)
    for half in (0, 1):
        shown = [tweets[i] for i in np.flatnonzero(fold != half) if tweets[i][1] in {"en", "hi"}]
        shown += [(text, "en") for text in english]
        asked = [i for i in np.flatnonzero(fold == half) if tweets[i][1] == "hi"]
        chances = _fit(shown, classes=("en", "hi")).predict(seen([tweets[i][0] for i in asked]))
        for i, chance in zip(asked, chances[:, 0], strict=True):
            kept[i] = (tweets[i][0], "en" if chance > HALF else "hi")
    return kept


def pieces(text: str, language: str) -> Iterable[tuple[str, str]]:
    """The text without names and addresses, whole and cut at the end of a word."""
    plain = " ".join(_NOISE.sub(" ", text).split())
    return {(plain[: size + 1].rsplit(" ", 1)[0] if len(plain) > size else plain, language) for size in (*CUTS, 400)}


def translations() -> Iterable[tuple[str, str]]:
    """The strings that Django is translated by, each once."""
    for language, folder in {**{code: code for code in LANGUAGES}, **OTHERS}.items():
        found: dict[str, None] = {}
        for path in sorted(_django().rglob(f"locale/{folder}/LC_MESSAGES/*.mo")):
            with path.open("rb") as file:
                catalogue = GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
            found.update(dict.fromkeys(catalogue[key] for key in sorted(catalogue, key=str) if key))
        yield from ((" ".join(_NOISE.sub(" ", text).split()), language) for text in found if text)


def seen(texts: Sequence[str]) -> Seen:
    """The texts without vectors: the letters tell."""
    return Seen(fast().id, np.zeros((len(texts), 0), np.float32), features(texts))


def _fit(pairs: Sequence[tuple[str, str]], classes: Sequence[str] = CLASSES) -> Head:
    pairs = sorted({(text, language) for text, language in pairs if language in classes and text})
    truth = [language for _, language in pairs]
    many = {code: max(truth.count(code), 1) for code in classes}
    each = np.array([SHARES[code] / many[code] for code in truth])
    return fit(
        seen([text for text, _ in pairs]), truth, classes=classes, bits=BITS, ridge=3e-7, groups=GROUPS, weights=each,
        steps=60,
    )  # fmt: skip


def _django() -> Path:
    return Path(str(files("django")))
