"""Search by meaning and by words at once: the nearest vectors and the words that match, put in one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from entourage.engine.text.meaning.duplicates import duplicates
from entourage.engine.text.meaning.nearest import Nearest, unpacked
from entourage.web.reading.bridge.gathering import texts_of
from entourage.web.reading.bridge.heaps import SECOND_US
from entourage.web.reading.bridge.indexing import encoder
from entourage.web.reading.bridge.looked_through import blocks, still_there
from entourage.web.reading.models import MILLE, Search, SearchState, Vector
from entourage.web.reading.queries import exact, matching

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand

    Floats = NDArray[np.float32]

#: Messages looked at by either way before copies among them are put together.
LOOKED_AT = 300
#: Messages kept of a page's search.
KEPT = 100
#: A message further than this means something else. Measured: docs/methods/meaning.md.
LEAST = 0.4
#: Reciprocal rank fusion, Cormack, Clarke & Büttcher (2009): their constant.
DAMPED = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """A message found: how near its meaning is (none where only words match), whether words match, how many copies."""

    activity: UUID
    cosine: float | None
    matched: bool
    copies: int = 0

    def as_row(self) -> list[Any]:
        """As it is kept on the row of a search."""
        cosine = None if self.cosine is None else round(self.cosine * MILLE)
        return [str(self.activity), cosine, self.matched, self.copies]


def search(
    brand: Brand, words: str, *, like: UUID | None = None, since: datetime | None = None, limit: int = KEPT
) -> list[Found]:
    """Find the messages that say this, in these words or in others; the best first.

    Words in quotation marks, or with a minus before them, are asked exactly: then only messages whose words match are
    found. Copies of a message stand behind the best of them.

    Parameters
    ----------
    words : as websearch knows them: words, "a phrase", -without, or
    like : find what means the same as this message, instead
    since : only messages from this moment on
    """
    reader = encoder()
    near = _near(brand, reader, _wanted(brand, reader, words, like), since)
    texts = dict.fromkeys(matching(brand, words, since=since, limit=LOOKED_AT)) if not like else {}
    keys = list(texts) if not like and exact(words) else list(dict.fromkeys([*near, *texts]))
    near.pop(like, None) if like else None
    ranks = {way: {key: place for place, key in enumerate(found)} for way, found in (("near", near), ("words", texts))}
    scored = {
        key: sum(1 / (DAMPED + rank[key]) for rank in ranks.values() if key in rank) for key in keys if key != like
    }
    order = sorted(scored, key=lambda key: (-scored[key], str(key)))
    return _together(brand, [Found(key, near.get(key), key in texts) for key in order])[:limit]


def answer(number: int, *, now: datetime) -> None:
    """Do the search that a page asked for; what it found, or why it could not be done, is kept on its row."""
    asked = Search.objects.everywhere().select_related("brand").filter(pk=number, state=SearchState.WAITING).first()
    if asked is None:
        return
    rows = Search.objects.of(asked.brand).filter(pk=number)
    try:
        found = search(asked.brand, asked.words, like=asked.like, since=asked.since)
    except Exception as error:
        rows.update(state=SearchState.FAILED, error=f"{type(error).__name__}: {error}", finished_at=now)
        raise
    rows.update(state=SearchState.DONE, found=[one.as_row() for one in found], finished_at=now)


def _wanted(brand: Brand, reader: Encoder, words: str, like: UUID | None) -> Floats:
    if like is None:
        asked: Floats = reader.encode([words])[0]
        return asked
    row = Vector.objects.of(brand).filter(pk=like, encoder=reader.id).values_list("vector", flat=True).first()
    if row is None:
        return np.zeros(reader.dimensions, np.float32)
    kept: Floats = unpacked(np.frombuffer(bytes(row), np.int8))
    return kept


def _near(brand: Brand, reader: Encoder, wanted: Floats, since: datetime | None) -> dict[UUID, float]:
    """The nearest messages with their cosines, nearest first; none for words that the encoder does not know."""
    if not wanted.any():
        return {}
    nearest = Nearest(wanted, limit=LOOKED_AT, least=LEAST)
    first = int(since.timestamp() * SECOND_US) if since else None
    for block in blocks(brand, reader):
        late = slice(None) if first is None else block.told["at_us"] >= first
        nearest.look(block.told[late], block.vectors[late])
    told, cosines = nearest.best()
    if len(told) == 0:
        return {}
    there = still_there(brand, told)
    found = ((UUID(bytes=key.tobytes()), float(cosine)) for key, cosine in zip(told["key"], cosines, strict=True))
    return {key: cosine for key, cosine in found if key in there}


def _together(brand: Brand, found: list[Found]) -> list[Found]:
    """Copies of one message as one, behind the best of them."""
    texts = texts_of(brand, [one.activity for one in found])
    there = [one for one in found if one.activity in texts]
    first = duplicates([texts[one.activity] for one in there])
    copies = np.bincount(first, minlength=len(there)) if there else np.zeros(0, np.int64)
    return [
        Found(one.activity, one.cosine, one.matched, int(copies[place]) - 1)
        for place, one in enumerate(there)
        if first[place] == place
    ]
