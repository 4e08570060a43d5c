"""Teaching a brand's reader: what its people correct holds at once, and fits the heads anew in seconds.

A text that was corrected reads as corrected, word for word and for good. From a few labels a class on, a small model of
the difference to the shipped head is fitted (``residual``); it is used only where it is better on labels that were held
out, and its accuracy is told beside the shipped reader's.
"""

from __future__ import annotations

import hashlib
from math import sqrt
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.intervals import wilson
from entourage.engine.text import intent, residual, sentiment, vehemence
from entourage.engine.text.encoder import see
from entourage.engine.text.head import Head
from entourage.engine.text.judged import checked_codes
from entourage.engine.text.labels import CLASSES, Label, checked, corrections, key
from entourage.engine.text.sight import look

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.engine.text.sight import Sight

    Floats = NDArray[np.float64]

#: Labels that a head is fitted from at least; folds of its cross-validation; the level of the interval that is told.
FEWEST: Final = 8
FOLDS: Final = 5
LEVEL: Final = 0.8
#: Pulls towards the shipped head that are tried, the strongest first; what is common weighs little, so that a weak one
#: may win.
RIDGES: Final = (30.0, 10.0, 3.0, 1.0, 0.3)
#: Labels that the pull is chosen on at most; all of them fit the head.
CHOSEN_ON: Final = 1_500


class Accuracy(msgspec.Struct, frozen=True):
    """How often the taught reader is right on the brand's own labels, held out, beside the shipped one on the same.

    ``share`` of ``n``, with Wilson's 80 % interval; ``used``: the taught head is better and is used.
    """

    about: str
    n: int
    share: float
    low: float
    high: float
    shipped: float
    shipped_low: float
    shipped_high: float
    used: bool


class _Kept(msgspec.Struct, frozen=True):
    """A taught head as bytes."""

    head: bytes
    mix: bytes
    near: bytes = b""


class Taught(msgspec.Struct, frozen=True):
    """What a brand taught its reader: corrections of texts (kept as 16-byte hashes, no words) and fitted heads.

    ``heads`` by what they are about. ``near`` are heads of signs for a reader with the close encoder, by the name of
    what it adds; None where one was tried and the shipped reader with that encoder is as good.
    """

    corrections: dict[str, dict[str, str]] = {}
    heads: dict[str, _Kept] = {}
    accuracy: tuple[Accuracy, ...] = ()
    made_for: str = ""
    near: dict[str, _Kept | None] = {}

    @property
    def id(self) -> str:
        """A short name that changes with what was taught."""
        return hashlib.blake2b(self.to_bytes(), digest_size=5).hexdigest()

    @property
    def stale(self) -> bool:
        """Whether the heads were fitted beside other weights: corrections hold, the heads are left out; teach again."""
        return bool(self.heads or self.near) and self.made_for != made_for()

    def to_bytes(self) -> bytes:
        """All of it as bytes that ``from_bytes`` reads; no code is in them."""
        return msgspec.msgpack.encode(self, order="deterministic")

    @classmethod
    def from_bytes(cls, kept: bytes) -> Taught:
        """What ``to_bytes`` wrote.

        Raises
        ------
        InvalidInput: the bytes are something else.
        """
        try:
            return msgspec.msgpack.decode(kept, type=cls)
        except msgspec.MsgspecError as error:
            raise InvalidInput(f"`kept` must be what Taught.to_bytes wrote. It is not: {error}.") from error

    def without_corrections(self) -> Taught:
        """The heads alone."""
        return msgspec.structs.replace(self, corrections={})

    def with_corrections(self, labels: Sequence[Label]) -> Taught:
        """The same heads with other corrections: those of ``labels``, the last of each text winning."""
        return msgspec.structs.replace(self, corrections=corrections(labels))

    def residuals(self) -> dict[str, residual.Residual]:
        """The fitted heads, by what they are about; none where they are stale."""
        return {} if self.stale else {about: _opened(kept) for about, kept in self.heads.items()}

    def signs_near(self, encoder: Encoder) -> residual.Residual | None:
        """The head of signs for a reader with this encoder: its own where it was taught with it, else the fast one's.

        None where there is none, where the shipped reader with this encoder is as good, and where they are stale.
        """
        kept = None if self.stale else self.near.get(sentiment.near_id(encoder), self.heads.get("sentiment"))
        return None if kept is None else _opened(kept)


def teach(
    labels: Sequence[Label], *, languages: Collection[str] | None = None, encoder: Encoder | None = None
) -> Taught:
    """Learn from a brand's labels, in seconds: a reader that holds every correction and reads the rest better.

    Parameters
    ----------
    labels : what people said of texts; of several about the same thing of the same text the last one counts
    languages : the brand's languages, as for the reader
    encoder : the close encoder, where the reader has it: its vectors then help to learn the signs, and their
        ``accuracy`` is that of such a reader. A reader without it is taught all the same

    Returns
    -------
    Taught: give it to ``Reader(taught=...)``; its ``accuracy`` says how far it may be trusted.

    Raises
    ------
    InvalidInput: a label is about something else, or its value is unknown; a language is no two-letter code;
        ``encoder`` is another than the close one.

    Notes
    -----
    Few labels are no error: they hold as corrections, and the shipped head stays where a fitted one is not better on
    labels that were held out. See docs/methods/intent.md.

    Examples
    --------
    >>> taught = teach([Label("On est bien reçus, ici", "sentiment", "positive")])
    >>> from entourage.engine.text.reading import Reader
    >>> Reader(taught=taught).read(["On est bien  reçus, ici"])[0].corrected
    ('sentiment',)
    """
    checked(labels)
    among = None if languages is None else checked_codes(languages)
    heads, near, accuracy = {}, {}, {}
    for about, own in _enough(labels).items():
        accuracy[about], fitted = _fitted(about, own, among)
        if fitted is not None:
            heads[about] = _closed(fitted)
        if encoder and about == "sentiment":
            accuracy[about], fitted = _fitted(about, own, among, encoder)
            near[sentiment.near_id(encoder)] = None if fitted is None else _closed(fitted)
    return Taught(corrections(labels), heads, tuple(accuracy.values()), made_for(), near)


def made_for() -> str:
    """The weights that a fitted head belongs to."""
    return f"{sentiment.id_()}|{intent.id_()}"


def _enough(labels: Sequence[Label]) -> dict[str, list[Label]]:
    """The labels about each thing that enough are about, the last one of each text."""
    each = {about: _latest([label for label in labels if label.about == about]) for about in CLASSES}
    return {about: own for about, own in each.items() if len(own) >= FEWEST and len({one.value for one in own}) > 1}


def _latest(labels: list[Label]) -> list[Label]:
    return list({key(label.text): label for label in labels}.values())


def _fitted(
    about: str, labels: list[Label], languages: Collection[str] | None, encoder: Encoder | None = None
) -> tuple[Accuracy, residual.Residual | None]:
    """How right the taught reader is when labels are held out, and its head where it is better than the shipped one."""
    classes, rng = CLASSES[about], np.random.default_rng(0)
    texts = [label.text for label in labels]
    sight = look(texts, among=languages)
    truth = np.array([classes.index(label.value) for label in labels])
    near = see(texts, encoder) if encoder else None
    shipped = _Shipped(about, sight, sentiment.signs(sight.seen, near).astype(np.float64))
    table = residual.tabled(sight.seen, shipped.chances, near)
    rows = rng.permutation(len(truth))[:CHOSEN_ON]
    ridge, held_out = _chosen(table.rows(rows), truth[rows], rng)
    taught = shipped.chances.copy()
    taught[rows] = held_out
    before, after = ((told == truth)[rows].sum() for told in (shipped.told(), shipped.told(taught)))
    judged = _accuracy(about, len(rows), int(after), int(before))
    if not judged.used:
        return judged, None
    return judged, residual.residual(sight.seen, table, residual.fitted(table, truth, ridge), classes)


class _Shipped:
    """What the shipped reader makes of T texts, and what it would tell if other chances stood in their place."""

    def __init__(self, about: str, sight: Sight, signs: Floats) -> None:
        self._about, self._sight, self._signs = about, sight, signs
        self._wants = intent.intents(sight, self._signs, vehemence.vehemence(sight, self._signs[:, 0]))

    @property
    def chances(self) -> Floats:
        """The chances of each class, T x C."""
        return self._signs if self._about == "sentiment" else self._wants.chances

    def told(self, taught: Floats | None = None) -> NDArray[np.int64]:
        """The class of each text: its likeliest sign; or its intent, by rules too and "none" where it abstains."""
        if self._about == "sentiment":
            signs: NDArray[np.int64] = (self._signs if taught is None else taught).argmax(axis=1)
            return signs
        place = self._wants.place
        if taught is not None:
            place, _ruled = intent.placed(self._sight.seen, self._signs, self._wants.hits, taught, taught=True)
        named: NDArray[np.int64] = np.where(place < 0, len(CLASSES["intent"]) - 1, place)
        return named


def _chosen(table: residual.Table, truth: NDArray[np.int64], rng: np.random.Generator) -> tuple[float, Floats]:
    """The strongest pull that is not clearly worse than the best on labels that were held out, and their chances then.

    Clearly: by more than one standard error of the difference (Breiman et al., 1984, Classification and Regression
    Trees); of few labels the best alone would often be a weak pull that was lucky.
    """
    fold = _folds(truth, rng)
    each = np.zeros((len(RIDGES), *table.logs.shape))
    for out in range(FOLDS):
        kept, held = np.flatnonzero(fold != out), np.flatnonzero(fold == out)
        start: Floats | None = None
        for place, ridge in enumerate(RIDGES if len(held) else ()):
            start = residual.fitted(table.rows(kept), truth[kept], ridge, start)
            each[place, held] = residual.predicted(table.rows(held), start)
    likely = np.log(np.maximum(each[:, np.arange(len(truth)), truth], 1e-9))
    less = likely[likely.mean(axis=1).argmax()] - likely
    near = less.mean(axis=1) <= less.std(axis=1) / sqrt(len(truth))
    place = int(near.argmax())
    return RIDGES[place], each[place]


def _folds(truth: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """A fold for each label, the labels of each class spread evenly."""
    order = np.lexsort((rng.random(len(truth)), truth))
    fold = np.empty(len(truth), np.int64)
    fold[order] = np.arange(len(truth)) % FOLDS
    return fold


def _accuracy(about: str, n: int, after: int, before: int) -> Accuracy:
    low, high = wilson(after, n, level=LEVEL)
    shipped_low, shipped_high = wilson(before, n, level=LEVEL)
    return Accuracy(about, n, after / n, low, high, before / n, shipped_low, shipped_high, after > before)


def _closed(fitted: residual.Residual) -> _Kept:
    return _Kept(fitted.head.to_bytes(), fitted.mix.tobytes(), fitted.near.tobytes())


def _opened(kept: _Kept) -> residual.Residual:
    head = Head.from_bytes(kept.head)
    classes = len(head.classes)
    mix, near = (np.frombuffer(rows, np.float32).reshape(-1, classes) for rows in (kept.mix, kept.near))
    return residual.Residual(mix, head, near)
