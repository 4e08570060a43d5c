"""Indexing a brand's messages: a vector, its words and its nearness to the territory for each that was read.

Streamed like the reading itself, a batch a transaction: killed anywhere and run again, the rows are the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection, transaction

from entourage.engine.text.close import CloseEncoder, installed
from entourage.engine.text.encoder import fast, see
from entourage.engine.text.meaning.nearest import packed
from entourage.engine.text.plain import READ_CHARS
from entourage.web.core.locks import alone
from entourage.web.listen.actions import intake_lock
from entourage.web.reading.bridge.territories import mark_out, outgrown, territory_of
from entourage.web.reading.models import Indexing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from entourage.engine.text.encoder import Encoder, Seen
    from entourage.engine.text.meaning.territory import Territory
    from entourage.web.core.models import Brand

BATCH = 5_000
#: Messages indexed in one turn of the worker: some seconds, or a minute with the close encoder.
TURN = 20_000
MILLE = 1000

_OTHERS = "DELETE FROM reading_vector WHERE brand_id = %(brand)s AND encoder <> %(encoder)s"
# Only keys are kept aside; the words are fetched batch by batch, so that memory stays flat.
_WAITING = """
CREATE TEMPORARY TABLE reading_unindexed AS
SELECT row_number() OVER (ORDER BY done.at DESC, done.id) AS place, done.id
FROM reading_reading done
WHERE done.brand_id = %(brand)s AND NOT EXISTS (SELECT FROM reading_vector known WHERE known.id = done.id)
ORDER BY done.at DESC, done.id LIMIT %(most)s
"""
_FETCH = """
SELECT told.id, told.text
FROM reading_unindexed waiting JOIN listen_activity told ON told.id = waiting.id
WHERE waiting.place > %(place)s AND waiting.place <= %(place)s + %(batch)s AND told.deleted_at IS NULL
ORDER BY waiting.place
"""
_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS reading_vector_staged
    (id uuid, vector bytea, nearness smallint, words uuid) ON COMMIT DELETE ROWS;
DELETE FROM reading_vector_staged
"""
# Whoever was erased, and whatever was edited while it was being encoded, is not stored.
_STORE = """
INSERT INTO reading_vector (id, brand_id, account_id, at, encoder, vector, nearness)
SELECT done.id, done.brand_id, done.account_id, done.at, %(encoder)s, staged.vector, staged.nearness
FROM reading_vector_staged staged
JOIN reading_reading done ON done.id = staged.id
JOIN listen_activity told ON told.id = staged.id AND md5(told.text)::uuid = staged.words
ON CONFLICT (id) DO UPDATE SET
    encoder = excluded.encoder, vector = excluded.vector, nearness = excluded.nearness, number = excluded.number
"""
CONFIGURATION = f"""
CASE {{language}} {" ".join(f"WHEN '{one}' THEN 'reading_{one}'" for one in ("de", "en", "es", "fr", "it", "pt"))}
ELSE 'reading_plain' END::regconfig
"""
_WORDS = f"""
INSERT INTO reading_words (id, brand_id, at, language, words)
SELECT done.id, done.brand_id, done.at, done.language,
       to_tsvector({CONFIGURATION.format(language="done.language")}, left(told.text, {READ_CHARS}))
FROM reading_vector_staged staged
JOIN reading_reading done ON done.id = staged.id
JOIN listen_activity told ON told.id = staged.id AND md5(told.text)::uuid = staged.words
ON CONFLICT (id) DO NOTHING
"""


def encoder() -> Encoder:
    """Who turns this installation's messages into vectors: as the setting says, the close one where it is installed."""
    if settings.MEANING == "fast" or (settings.MEANING == "auto" and not installed()):
        return fast()
    return CloseEncoder()


def seen_by(reader: Encoder, texts: Sequence[str]) -> Seen:
    """Texts as heads see them; the fast encoder makes its vectors from what it reads them for anyway."""
    return see(texts, None if reader.id == fast().id else reader)


def index(brand: Brand, *, most: int | None = None, progress: Callable[[int, int], None] | None = None) -> int:
    """Index the messages that were read and are not indexed yet, newest first; how many were.

    Vectors of another encoder are made anew. A second run of the same brand waits for the first.

    Parameters
    ----------
    most : no more than so many; all where it is not given
    progress : called with the messages indexed and the messages to index
    """
    reader = encoder()
    with alone("reading.index", brand.pk):
        if outgrown(brand, reader):
            mark_out(brand, reader, now=datetime.now(UTC), progress=progress)
        territory = territory_of(brand, reader)
        with _waiting(brand, reader, most) as total:
            done = 0
            while done < total:
                _one_batch(brand, reader, territory, place=done)
                done = min(done + BATCH, total)
                _show(brand, done, total)
                (progress or _unseen)(done, total)
        _show(brand, total, None)
        return total


@contextmanager
def _waiting(brand: Brand, reader: Encoder, most: int | None) -> Iterator[int]:
    """The messages that wait, set down once; how many there are."""
    told: dict[str, Any] = {"brand": brand.pk, "encoder": reader.id, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, told)
        cursor.execute("DROP TABLE IF EXISTS reading_unindexed")
        cursor.execute(_WAITING, told)
        total = int(cursor.rowcount)
        cursor.execute("CREATE INDEX ON reading_unindexed (place)")
        cursor.execute("ANALYZE reading_unindexed")
    try:
        yield total
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS reading_unindexed")


def _one_batch(brand: Brand, reader: Encoder, territory: Territory | None, *, place: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FETCH, {"place": place, "batch": BATCH})
        rows: list[tuple[UUID, str]] = cursor.fetchall()
    if not rows:
        return
    seen = seen_by(reader, [text for _, text in rows])
    near = np.rint(territory.nearness(seen) * MILLE).astype(int).tolist() if territory else [None] * len(rows)
    _store(brand, reader, rows, zip(packed(seen.vectors), near, strict=True))


@transaction.atomic
def _store(brand: Brand, reader: Encoder, rows: list[tuple[UUID, str]], read: Iterator[tuple[Any, int | None]]) -> None:
    # Nobody imports or erases between our look at the rows and their storing.
    intake_lock(brand)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.cursor.copy("COPY reading_vector_staged FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(("uuid", "bytea", "int2", "uuid"))
            for (key, text), (vector, near) in zip(rows, read, strict=True):
                copy.write_row((key, vector.tobytes(), near, _fingerprint(text)))
        cursor.execute(_STORE, {"encoder": reader.id})
        cursor.execute(_WORDS)


def _fingerprint(text: str) -> UUID:
    return UUID(bytes=md5(text.encode(), usedforsecurity=False).digest())


def _show(brand: Brand, done: int, total: int | None) -> None:
    """Move the figures that pages show; no total once all is done."""
    now = datetime.now(UTC)
    moved: dict[str, Any] = {"done": done, "total": total, "moved_at": now}
    if total is None:
        moved["finished_at"] = now
    Indexing.objects.of(brand).update_or_create(brand=brand, defaults=moved)


def _unseen(_done: int, _total: int) -> None: ...
