"""Every message's nearness to the brand's territory, measured anew after it was drawn: in turns, from a kept place on.

Until all are measured some hold the nearness to the territory before; what is counted of them is counted after the last
turn. Messages indexed meanwhile are measured as they are indexed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction

from entourage.engine.text.encoder import Seen
from entourage.engine.text.features import features
from entourage.engine.text.meaning.nearest import unpacked
from entourage.web.listen.actions import intake_lock
from entourage.web.reading.models import MILLE
from entourage.web.reading.models import Territory as Kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from entourage.engine.text.encoder import Encoder
    from entourage.engine.text.meaning.territory import Territory
    from entourage.web.core.models import Brand

    Row = tuple[int, UUID, str, bytes]

BATCH = 5_000

_BEHIND = """
FROM reading_vector known
WHERE known.brand_id = %(brand)s AND known.encoder = %(encoder)s AND known.number < %(below)s
"""
_COUNT = f"SELECT count(*) FROM (SELECT {_BEHIND} LIMIT %(most)s) told"
_FETCH = f"""
SELECT behind.number, behind.id, told.text, behind.vector
FROM (SELECT known.number, known.id, known.vector {_BEHIND} ORDER BY known.number DESC LIMIT %(most)s) behind
JOIN listen_activity told ON told.id = behind.id ORDER BY behind.number DESC
"""
_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS reading_near_staged (id uuid, nearness smallint) ON COMMIT DELETE ROWS;
DELETE FROM reading_near_staged
"""
_STORE = """
UPDATE reading_vector SET nearness = staged.nearness FROM reading_near_staged staged WHERE reading_vector.id = staged.id
"""


def to_measure(brand: Brand, reader: Encoder, *, most: int | None) -> int:
    """How many messages wait to be measured, or so many if there are more."""
    below = _below(brand)
    if below is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"brand": brand.pk, "encoder": reader.id, "below": below, "most": most})
        return int(cursor.fetchone()[0])


def measured(brand: Brand, reader: Encoder, drawn: Territory | None, *, most: int | None) -> Iterator[int]:
    """Measure so many messages, a batch a transaction, the newest written first; tells how many each batch holds.

    Without a territory they lose the nearness that they had to the one before.
    """
    left = most
    while (below := _below(brand)) is not None and (left is None or left > 0):
        rows = _fetch(brand, reader, below, BATCH if left is None else min(BATCH, left))
        _store(brand, _near(reader, drawn, rows), below=rows[-1][0] if rows else None)
        left = None if left is None else left - len(rows)
        if rows:
            yield len(rows)


def _below(brand: Brand) -> int | None:
    found: int | None = Kept.objects.of(brand).filter(pk=brand.pk).values_list("unmeasured", flat=True).first()
    return found


def _near(reader: Encoder, drawn: Territory | None, rows: list[Row]) -> list[tuple[UUID, int | None]]:
    if drawn is None or not rows:
        return [(row[1], None) for row in rows]
    near: list[int] = np.rint(drawn.nearness(_seen(reader, rows)) * MILLE).astype(int).tolist()
    return [(row[1], one) for row, one in zip(rows, near, strict=True)]


def _seen(reader: Encoder, rows: list[Row]) -> Seen:
    """The messages as heads see them: with the vectors that are there, for an encoder may be slow."""
    packed = np.frombuffer(b"".join(bytes(row[3]) for row in rows), np.int8).reshape(len(rows), -1)
    return Seen(reader.id, unpacked(packed), features([row[2] for row in rows]))


def _fetch(brand: Brand, reader: Encoder, below: int, most: int) -> list[Row]:
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"brand": brand.pk, "encoder": reader.id, "below": below, "most": most}
        cursor.execute(_FETCH, asked)
        rows: list[Row] = cursor.fetchall()
    return rows


@transaction.atomic
def _store(brand: Brand, near: list[tuple[UUID, int | None]], *, below: int | None) -> None:
    intake_lock(brand)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.cursor.copy("COPY reading_near_staged FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(("uuid", "int2"))
            for row in near:
                copy.write_row(row)
        cursor.execute(_STORE)
    Kept.objects.of(brand).filter(pk=brand.pk).update(unmeasured=below)
