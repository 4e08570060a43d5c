"""Which messages wait to be read: found once, newest first, then fetched in batches."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Brand

#: Messages read at once: enough that a round trip does not count, little enough that the page's figure moves.
BATCH = 5_000
#: Acts that bear words.
WORDED = ("post", "reply", "comment", "mention", "message", "review", "idea", "help")

# The table holds only keys; the words are fetched batch by batch, so that memory stays flat.
_UNREAD = """
CREATE TEMPORARY TABLE reading_waiting AS
SELECT row_number() OVER (ORDER BY told.at DESC, told.id) AS place, told.id
FROM listen_activity told
JOIN listen_account account ON account.id = told.account_id AND account.role = 'public'
WHERE told.brand_id = {brand} AND told.deleted_at IS NULL AND told.text <> '' AND told.act = ANY(%(worded)s) {span}
  AND NOT EXISTS (SELECT FROM reading_reading done WHERE done.id = told.id)
"""
_OLDER = """
CREATE TEMPORARY TABLE reading_waiting AS
SELECT row_number() OVER (ORDER BY done.at DESC, done.id) AS place, done.id
FROM (SELECT id, at FROM reading_reading
      WHERE brand_id = {brand} AND at >= %(since)s AND reader <> %(reader)s ORDER BY at DESC LIMIT %(most)s) done
"""
_FETCH = """
SELECT told.id, told.account_id, told.at, told.text, waiting.place
FROM reading_waiting waiting JOIN listen_activity told ON told.id = waiting.id
WHERE waiting.place > %(place)s AND waiting.place <= %(place)s + %(batch)s AND told.deleted_at IS NULL
ORDER BY waiting.place
"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits to be read."""

    id: UUID
    account_id: UUID
    at: datetime
    text: str


class Waiting:
    """The messages that wait, as they were found; ``total`` of them."""

    def __init__(self, total: int) -> None:
        self.total = total

    def batches(self) -> Iterator[list[Message]]:
        """Their words, so many at a time."""
        for place in range(0, self.total, BATCH):
            with connection.cursor() as cursor:
                cursor.execute(_FETCH, {"place": place, "batch": BATCH})
                yield [Message(*row[:4]) for row in cursor.fetchall()]


@contextmanager
def unread(brand: Brand, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[Waiting]:
    """The messages of a brand that nobody has read, of all times or of a span (both ends included)."""
    edges = {"told.at >= %(since)s": since, "told.at <= %(until)s": until}
    span = "".join(f" AND {edge}" for edge, moment in edges.items() if moment)
    about = {"worded": list(WORDED), "since": since, "until": until}
    with _found(_UNREAD.format(brand=int(brand.pk), span=span), about) as waiting:
        yield waiting


@contextmanager
def read_by_another(brand: Brand, *, reader: str, since: datetime, most: int) -> Iterator[Waiting]:
    """The newest messages since a moment that another reader than this one has read."""
    with _found(_OLDER.format(brand=int(brand.pk)), {"reader": reader, "since": since, "most": most}) as waiting:
        yield waiting


@contextmanager
def _found(statement: str, about: dict[str, Any]) -> Iterator[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS reading_waiting")
        cursor.execute(statement, about)
        total: int = cursor.rowcount
        if total > BATCH:
            cursor.execute("CREATE UNIQUE INDEX ON reading_waiting (place)")
            cursor.execute("ANALYZE reading_waiting")
    yield Waiting(total)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE reading_waiting")
