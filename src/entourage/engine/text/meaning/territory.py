"""What a brand is about, and how near to it a message is: beside what people chat about anywhere."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.errors import NotEnoughData
from entourage.engine.ranks import auc
from entourage.engine.text.encoder import fast, see
from entourage.engine.text.features import GROUPS, LETTERS, PAIRS, WORDS
from entourage.engine.text.fitting import fit
from entourage.engine.text.head import Head
from entourage.engine.text.language import language
from entourage.engine.text.meaning.duplicates import duplicates
from entourage.engine.text.meaning.everyday import CHATTER, chatter_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Self

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder, Seen

    Shares = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

#: Fewer texts than this do not mark a territory out.
FEWEST: Final = 12
#: The newest texts say what a brand is about now, and more of them no more.
MOST: Final = 2_000
#: A word that the brand gave itself counts like so many of its posts.
GIVEN: Final = 3.0
#: ... and stands in so many everyday sentences besides: whoever asks about it writes sentences, too.
CARRIED: Final = 4
CLASSES: Final = ("chatter", "territory")
#: A language in which the brand itself writes hardly anything still has this share.
HEARD: Final = 0.05
FOLDS: Final = 5
#: How loud words, pairs of words and letter groups are beside the vectors; the other groups say how, not what.
LOUD: Final = tuple({WORDS: 1.0, PAIRS: 0.7, LETTERS: 1.0}.get(group, 0.0) for group in range(GROUPS))
RIDGE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Territory:
    """A brand's own subject, drawn from what it says itself.

    ``usual`` is the nearness of the middle one of everyday chatter, ``most`` what only one in twenty of it exceeds,
    ``auc`` the chance that a text of the brand is nearer than one of chatter: each read by a fit that had not seen the
    text. ``texts`` is how many of the brand's texts it rests on.
    """

    head: Head
    usual: float
    most: float
    auc: float
    texts: int

    @property
    def encoder_id(self) -> str:
        """The encoder whose vectors it reads."""
        return self.head.encoder_id

    def nearness(self, seen: Seen) -> Shares:
        """How near T texts are to what the brand is about, 0 to 1: the chance that they are rather that than chatter.

        Calibrated for as many of the one as of the other: .5 says that it might as well be chatter.
        """
        near: Shares = self.head.predict(seen)[:, 1]
        return near

    def to_bytes(self) -> bytes:
        """All of it as bytes that ``from_bytes`` reads; no text and no code is in them."""
        kept = io.BytesIO()
        facts = np.array([self.usual, self.most, self.auc, self.texts])
        np.savez_compressed(kept, allow_pickle=False, facts=facts, **self.head.arrays())
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        """The territory that ``to_bytes`` wrote."""
        with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
            usual, most, auc, texts = arrays["facts"].tolist()
            head = Head.from_arrays({name: arrays[name] for name in arrays.files if name != "facts"})
        return cls(head, usual, most, auc, int(texts))


def territory(
    posts: Sequence[str],
    *,
    words: Sequence[str] = (),
    languages: Collection[str] = CHATTER,
    encoder: Encoder | None = None,
) -> Territory:
    """Mark out what a brand is about by what it says itself, against what people chat about anywhere.

    A head is fitted on the brand's texts and on a few hundred everyday sentences that ship with the package (greetings,
    weather, football, laughing, tagging friends): on their vectors, and on their words, for a brand's own products
    stand in no dictionary. Its temperature is set on texts that it had not seen. Each language of the chatter weighs as
    it does among the brand's texts, so that to write in another language is not to be elsewhere.

    Parameters
    ----------
    posts : what the brand wrote, the newest first
    words : products, subjects, in a word or two each, as the brand gives them
    languages : whose chatter to tell it from; those in which the brand's public writes
    encoder : the fast one unless another is given

    Raises
    ------
    NotEnoughData: fewer than 12 different texts and words.

    Examples
    --------
    >>> from entourage.engine.text.encoder import see
    >>> posts = ["Green tea wants eighty degrees", "The new harvest is in", "Our tins are refilled in the shop"]
    >>> words = ["green tea", "black tea", "teapot", "infuser", "kettle", "matcha", "herbal tea", "tin", "mint tea"]
    >>> tea = territory(posts, words=words, languages=["en"])
    >>> near, far = tea.nearness(see(["How long do I steep the tea?", "lol so cute"]))
    >>> bool(near > tea.most > far)
    True
    """
    reader = encoder or fast()
    mine = _different(list(posts)[:MOST])
    given = [word for word in dict.fromkeys(map(str.strip, words)) if word]
    if len(mine) + len(given) < FEWEST:
        raise NotEnoughData(
            f"A territory needs at least {FEWEST} different posts and words of the brand. "
            f"Got {len(mine) + len(given)}; import more of what the brand writes, or give its subjects in words."
        )
    chatter, shares = _chatter(mine + given, languages)
    carried = _carried(given, chatter)
    sizes = (len(mine), len(given), len(carried), len(chatter))
    heap = _Heap(
        texts=mine + given + carried + chatter,
        about=np.repeat([True, True, True, False], sizes),
        weights=np.concatenate([np.repeat([1.0, GIVEN / 2, GIVEN / 2 / CARRIED], sizes[:3]), shares]),
        # A word is judged by a fit that has not seen it in any sentence.
        fold=np.concatenate(
            [np.arange(len(mine)), np.tile(np.arange(len(given)), 1 + CARRIED), np.arange(len(chatter))]
        ),
    )
    return _fitted(heap, reader, texts=len(mine) + len(given))


@dataclass(frozen=True, slots=True)
class _Heap:
    """Texts of both sides: whether each is the brand's, what it weighs, and with which it is left out."""

    texts: list[str]
    about: Flags
    weights: Doubles
    fold: NDArray[np.int64]


def _carried(given: list[str], chatter: list[str]) -> list[str]:
    """Each word at the end of some everyday sentences: it is the word that tells, not that it stands alone."""
    steps = range(1, CARRIED + 1)
    return [
        f"{chatter[(place * step * 37 + step) % len(chatter)]} {word}"
        for step in steps
        for place, word in enumerate(given)
    ]


def _chatter(ours: list[str], languages: Collection[str]) -> tuple[list[str], list[float]]:
    """The chatter to tell from, and what each sentence weighs: a language as much as among the brand's texts."""
    spoken = [language for language in CHATTER if language in languages] or list(CHATTER)
    told = Counter(language(ours, among=spoken))
    lines: list[str] = []
    shares: list[float] = []
    for one in spoken:
        sentences = chatter_of(one)
        lines += sentences
        shares += [max(told[one] / len(ours), HEARD) / len(sentences)] * len(sentences)
    return lines, shares


def _different(posts: list[str]) -> list[str]:
    """The posts that say something new: a slogan repeated weekly is one text."""
    first = duplicates(posts)
    return [post for place, post in enumerate(posts) if first[place] == place and post.strip()]


def _fitted(heap: _Heap, reader: Encoder, *, texts: int) -> Territory:
    seen = see(heap.texts, reader)

    def head(chosen: Places) -> Head:
        return _head(seen.rows(chosen), heap.about[chosen], heap.weights[chosen])

    logits = np.zeros(len(heap.texts))
    # Every fifth text is judged by a fit on the others.
    for fold in range(FOLDS):
        out = np.flatnonzero(heap.fold % FOLDS == fold)
        judged = head(np.flatnonzero(heap.fold % FOLDS != fold)).logits(seen.rows(out))
        logits[out] = judged[:, 1] - judged[:, 0]
    cool = _temperature(logits, heap.about, heap.weights)
    usual, most = np.quantile(_chance(logits / cool)[~heap.about], (0.5, 0.95))
    whole = _head(seen, heap.about, heap.weights).at(cool)
    return Territory(whole, float(usual), float(most), auc(logits, heap.about), texts)


def _head(seen: Seen, about: Flags, weights: Doubles) -> Head:
    """A head for which the brand's texts together weigh as much as the chatter."""
    even = np.where(about, weights / weights[about].sum(), weights / weights[~about].sum())
    truth = [CLASSES[int(one)] for one in about]
    return fit(seen, truth, classes=CLASSES, groups=LOUD, ridge=RIDGE, weights=even)


def _temperature(logits: Doubles, about: Flags, weights: Doubles) -> float:
    """What makes texts that were not fitted on likeliest."""
    even = np.where(about, weights / weights[about].sum(), weights / weights[~about].sum())
    side = np.where(about, logits, -logits)
    tried = np.exp(np.linspace(np.log(0.2), np.log(20), 121))
    return float(tried[np.argmin([(even * np.logaddexp(0, -side / t)).sum() for t in tried])])


def _chance(logits: Doubles) -> Doubles:
    chances: Doubles = 1 / (1 + np.exp(-logits))
    return chances
