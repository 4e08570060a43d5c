"""Messages' vectors out of PostgreSQL: laid end to end by the database itself, so that no row costs Python anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.db import connection

from entourage.engine.text.meaning.nearest import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand

#: Moments of messages are told in microseconds.
SECOND_US = 1_000_000
#: Vectors that are unpacked at once.
BLOCK = 8_192

# What was said to a competitor, or to anybody else, is not for us. Staff, bots and who is left alone are people of a
# room above: read by its table, and few: asked for in this way PostgreSQL knows it, and goes through the messages of a
# span rather than through all accounts. Who is no person yet counts by the account.
_HEAP = """
SELECT string_agg(uuid_send(id), ''), string_agg(vector, ''), string_agg(int8send(person), ''),
       string_agg(int8send(at_us), ''), string_agg(int2send(nearness), '')
FROM (
    SELECT known.id, known.vector, (extract(epoch FROM known.at) * 1000000)::bigint AS at_us,
           coalesce(account.person_id, hashtextextended(known.account_id::text, 0)) AS person,
           coalesce(known.nearness, -1::smallint) AS nearness
    FROM reading_vector known
    JOIN listen_activity told ON told.id = known.id
    JOIN listen_account account ON account.id = known.account_id
    LEFT JOIN listen_account toward ON toward.id = told.toward_id
    WHERE known.brand_id = %(brand)s AND known.at >= %(since)s AND known.at < %(until)s AND known.encoder = %(encoder)s
      AND NOT EXISTS (SELECT FROM people_person person WHERE person.id = account.person_id
                      AND (person.left_alone_at IS NOT NULL OR person.kind <> 'public'))
      AND (told.toward_id IS NULL OR toward.role = 'own') {only}
    ORDER BY known.at, known.id
) told
"""
_OF_LESSON = """
AND EXISTS (SELECT FROM reading_reading done WHERE done.id = known.id AND done.lesson = %(lesson)s)
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """The vectors of messages added up, d, and how many they are: all it takes to know what they share."""

    vectors: NDArray[np.float64]
    count: int

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.vectors + other.vectors, self.count + other.count)


@dataclass(frozen=True, slots=True)
class Heap:
    """T messages in the order of their moments: keys (16 bytes each), vectors, who wrote them, when, how near."""

    keys: NDArray[Any]
    packed: NDArray[np.int8]
    people: NDArray[np.int64]
    at_us: NDArray[np.int64]
    nearness: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors as unit rows."""
        return unpacked(self.packed)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """The vectors as unit rows, some thousands at a time: unpacked they take four times the room."""
        for first in range(0, len(self), BLOCK):
            yield unpacked(self.packed[first : first + BLOCK])

    @property
    def sum(self) -> Sum:
        """What these messages say together."""
        added = np.zeros(self.packed.shape[1])
        for block in self.blocks():
            added += block.sum(axis=0)
        return Sum(added, len(self))

    def places(self, keys: Sequence[bytes]) -> list[int]:
        """Where those of these messages stand that are here."""
        found: list[int] = np.flatnonzero(np.isin(self.keys.view("S16"), np.array(keys, "S16"))).tolist()
        return found

    def ids(self, places: Sequence[int] | NDArray[np.int64]) -> list[UUID]:
        """The activities at these places."""
        return [UUID(bytes=self.keys[place].tobytes()) for place in places]


def heap(brand: Brand, reader: Encoder, *, since: datetime, until: datetime, lesson: str = "") -> Heap:
    """What the public said to the brand in a span, staff, bots and who is left alone out; of one lesson if named."""
    told: dict[str, Any] = {"brand": brand.pk, "since": since, "until": until, "encoder": reader.id, "lesson": lesson}
    with connection.cursor() as cursor:
        cursor.execute(_HEAP.format(only=_OF_LESSON if lesson else ""), told)
        row = cursor.fetchone()
    keys, vectors, people, moments, near = (bytes(piece or b"") for piece in row or [b""] * 5)
    return Heap(
        keys=np.frombuffer(keys, "V16"),
        packed=np.frombuffer(vectors, np.int8).reshape(-1, reader.dimensions),
        people=np.frombuffer(people, ">i8").astype(np.int64),
        at_us=np.frombuffer(moments, ">i8").astype(np.int64),
        nearness=np.frombuffer(near, ">i2").astype(np.int16),
    )
