"""Indexing a brand's messages: a vector, its words and its nearness to the territory for each that was read.

Streamed like the reading itself, a batch a transaction: killed anywhere and run again, the rows are the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.db import connection, transaction

from entourage.engine.text.close import CloseEncoder, installed
from entourage.engine.text.encoder import fast, see
from entourage.engine.text.meaning.nearest import packed
from entourage.engine.text.plain import READ_CHARS
from entourage.web.core.locks import alone
from entourage.web.listen.actions import intake_lock
from entourage.web.reading.bridge.measuring import measured, to_measure
from entourage.web.reading.bridge.territories import mark_out, outgrown, territory_of
from entourage.web.reading.keys import md5_of
from entourage.web.reading.models import MILLE, Indexing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from entourage.engine.text.encoder import Encoder, Seen
    from entourage.engine.text.meaning.territory import Territory
    from entourage.web.core.models import Brand

BATCH = 5_000
#: Messages indexed in one turn of the worker: some seconds, or a minute with the close encoder.
TURN = 20_000

# Vectors of another encoder stay until they are made anew: whoever searches asks for those of one encoder.
_OTHERS = """
INSERT INTO reading_unindexed (id, brand_id, at)
SELECT id, brand_id, at FROM reading_vector WHERE brand_id = %(brand)s AND encoder <> %(encoder)s
ON CONFLICT (id) DO NOTHING
"""
# Only keys are kept aside; the words are fetched batch by batch, so that memory stays flat.
_WAITING = """
CREATE TEMPORARY TABLE reading_turn AS
SELECT row_number() OVER (ORDER BY waiting.at DESC, waiting.id) AS place, waiting.id
FROM (SELECT id, at FROM reading_unindexed WHERE brand_id = %(brand)s ORDER BY at DESC, id LIMIT %(most)s) waiting
"""
_FETCH = """
SELECT told.id, told.text
FROM reading_turn turn JOIN listen_activity told ON told.id = turn.id
WHERE turn.place > %(place)s AND turn.place <= %(place)s + %(batch)s AND told.deleted_at IS NULL
ORDER BY turn.place
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
ON CONFLICT (id) DO UPDATE SET language = excluded.language, words = excluded.words
    WHERE reading_words.language <> excluded.language
"""
# What was edited or corrected meanwhile waits on: its words went with the edit, or are the stems of another language.
_INDEXED = """
DELETE FROM reading_unindexed waiting USING reading_vector_staged staged
JOIN reading_reading done ON done.id = staged.id
JOIN reading_words known ON known.id = done.id AND known.language = done.language
WHERE waiting.id = staged.id
"""
# In a statement of its own: with an OR between the two, PostgreSQL goes through the batch anew for each row.
_GONE = """
DELETE FROM reading_unindexed waiting USING reading_turn turn
WHERE waiting.id = turn.id AND turn.place > %(place)s AND turn.place <= %(place)s + %(batch)s
  AND NOT EXISTS (SELECT FROM reading_reading done WHERE done.id = turn.id)
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

    Vectors of another encoder are made anew. Where the territory was drawn anew, messages are then measured against it,
    and counted, too. A second run of the same brand waits for the first.

    Parameters
    ----------
    most : no more than so many; all where it is not given
    progress : called with the messages done and the messages to do
    """
    reader = encoder()
    with alone("reading.index", brand.pk):
        _ask_anew(brand, reader)
        if outgrown(brand, reader):
            mark_out(brand, reader, now=datetime.now(UTC))
        territory = territory_of(brand, reader)
        with _waiting(brand, most) as fresh:
            rest = None if most is None else most - fresh
            total, done = fresh + to_measure(brand, reader, most=rest), 0
            for few in chain(_indexed(brand, reader, territory, fresh), measured(brand, reader, territory, most=rest)):
                done = min(done + few, total)
                _show(brand, done, total)
                (progress or _unseen)(done, total)
        _show(brand, total, None)
        return total


@transaction.atomic
def _ask_anew(brand: Brand, reader: Encoder) -> None:
    """Have the vectors of another encoder made anew; they are looked for only once after it has changed."""
    row, _ = Indexing.objects.of(brand).get_or_create(brand=brand)
    if row.encoder != reader.id:
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS, {"brand": brand.pk, "encoder": reader.id})
        Indexing.objects.of(brand).filter(pk=brand.pk).update(encoder=reader.id)


@contextmanager
def _waiting(brand: Brand, most: int | None) -> Iterator[int]:
    """The messages that wait, set down once; how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS reading_turn")
        cursor.execute(_WAITING, {"brand": brand.pk, "most": most})
        total = int(cursor.rowcount)
        cursor.execute("CREATE INDEX ON reading_turn (place)")
        cursor.execute("ANALYZE reading_turn")
    try:
        yield total
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS reading_turn")


def _indexed(brand: Brand, reader: Encoder, territory: Territory | None, total: int) -> Iterator[int]:
    """Index the messages set down, a batch a transaction; tells how many each batch holds."""
    for place in range(0, total, BATCH):
        _one_batch(brand, reader, territory, place=place)
        yield min(BATCH, total - place)


def _one_batch(brand: Brand, reader: Encoder, territory: Territory | None, *, place: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FETCH, {"place": place, "batch": BATCH})
        rows: list[tuple[UUID, str]] = cursor.fetchall()
    seen = seen_by(reader, [text for _, text in rows])
    near = np.rint(territory.nearness(seen) * MILLE).astype(int).tolist() if territory else [None] * len(rows)
    staged = [
        (key, vector.tobytes(), one, md5_of(text))
        for (key, text), vector, one in zip(rows, packed(seen.vectors), near, strict=True)
    ]
    _store(brand, reader, staged, place=place)


@transaction.atomic
def _store(brand: Brand, reader: Encoder, staged: list[tuple[UUID, bytes, int | None, UUID]], *, place: int) -> None:
    # Nobody imports or erases between our look at the rows and their storing.
    intake_lock(brand)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.cursor.copy("COPY reading_vector_staged FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(("uuid", "bytea", "int2", "uuid"))
            for row in staged:
                copy.write_row(row)
        cursor.execute(_STORE, {"encoder": reader.id})
        cursor.execute(_WORDS)
        cursor.execute(_INDEXED)
        cursor.execute(_GONE, {"place": place, "batch": BATCH})


def _show(brand: Brand, done: int, total: int | None) -> None:
    """Move the figures that pages show; no total once all is done."""
    now = datetime.now(UTC)
    moved: dict[str, Any] = {"done": done, "total": total, "moved_at": now}
    if total is None:
        moved["finished_at"] = now
    Indexing.objects.of(brand).update_or_create(brand=brand, defaults=moved)


def _unseen(_done: int, _total: int) -> None: ...
