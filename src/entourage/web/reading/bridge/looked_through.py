"""All vectors of a brand, block by block: read once by a process that searches again and again, and kept for a while.

What is kept is never trusted: ``still_there`` asks the database of each message found. A vector that has gone, or was
made anew since, is dropped there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand

#: Vectors that come at once.
BLOCK = 8_192
#: Bytes of vectors that a process keeps; what a brand has beyond them is read each time.
MOST = 256 << 20
#: How long they are kept: whoever is erased leaves the memory of a worker, too, even if nobody searches any more.
KEPT_S = 600.0
#: A message as a search knows it: its key, the number of its vector, its moment.
RECORD = np.dtype([("key", "V16"), ("number", ">i8"), ("at_us", ">i8")])

_BLOCKS = """
SELECT max(number), string_agg(uuid_send(id) || int8send(number) || int8send(at_us), ''), string_agg(vector, '')
FROM (
    SELECT id, vector, number, (extract(epoch FROM at) * 1000000)::bigint AS at_us FROM reading_vector
    WHERE brand_id = %(brand)s AND number > %(after)s AND encoder = %(encoder)s ORDER BY number LIMIT %(block)s
) told
"""
_STILL_THERE = """
SELECT known.id FROM unnest(%(keys)s::uuid[], %(numbers)s::bigint[]) AS asked (id, number)
JOIN reading_vector known ON known.id = asked.id AND known.number = asked.number AND known.brand_id = %(brand)s
"""


@dataclass(frozen=True, slots=True)
class Block:
    """Some messages and their vectors; ``last`` is the highest number among them."""

    told: NDArray[Any]
    vectors: NDArray[np.int8]
    last: int

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return self.told.nbytes + self.vectors.nbytes


@dataclass
class _Kept:
    """The blocks of one brand that this process has read, since when."""

    brand: int = 0
    encoder: str = ""
    since: float = 0.0
    blocks: list[Block] = field(default_factory=list)


_kept, _lock = _Kept(), Lock()


def blocks(brand: Brand, reader: Encoder) -> Iterator[Block]:
    """All indexed messages of a brand, from memory where they are kept, else from the database."""
    kept = _start(brand, reader)
    yield from kept
    last = kept[-1].last if kept else -1
    while block := _read(brand, reader, last):
        _keep(brand, reader, block, after=last)
        last = block.last
        yield block


def still_there(brand: Brand, told: NDArray[Any]) -> set[UUID]:
    """Which of these messages have the vector that was looked at: the others are gone or say something else now."""
    keys = [UUID(bytes=key.tobytes()) for key in told["key"]]
    with connection.cursor() as cursor:
        cursor.execute(_STILL_THERE, {"keys": keys, "numbers": told["number"].tolist(), "brand": brand.pk})
        return {key for (key,) in cursor.fetchall()}


def _start(brand: Brand, reader: Encoder) -> list[Block]:
    """What is kept of this brand; what is kept of another, of another encoder, or for too long is let go."""
    with _lock:
        old = time.monotonic() - _kept.since > KEPT_S
        if old or (_kept.brand, _kept.encoder) != (brand.pk, reader.id):
            _kept.brand, _kept.encoder, _kept.since, _kept.blocks = brand.pk, reader.id, time.monotonic(), []
            _let_go_in_time(_kept.since)
        return list(_kept.blocks)


def _let_go_in_time(since: float) -> None:
    timer = Timer(max(KEPT_S, 0.0), _let_go, (since,))
    timer.daemon = True
    timer.start()


def _let_go(since: float) -> None:
    """Empty the memory, unless it was begun anew meanwhile."""
    with _lock:
        if _kept.since == since:
            _kept.brand, _kept.blocks = 0, []


def _keep(brand: Brand, reader: Encoder, block: Block, *, after: int) -> None:
    """Keep a block if it continues what is kept: the next search starts behind the last one, and a gap would stay."""
    with _lock:
        ours = (_kept.brand, _kept.encoder) == (brand.pk, reader.id)
        follows = (_kept.blocks[-1].last if _kept.blocks else -1) == after
        if ours and follows and sum(one.size for one in _kept.blocks) + block.size <= MOST:
            _kept.blocks.append(block)


def _read(brand: Brand, reader: Encoder, after: int) -> Block | None:
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"brand": brand.pk, "after": after, "encoder": reader.id, "block": BLOCK}
        cursor.execute(_BLOCKS, asked)
        last, told, vectors = cursor.fetchone()
    if last is None:
        return None
    packed = np.frombuffer(bytes(vectors), np.int8).reshape(-1, reader.dimensions)
    return Block(np.frombuffer(bytes(told), RECORD), packed, int(last))
