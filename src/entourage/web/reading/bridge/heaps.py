"""Messages' vectors out of PostgreSQL: laid end to end by the database itself, so that no row costs Python anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.db import connection

from entourage.engine.text.meaning.nearest import unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# What was said to a competitor, or to anybody else, is not for us. Staff, bots and who is left alone are people of a
# room above: read by its table. Who is no person yet counts by the account.
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
    LEFT JOIN people_person person ON person.id = account.person_id
    WHERE known.brand_id = %(brand)s AND known.at >= %(since)s AND known.at < %(until)s AND known.encoder = %(encoder)s
      AND person.left_alone_at IS NULL AND coalesce(person.kind, 'public') = 'public'
      AND (told.toward_id IS NULL OR toward.role = 'own') {only}
    ORDER BY known.at, known.id
) told
"""
_OF_LESSON = """
AND EXISTS (SELECT FROM reading_reading done WHERE done.id = known.id AND done.lesson = %(lesson)s)
"""


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

    def ids(self, places: Sequence[int] | NDArray[np.int64]) -> list[UUID]:
        """The activities at these places."""
        return [UUID(bytes=self.keys[place].tobytes()) for place in places]

    def between(self, since: datetime, until: datetime) -> Heap:
        """The messages from one moment on and before another; nothing is copied."""
        first, last = np.searchsorted(self.at_us, [_microseconds(since), _microseconds(until)])
        return Heap(*(getattr(self, name)[first:last] for name in self.__slots__))


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


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
