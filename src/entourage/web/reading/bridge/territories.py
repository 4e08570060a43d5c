"""The brand's territory: drawn from what it says itself, and every message's nearness to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction

from entourage.engine.errors import NotEnoughData
from entourage.engine.text.encoder import Seen
from entourage.engine.text.features import features
from entourage.engine.text.meaning.everyday import CHATTER
from entourage.engine.text.meaning.nearest import unpacked
from entourage.engine.text.meaning.territory import MOST, Territory, territory
from entourage.web.listen.actions import intake_lock
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.waiting import WORDED
from entourage.web.reading.models import Territory as Kept
from entourage.web.reading.queries.territory import about_from

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand

MILLE = 1000
BATCH = 5_000
#: Own texts that are looked at: copies among them are left out by the engine, so more than it takes.
READ = 2 * MOST
#: The territory is drawn anew when the brand has said a quarter more.
GROWN = 1.25

# Answers are among them: the service around a product is what a brand is about, too.
_OWN = """
SELECT told.text FROM listen_activity told
JOIN listen_account account ON account.id = told.account_id AND account.role = 'own'
WHERE told.brand_id = %(brand)s AND told.deleted_at IS NULL AND told.text <> '' AND told.act = ANY(%(worded)s)
ORDER BY told.at DESC, told.id LIMIT %(most)s
"""
_FETCH = """
SELECT known.number, known.id, told.text, known.vector FROM reading_vector known
JOIN listen_activity told ON told.id = known.id
WHERE known.brand_id = %(brand)s AND known.encoder = %(encoder)s AND known.number < %(below)s
ORDER BY known.number DESC LIMIT %(batch)s
"""
_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS reading_near_staged (id uuid, nearness smallint) ON COMMIT DELETE ROWS;
DELETE FROM reading_near_staged
"""
_STORE = """
UPDATE reading_vector SET nearness = staged.nearness FROM reading_near_staged staged WHERE reading_vector.id = staged.id
"""
# People and standings belong to a room above: they are read by their tables, and only counted.
_TALK = """
FROM reading_vector told
JOIN listen_activity act ON act.id = told.id
LEFT JOIN listen_account toward ON toward.id = act.toward_id
JOIN listen_account account ON account.id = told.account_id
LEFT JOIN people_person person ON person.id = account.person_id
LEFT JOIN people_standing stands ON stands.person_id = account.person_id
WHERE told.brand_id = %(brand)s AND told.at >= %(at)s - interval '13 weeks' AND told.at < %(at)s
  AND told.nearness IS NOT NULL AND person.left_alone_at IS NULL AND coalesce(person.kind, 'public') = 'public'
  AND (act.toward_id IS NULL OR toward.role = 'own')
"""
_COUNTED = f"SELECT {{by}}, count(*), count(*) FILTER (WHERE told.nearness >= %(from)s) {_TALK} GROUP BY 1"
_BY_RING = _COUNTED.format(by="coalesce(stands.ring, -1)")
_BY_WEEK = _COUNTED.format(by="12 - floor(extract(epoch FROM %(at)s - told.at) / 604800)::int")


def territory_of(brand: Brand, reader: Encoder) -> Territory | None:
    """The territory as it is kept, where it still says what the brand is about by this encoder."""
    kept = Kept.objects.of(brand).filter(encoder=reader.id, kept__isnull=False).first()
    return Territory.from_bytes(bytes(kept.kept or b"")) if kept else None


def outgrown(brand: Brand, reader: Encoder) -> bool:
    """Whether it must be drawn: never was, by another encoder, other words were given, or the brand has said more."""
    kept = Kept.objects.of(brand).filter(pk=brand.pk).first()
    if kept is None or kept.encoder != reader.id or kept.made_at is None:
        return True
    if kept.changed_at and kept.changed_at > kept.made_at:
        return True
    return bool(len(_own(brand)) > max(kept.own * GROWN, kept.own + 1))


def mark_out(
    brand: Brand, reader: Encoder, *, now: datetime, progress: Callable[[int, int], None] | None = None
) -> Territory | None:
    """Draw the territory from what the brand says, measure every message against it, then keep it.

    It is kept last: killed before, it is drawn again. Too little said: none, and the reason on its row.
    """
    row, _ = Kept.objects.of(brand).get_or_create(brand=brand)
    own = _own(brand)
    facts: dict[str, Any] = {"encoder": reader.id, "own": len(own), "made_at": now, "error": ""}
    spoken = [code for code in brand.languages if code in CHATTER] or list(CHATTER)
    try:
        drawn = territory(own, words=row.given, languages=spoken, encoder=reader)
    except NotEnoughData as error:
        Kept.objects.of(brand).update(**facts | {"error": str(error), "kept": None, "texts": 0, "counts": {}})
        return None
    _measure(brand, reader, drawn, progress)
    edges = {"usual": round(drawn.usual * MILLE), "most": round(drawn.most * MILLE)}
    Kept.objects.of(brand).update(**facts, **edges, kept=drawn.to_bytes(), texts=drawn.texts)
    return drawn


def count_talk(brand: Brand) -> None:
    """Count the last quarter's messages, and those about what the brand does, by ring and by week."""
    row = Kept.objects.of(brand).filter(kept__isnull=False).first()
    if row is None:
        return
    at = horizon_end(brand)
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"brand": brand.pk, "at": at, "from": about_from(row)}
        cursor.execute(_BY_RING, asked)
        rings = {str(ring): [messages, about] for ring, messages, about in cursor.fetchall()}
        cursor.execute(_BY_WEEK, asked)
        weeks = {int(week): [messages, about] for week, messages, about in cursor.fetchall()}
    told = [weeks.get(week, [0, 0]) for week in range(13)]
    Kept.objects.of(brand).update(counts={"at": at.isoformat(), "rings": rings, "weeks": told})


def _own(brand: Brand) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OWN, {"brand": brand.pk, "worded": list(WORDED), "most": READ})
        return [text for (text,) in cursor.fetchall()]


def _measure(brand: Brand, reader: Encoder, drawn: Territory, progress: Callable[[int, int], None] | None) -> None:
    """Every message's nearness, newest written first."""
    below, done = 2**62, 0
    while rows := _fetch(brand, reader, below):
        near = np.rint(drawn.nearness(_seen(reader, rows)) * MILLE).astype(int).tolist()
        _store(brand, [(row[1], one) for row, one in zip(rows, near, strict=True)])
        below, done = rows[-1][0], done + len(rows)
        if progress:
            progress(done, done)


def _seen(reader: Encoder, rows: list[tuple[int, UUID, str, bytes]]) -> Seen:
    """The messages as heads see them: with the vectors that are there, for an encoder may be slow."""
    packed = np.frombuffer(b"".join(bytes(row[3]) for row in rows), np.int8).reshape(len(rows), -1)
    return Seen(reader.id, unpacked(packed), features([row[2] for row in rows]))


def _fetch(brand: Brand, reader: Encoder, below: int) -> list[tuple[int, UUID, str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_FETCH, {"brand": brand.pk, "encoder": reader.id, "below": below, "batch": BATCH})
        rows: list[tuple[int, UUID, str, bytes]] = cursor.fetchall()
    return rows


@transaction.atomic
def _store(brand: Brand, near: list[tuple[UUID, int]]) -> None:
    intake_lock(brand)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.cursor.copy("COPY reading_near_staged FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(("uuid", "int2"))
            for row in near:
                copy.write_row(row)
        cursor.execute(_STORE)
