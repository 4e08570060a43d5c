"""Reading what people say: language, sign, vehemence, intent, and the words that decided, in one pass over a batch."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.text import intent, sentiment, vehemence
from entourage.engine.text.intent import DEPARTMENT_OF, DEPARTMENTS, INTENTS, LESSONS
from entourage.engine.text.judged import Reading, Reason, checked_codes
from entourage.engine.text.labels import key, laid_over
from entourage.engine.text.reasons import Reasons, reasons_of
from entourage.engine.text.sight import look

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen
    from entourage.engine.text.residual import Residual
    from entourage.engine.text.teaching import Taught

__all__ = ["DEPARTMENTS", "DEPARTMENT_OF", "INTENTS", "LESSONS", "Reader", "Reading", "Reason", "read"]

#: A sign is told from this chance on; below, the reader abstains. More likely right than wrong: our choice.
SURE: Final = 0.5
#: Texts that are read at once: enough for the arrays to pay, few enough to stay in the processor's cache.
BATCH: Final = 2_000
_SIGNS: Final = (-1, 0, 1)


class Reader:
    """A reader for one brand: its languages, and what its people taught it.

    Examples
    --------
    >>> one = Reader(languages=["fr", "en"]).read(["Troisième message et toujours rien, c'est INADMISSIBLE !!!"])[0]
    >>> one.language, one.sign, one.vehemence > 0.5, one.department
    ('fr', -1, True, 'care')
    """

    def __init__(self, *, languages: Collection[str] | None = None, taught: Taught | None = None) -> None:
        self._languages = None if languages is None else frozenset(checked_codes(languages))
        self._taught = taught
        self._corrections = taught.corrections if taught else {}
        self._heads: dict[str, Residual] = taught.residuals() if taught else {}

    @property
    def id(self) -> str:
        """A name that changes whenever the answers may: with weights, rules, languages, and what was taught."""
        parts = [sentiment.id_(), vehemence.id_(), intent.id_(), ",".join(sorted(self._languages or ()))]
        taught = f"-{self._taught.id}" if self._taught else ""
        return f"fast-{hashlib.blake2b('|'.join(parts).encode(), digest_size=5).hexdigest()}{taught}"

    def read(self, texts: Sequence[str], *, reasons: bool = True) -> list[Reading]:
        """Read T texts; as many readings, in the same order.

        Only the first 4,000 characters of a text are read. Anything is a text: markup, another script, nothing at all.

        Raises
        ------
        InvalidInput: ``texts`` is one text instead of a list of them, or holds something else.
        """
        if isinstance(texts, str):
            raise InvalidInput("`texts` must be a list of texts. Got one text; put it in a list.")
        found: list[Reading] = []
        for start in range(0, len(texts), BATCH):
            found += self._batch(texts[start : start + BATCH], reasons=reasons)
        return found

    def _batch(self, texts: Sequence[str], *, reasons: bool) -> list[Reading]:
        sight = look(texts, among=self._languages)
        signs = self._signs(sight.seen)
        heat = vehemence.vehemence(sight, signs[:, 0])
        wants = intent.intents(sight, signs, heat, taught=self._heads.get("intent"))
        why = Reasons.none(len(texts))
        if reasons:
            why = reasons_of(texts, sight.seen, signs, heat, wants, taught=self._heads, judge=self._signs)
        columns = (
            sight.languages,
            signs.tolist(),
            _told(signs, vehemence.ironic(heat)),
            heat.score.tolist(),
            wants.place.tolist(),
        )
        found = [_reading(*row) for row in zip(*columns, wants.lesson, why.each(), strict=True)]
        return self._corrected(texts, found) if self._corrections else found

    def _signs(self, seen: Seen) -> NDArray[np.float64]:
        signs = sentiment.signs(seen).astype(np.float64)
        taught = self._heads.get("sentiment")
        return signs if taught is None else taught.chances(seen, signs)

    def _corrected(self, texts: Sequence[str], found: list[Reading]) -> list[Reading]:
        """What people said of these very texts stands before what was read."""
        values = (self._corrections.get(key(text)) for text in texts)
        return [laid_over(one, said) if said else one for one, said in zip(found, values, strict=True)]


def read(texts: Sequence[str], *, languages: Collection[str] | None = None, reasons: bool = True) -> list[Reading]:
    """Read what texts say: language, for or against, vehemence, intent and department, with the words that decided.

    Parameters
    ----------
    texts : T texts
    languages : the codes that may come, such as ``["fr", "en"]``; every language if not given
    reasons : False leaves the reasons out, which is faster

    Returns
    -------
    T readings, in order.

    Raises
    ------
    InvalidInput: ``texts`` is one text, or a language is not an ISO 639-1 code.

    Examples
    --------
    >>> [one.sign for one in read(["J'adore, merci infiniment !", "Quelle honte, je suis furieux"])]
    [1, -1]
    """
    return _reader(None if languages is None else tuple(sorted(languages))).read(texts, reasons=reasons)


@lru_cache(maxsize=32)
def _reader(languages: tuple[str, ...] | None) -> Reader:
    return Reader(languages=languages)


def _told(signs: NDArray[np.float64], ironic: NDArray[np.bool_]) -> list[int | None]:
    """The likeliest sign where it is sure enough; praise that looks ironic is not believed."""
    best = signs.argmax(axis=1)
    told = (signs.max(axis=1) >= SURE) & ~(ironic & (best == 2))
    return [_SIGNS[place] if sure else None for place, sure in zip(best.tolist(), told.tolist(), strict=True)]


def _reading(
    code: str, chances: list[float], sign: int | None, heat: float, place: int, lesson: str, why: tuple[Reason, ...]
) -> Reading:
    name = INTENTS[place] if place >= 0 else ""
    negative, neutral, positive = chances
    return Reading(code, negative, neutral, positive, sign, heat, name, DEPARTMENT_OF.get(name, ""), lesson, why)
