"""The static table of the fast encoder: the teacher's word vectors, fewer dimensions, int8, turned to its sentences."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from entourage.engine.text import weights
from entourage.engine.text.encoder import Table, pooled, slots
from entourage.engine.text.features import LETTERS, features
from entourage.engine.text.tokens import PICTURE, WORD
from tools.models import corpus, teacher

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.features import Features

#: Held-out likeness to the teacher (recall of its five nearest) is .30, .33, .35 at 64, 96, 128; 96 fits the package.
DIMENSIONS = 96
GROUP_BITS = 13
#: Arora's a: words likelier than this count less. Recall .30 at 1e-3, .37 at 3e-3, .38 from 1e-2 on.
RARE = 1e-2
#: Scripts written without spaces: their words are never found by themselves.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def make() -> None:
    """Make the table and save it."""
    texts = [*corpus.sentiment("train").texts, *corpus.sentiment("val").texts, *corpus.unlabelled()]
    found = features(texts)
    likely = vocabulary(found)
    words = list(likely)
    sentences = teacher.said(texts)
    basis = principal(sentences, DIMENSIONS)
    own = teacher.said(words) @ basis
    weights.save(weights.HERE / "encoder", arrays(words, own, likely, found, sentences @ basis))


def vocabulary(found: Features) -> dict[str, float]:
    """Every word of the texts and of the teacher -> its chance among all words."""
    kinds = {WORD, PICTURE}
    seen = Counter(found.tokens.read_as(n) for n in np.flatnonzero(np.isin(found.tokens.kind, list(kinds))))
    total = seen.total()
    likely = {word: count / total for word, count in seen.items()}
    for word, score in teacher.pieces().items():
        likely.setdefault(word.lower(), float(np.exp(score)))
    return dict(sorted(likely.items(), key=lambda item: (-item[1], item[0])))


def principal(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """The directions in which vectors differ most, 512 x d."""
    centred = vectors - vectors.mean(axis=0)
    _, turned = np.linalg.eigh(centred.T @ centred)
    basis: NDArray[np.float32] = turned[:, ::-1][:, :dimensions]
    return basis * np.where(basis[np.abs(basis).argmax(axis=0), np.arange(dimensions)] < 0, -1, 1)


def arrays(
    words: list[str],
    own: NDArray[np.float32],
    likely: dict[str, float],
    found: Features,
    sentences: NDArray[np.float32],
) -> dict[str, NDArray[Any]]:
    """The table's arrays."""
    written = features(words)
    alone = written.bounds[:, 1] - written.bounds[:, 0] == 1
    alone &= [not _UNSPACED.search(word) for word in words]
    numbers, first = np.unique(written.words[written.tokens.texts[:-1][alone]], return_index=True)
    rows = np.flatnonzero(alone)[first]
    scale = np.abs(own[rows]).max(axis=1) / 127
    sif = RARE / (RARE + np.array([likely[words[row]] for row in rows]))
    groups, group_scale = letter_groups(written, own, rows)
    table = Table(
        words=numbers, rows=np.rint(own[rows] / scale[:, None]).astype(np.int8),
        scale=(scale * sif).astype(np.float16).astype(np.float32), groups=groups, group_scale=group_scale,
        turn=np.eye(own.shape[1], dtype=np.float32), shift=np.zeros(own.shape[1], np.float32), slots=slots(numbers),
    )  # fmt: skip
    turn, shift = towards(pooled(found, table), sentences)
    return {
        "words": table.words, "rows": table.rows, "scale": table.scale.astype(np.float16), "groups": groups,
        "group_scale": np.array([group_scale], np.float32), "turn": turn, "shift": shift,
    }  # fmt: skip


def letter_groups(
    written: Features, own: NDArray[np.float32], rows: NDArray[np.int64], *, steps: int = 30
) -> tuple[NDArray[np.int8], float]:
    """Vectors of letter groups whose mean is nearest to the words' own: a few steps of gradient descent."""
    from scipy.sparse import csr_matrix

    bounds = written.bounds
    starts, ends = bounds[rows, LETTERS], bounds[rows, LETTERS + 1]
    counts = ends - starts
    places = np.concatenate([np.arange(a, b) for a, b in zip(starts, ends, strict=True)])
    columns = (written.numbers[places] & np.uint32((1 << GROUP_BITS) - 1)).astype(np.int64)
    values = np.repeat(1 / np.maximum(counts, 1), counts)
    shares = csr_matrix((values, (np.repeat(np.arange(len(rows)), counts), columns)), (len(rows), 1 << GROUP_BITS))
    busy = np.asarray(shares.multiply(shares).sum(axis=0)).ravel()
    found = np.zeros((1 << GROUP_BITS, own.shape[1]))
    reach = 1 / (np.asarray(shares.sum(axis=0)).ravel() + busy + 1.0)
    for _ in range(steps):
        found += reach[:, None] * (shares.T @ (own[rows] - shares @ found))
    scale = float(np.abs(found).max() / 127)
    return np.rint(found / scale).astype(np.int8), scale


def towards(
    sums: NDArray[np.float32], sentences: NDArray[np.float32], ridge: float = 1e-3
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The linear map from pooled word vectors to sentence vectors, but for the mean of the sentences.

    What all sentences share tells none from another, and would make any two of them alike: the map leads to what a
    sentence says beyond it.
    """
    mean, aim = sums.mean(axis=0), sentences.mean(axis=0)
    centred = sums - mean
    square = centred.T @ centred
    turn = np.linalg.solve(
        square + ridge * np.trace(square) / len(square) * np.eye(len(square)), centred.T @ (sentences - aim)
    )
    return turn.astype(np.float32), (aim - mean @ turn - aim).astype(np.float32)
