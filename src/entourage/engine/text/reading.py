"""Reading what people say: language, sign, vehemence, intent, and the words that decided, in one pass over a batch."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.text import intent, language, sentiment, vehemence
from entourage.engine.text.encoder import see
from entourage.engine.text.intent import DEPARTMENT_OF, DEPARTMENTS, INTENTS, LESSONS
from entourage.engine.text.judged import Reading, Reason, checked_codes
from entourage.engine.text.labels import key, laid_over
from entourage.engine.text.plain import READ_CHARS
from entourage.engine.text.reasons import Reasons, reasons_of
from entourage.engine.text.sight import look

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder, Seen
    from entourage.engine.text.residual import Residual
    from entourage.engine.text.teaching import Taught

__all__ = ["DEPARTMENTS", "DEPARTMENT_OF", "INTENTS", "LESSONS", "Reader", "Reading", "Reason", "read"]

#: A sign is told from this chance on; below, the reader abstains. More likely right than wrong: our choice.
SURE: Final = 0.5
#: Texts that are read at once: enough for the arrays to pay, few enough to stay in the processor's cache. And
#: characters of them: each takes some hundred bytes while it is read.
BATCH, BATCH_CHARS = 2_000, 400_000
_SIGNS: Final = (-1, 0, 1)


class Reader:
    """A reader for one brand: its languages, and what its people taught it.

    Parameters
    ----------
    languages : the codes that may come, such as ``["fr", "en"]``; every language if none is given
    taught : what the brand's people taught it
    encoder : the close encoder, where it is to have a say in the sign: forty times slower, right a little more often.
        The reasons shown are still those of the fast head

    Raises
    ------
    InvalidInput: ``encoder`` is another; a language is no two-letter code, or none of them is one that is told apart.

    Examples
    --------
    >>> one = Reader(languages=["fr", "en"]).read(["Troisième message et toujours rien, c'est INADMISSIBLE !!!"])[0]
    >>> one.language, one.sign, one.vehemence > 0.5, one.department
    ('fr', -1, True, 'care')
    """

    def __init__(
        self,
        *,
        languages: Collection[str] | None = None,
        taught: Taught | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._languages = _known(languages)
        self._encoder = encoder
        self._taught = taught
        self._corrections = taught.corrections if taught else {}
        self._heads: dict[str, Residual] = taught.residuals() if taught else {}
        self._signs_near = taught.signs_near(encoder) if taught and encoder else None
        if encoder and self._signs_near is None:
            # What the fast head learned is not heard in the signs, so it gives no reasons for them either.
            self._heads.pop("sentiment", None)

    @property
    def id(self) -> str:
        """A name that changes whenever the answers may: with weights, rules, languages, and what was taught."""
        parts = [
            language.id_(),
            sentiment.id_(),
            vehemence.id_(),
            intent.id_(),
            ",".join(sorted(self._languages or ())),
        ]
        taught = f"-{self._taught.id}" if self._taught else ""
        tier = self._encoder.id if self._encoder else "fast"
        return f"{tier}-{hashlib.blake2b('|'.join(parts).encode(), digest_size=5).hexdigest()}{taught}"

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
        for batch in _batches(texts):
            found += self._batch(batch, reasons=reasons)
        return found

    def _batch(self, texts: Sequence[str], *, reasons: bool) -> list[Reading]:
        sight = look(texts, among=self._languages)
        signs = self._signs(sight.seen, texts, self._encoder)
        heat = vehemence.vehemence(sight, signs[:, 0])
        wants = intent.intents(sight, signs, heat, taught=self._heads.get("intent"))
        told = _told(signs, vehemence.ironic(heat))
        why = Reasons.none(len(texts))
        if reasons:
            why = reasons_of(texts, sight.seen, signs, told, heat, wants, taught=self._heads, judge=self._signs)
        sign = [_SIGNS[place] if place >= 0 else None for place in told.tolist()]
        columns = (sight.languages, signs.tolist(), sign, heat.score.tolist(), wants.place.tolist())
        found = [_reading(*row) for row in zip(*columns, wants.lesson, why.each(), strict=True)]
        return self._corrected(texts, found) if self._corrections else found

    def _signs(self, seen: Seen, texts: Sequence[str] = (), encoder: Encoder | None = None) -> NDArray[np.float64]:
        """The chances of each sign; ``texts`` are needed only for an ``encoder``, which may have a taught head."""
        near = see(texts, encoder) if encoder else None
        told = sentiment.signs(seen, near).astype(np.float64)
        taught = self._signs_near if encoder else self._heads.get("sentiment")
        return told if taught is None else taught.chances(seen, told, near)

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
    InvalidInput: ``texts`` is one text, or ``languages`` are none that are told apart.

    Examples
    --------
    >>> [one.sign for one in read(["J'adore, merci infiniment !", "Quelle honte, je suis furieux"])]
    [1, -1]
    """
    return _reader(None if languages is None else tuple(sorted(languages))).read(texts, reasons=reasons)


@lru_cache(maxsize=32)
def _reader(languages: tuple[str, ...] | None) -> Reader:
    return Reader(languages=languages)


def _known(languages: Collection[str] | None) -> frozenset[str] | None:
    """The languages that may come; None for all of them."""
    codes = frozenset(checked_codes(languages))
    known = language.head().classes if codes else ()
    if codes and codes.isdisjoint(known):
        raise InvalidInput(
            f"`languages` must hold one that is told apart at least. Got {', '.join(sorted(codes))}; known: "
            f"{', '.join(sorted(known))}."
        )
    return codes or None


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in turns that take as much time and memory, however long they are."""
    start, chars = 0, 0
    for place, text in enumerate(texts):
        # What is no text is refused where it is read.
        more = min(len(text), READ_CHARS) if isinstance(text, str) else 0
        if place - start == BATCH or (place > start and chars + more > BATCH_CHARS):
            yield texts[start:place]
            start, chars = place, 0
        chars += more
    if start < len(texts):
        yield texts[start:]


def _told(signs: NDArray[np.float64], ironic: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The likeliest sign where it is sure enough, else -1; praise that looks ironic is not believed."""
    best = signs.argmax(axis=1)
    told = (signs.max(axis=1) >= SURE) & ~(ironic & (best == 2))
    return np.where(told, best, -1)


def _reading(
    code: str, chances: list[float], sign: int | None, heat: float, place: int, lesson: str, why: tuple[Reason, ...]
) -> Reading:
    name = INTENTS[place] if place >= 0 else ""
    negative, neutral, positive = chances
    return Reading(code, negative, neutral, positive, sign, heat, name, DEPARTMENT_OF.get(name, ""), lesson, why)
