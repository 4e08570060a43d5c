"""Our own sentences as people write them, without capitals and accents or with courtesies, and their signs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.text.seeds import seeds
from tools.models.corpus import Labelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.seeds import Seed

GREETINGS: Final = {
    "fr": (
        "Bonjour, {}",
        "@marque {}",
        "{} Merci d'avance",
        "bonsoir {} svp",
        "{} Merci pour votre retour.",
        "{} Je vous remercie.",
        "{} 😊",
        "Bonjour {} cordialement",
    ),
    "en": (
        "Hi, {}",
        "@brand {}",
        "{} Thanks in advance",
        "hello {} please",
        "{} Thanks for looking into it.",
        "{} Many thanks.",
        "{} 😊",
        "Hi there {} cheers",
    ),
    "de": ("Hallo, {}", "@marke {}", "{} Danke im Voraus"),
    "es": ("Hola, {}", "@marca {}", "{} Gracias de antemano"),
    "it": ("Ciao, {}", "@marca {}", "{} Grazie in anticipo"),
    "pt": ("Olá, {}", "@marca {}", "{} Obrigado desde já"),
}
#: Those that a courtesy would change into something else.
_BARE: Final = ("thanks", "chatter", "spam", "contest_entry")
#: Parts in which our sentences are held out.
FOLDS: Final = 5
#: What a variant counts beside the sentence itself.
VARIANT: Final = 0.5
#: The sign of a sentence, as its kind begins; of chatter it may be any.
SIGN_OF: Final = {
    "care_question defect": "negative", "complaint": "negative", "praise": "positive", "thanks": "positive",
    "care_question": "neutral", "sales_lead": "neutral", "idea": "neutral", "job_seeker": "neutral",
    "press_partner": "neutral", "contest_entry": "neutral", "spam": "neutral",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, what it stands for, and the fold in which it and its variants are held out; ``ours``: word for word."""

    text: str
    kind: str
    language: str
    worth: float
    fold: int
    ours: bool

    @property
    def sign(self) -> str:
        """Its sign; empty where it may have any."""
        return next((sign for kind, sign in SIGN_OF.items() if self.kind.startswith(kind)), "")


@lru_cache(maxsize=1)
def sentences() -> list[Sentence]:
    """Our sentences, each as it is and in the ways people write it."""
    rng = np.random.default_rng(3)
    found = []
    for seed in seeds():
        fold = int(rng.integers(FOLDS))
        found.append(Sentence(seed.text, seed.kind, seed.language, 1.0, fold, ours=True))
        found += [Sentence(text, seed.kind, seed.language, VARIANT, fold, ours=False) for text in _variants(seed, rng)]
    return found


def _variants(seed: Seed, rng: np.random.Generator) -> list[str]:
    """The sentence without capitals and accents, and with two courtesies where they change nothing."""
    plain = "".join(c for c in unicodedata.normalize("NFD", seed.text.lower()) if c.isalnum() or c in " @'")
    frames = () if seed.kind in _BARE else rng.choice(GREETINGS[seed.language], 2, replace=False)
    return [plain, *(frame.format(seed.text) for frame in frames)]


def signed(*, without: int | None = None) -> tuple[Labelled, NDArray[np.float64]]:
    """Our sentences that have a sign, and what each counts; those of one fold left out on request."""
    rows = [one for one in sentences() if one.sign and one.fold != without]
    told = Labelled([one.text for one in rows], [one.sign for one in rows], [one.language for one in rows])
    return told, np.array([one.worth for one in rows])
