"""Messages gathered by meaning, with all that is told of each gathering: words, people, copies, nearness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from entourage.engine.text.meaning.duplicates import duplicates
from entourage.engine.text.meaning.everyday import CHATTER, chatter_of
from entourage.engine.text.meaning.nearest import unpacked
from entourage.engine.text.meaning.telling import telling
from entourage.engine.text.meaning.topics import MESSAGES, Topic, topics, turned
from entourage.web.reading.models import MILLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.heaps import Heap, Sum

    Vectors = NDArray[np.float32]

#: A new gathering holds one in so many of the messages looked at: six people of a hundred thousand are no topic.
ONE_IN = 500
#: So many everyday sentences, and as many of the messages looked at, stand beside those before.
OLD = 200
#: Other messages whose words a gathering's are compared with.
COMPARED = 4_000
#: Characters of a message whose words count for a label.
READ = 1_000

_KEEP = """
INSERT INTO reading_{kind}message (brand_id, {kind}_id, activity_id, account_id, nearness)
SELECT known.brand_id, %(number)s, known.id, known.account_id, told.nearness
FROM unnest(%(keys)s::uuid[], %(nearness)s::smallint[]) AS told (id, nearness)
JOIN reading_vector known ON known.id = told.id AND known.brand_id = %(brand)s
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A gathering as it is told: where its messages stand in the heap, and the figures about them."""

    topic: Topic
    words: tuple[str, ...]
    people: int
    different: int
    nearness: int | None

    @property
    def figures(self) -> dict[str, Any]:
        """The columns of ``models.Gathering`` that a heap alone tells."""
        return {
            "words": list(self.words), "messages": len(self.topic), "people": self.people,
            "different": self.different, "nearness": self.nearness,
        }  # fmt: skip


def gathered(
    brand: Brand, heap: Heap, *, common: Vectors, known: Sequence[Vectors], most: int, faithful: bool = False
) -> list[Gathered]:
    """What the messages of a heap are about, most people first.

    Parameters
    ----------
    common : what all messages of the brand share, d
    known : centres of what was gathered before, once what is common is taken out
    most : how many gatherings; ``faithful`` keeps the known ones beyond that number
    """
    centres = np.array(known, np.float32) if len(known) else None
    least = max(MESSAGES, len(heap) // ONE_IN)
    found = topics(heap.vectors, people=heap.people, common=common, known=centres, messages=least)
    many = {id(topic): len(np.unique(heap.people[topic.members])) for topic in found}
    found.sort(key=lambda topic: (-many[id(topic)], -len(topic), topic.members[0]))
    chosen = [topic for rank, topic in enumerate(found) if rank < most or (faithful and topic.known >= 0)]
    return _told(brand, heap, chosen, many)


def common_to(reader: Encoder, before: Sum, now: Sum) -> Vectors:
    """What a brand's messages share, d: the mean of those before, with some of those now and of everyday chatter.

    What is looked at has little say: else a crisis of which everybody speaks would be common, and so no topic.
    """
    sums = before.vectors + OLD * _everyday(reader) + min(1.0, OLD / max(now.count, 1)) * now.vectors
    shared: Vectors = (sums / (before.count + OLD + min(OLD, now.count))).astype(np.float32)
    return shared


def _everyday(reader: Encoder) -> Vectors:
    """The mean of everyday sentences: what messages share where hardly any are known."""
    middle: Vectors = reader.encode([line for language in CHATTER for line in chatter_of(language)]).mean(axis=0)
    return middle


def centres_of(said: Iterable[tuple[int, UUID]], heap: Heap, common: Vectors) -> dict[int, Vectors]:
    """The centre of each gathering that is there, by its number: the mean direction of its messages of this heap.

    No centre is stored: messages that were erased have no say in it, and a new encoder moves it along.
    """
    number_of = {activity.bytes: number for number, activity in said}
    members: dict[int, list[int]] = {}
    for place in heap.places(list(number_of)):
        members.setdefault(number_of[heap.keys[place].tobytes()], []).append(place)
    middles = {
        number: turned(unpacked(heap.packed[members[number]]), common).mean(axis=0)
        for number in dict.fromkeys(number_of.values())
        if number in members
    }
    return {number: middle / max(float(np.linalg.norm(middle)), 1e-9) for number, middle in middles.items()}


def keep_members(brand: Brand, kind: str, number: int, heap: Heap, topic: Topic) -> None:
    """Write the messages of a gathering (``kind``: topic, finding), those that are still there."""
    nearness: list[int] = np.rint(topic.nearness * MILLE).astype(int).tolist()
    told: dict[str, Any] = {"number": number, "brand": brand.pk, "keys": heap.ids(topic.members), "nearness": nearness}
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM reading_{kind}message WHERE {kind}_id = %(number)s", told)
        cursor.execute(_KEEP.format(kind=kind), told)


def _told(brand: Brand, heap: Heap, found: list[Topic], many: Mapping[int, int]) -> list[Gathered]:
    places = _read(heap, found)
    texts = texts_of(brand, heap.ids(places))
    said = [texts.get(key, "")[:READ] for key in heap.ids(places)]
    where = {int(place): number for number, place in enumerate(places)}
    groups = [[where[int(place)] for place in topic.members] for topic in found]
    labels = telling(said, groups, people=heap.people[places].tolist())
    return [
        Gathered(topic, words, many[id(topic)], _different([said[one] for one in group]), _near(heap, topic))
        for topic, words, group in zip(found, labels, groups, strict=True)
    ]


def _read(heap: Heap, found: list[Topic]) -> NDArray[np.int64]:
    """The messages whose words are read: all that were gathered, and as many others as it takes to compare."""
    inside = np.zeros(len(heap), dtype=bool)
    for topic in found:
        inside[topic.members] = True
    others = np.flatnonzero(~inside)
    some = others[np.unique(np.linspace(0, max(len(others) - 1, 0), min(len(others), COMPARED)).astype(np.int64))]
    return np.sort(np.concatenate([np.flatnonzero(inside), some]))


def _different(texts: Sequence[str]) -> int:
    return len(np.unique(duplicates(texts)))


def _near(heap: Heap, topic: Topic) -> int | None:
    near = heap.nearness[topic.members]
    return round(float(near.mean())) if len(near) and near.min() >= 0 else None


def texts_of(brand: Brand, keys: Sequence[UUID]) -> dict[UUID, str]:
    """The words of these messages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, left(text, %(most)s) FROM listen_activity WHERE id = ANY(%(keys)s) AND brand_id = %(brand)s",
            {"keys": list(keys), "brand": brand.pk, "most": READ},
        )
        return dict(cursor.fetchall())
