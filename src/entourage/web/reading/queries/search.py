"""Search: words matched by PostgreSQL itself, and what a job found by meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists

from entourage.web.listen.models import Activity
from entourage.web.reading.models import Indexing, Search, SearchState, Unindexed
from entourage.web.reading.queries.teaching import MOVES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from entourage.web.core.models import Brand

#: The languages whose word endings full-text search knows (migration 0005).
STEMMED = ("de", "en", "es", "fr", "it", "pt")
#: The newest messages whose words match; more of a common word are no answer.
MATCHED = 300
#: A search is a question, not a text.
LONGEST = 200
#: With so many matches of all the words, those of some of them are not looked for.
ENOUGH = 20
TWO = 2
#: How long an answer is shown again: as long as it is kept.
FRESH = timedelta(hours=1)
_EXACT = re.compile(r'"|(?:^|\s)-\w')


@dataclass(frozen=True, slots=True)
class Hit:
    """A message found: how alike its meaning is (per mille, none where only words match), copies behind it."""

    activity: Activity
    cosine: int | None
    matched: bool
    copies: int

    @property
    def share(self) -> float | None:
        """The likeness as a share, for a bar."""
        return None if self.cosine is None else self.cosine / 1000


def exact(words: str) -> bool:
    """Whether it asks for exact words: a phrase in quotation marks, or a word left out."""
    return bool(_EXACT.search(words))


def matching(brand: Brand, words: str, *, since: datetime | None = None, limit: int = MATCHED) -> list[UUID]:
    """The messages whose words match, in any of the languages' own stems without accents; the best first.

    Where few hold all the words, those that hold some of them follow. Of very common words only the newest matches are
    ranked.
    """
    found = _matched(brand, words, since=since, limit=limit)
    several = words.split()
    if len(found) >= ENOUGH or len(several) < TWO or exact(words):
        return found
    some = _matched(brand, " or ".join(several), since=since, limit=limit)
    return list(dict.fromkeys([*found, *some]))[:limit]


def _matched(brand: Brand, words: str, *, since: datetime | None, limit: int) -> list[UUID]:
    branches = " OR ".join(f"(told.language = '{one}' AND told.words @@ asked.{one})" for one in STEMMED)
    asked = ", ".join(f"websearch_to_tsquery('reading_{one}', %(words)s) AS {one}" for one in (*STEMMED, "plain"))
    ranks = " ".join(f"WHEN '{one}' THEN asked.{one}" for one in STEMMED)
    query = f"""
        SELECT id FROM (
            SELECT told.id, told.at, ts_rank_cd(told.words, CASE told.language {ranks} ELSE asked.plain END) AS rank
            FROM reading_words told, (SELECT {asked}) asked
            WHERE told.brand_id = %(brand)s {"AND told.at >= %(since)s" if since else ""}
              AND ({branches} OR (told.language <> ALL(%(stemmed)s) AND told.words @@ asked.plain))
            ORDER BY told.at DESC LIMIT %(limit)s
        ) newest ORDER BY rank DESC, at DESC, id
    """
    told: dict[str, Any] = {
        "words": words, "brand": brand.pk, "since": since, "limit": limit, "stemmed": list(STEMMED),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return [key for (key,) in cursor.fetchall()]


def hits(brand: Brand, found: Sequence[Sequence[Any]], *, limit: int) -> list[Hit]:
    """The messages of a search as it was kept, the best first; those that have gone since are absent. One query."""
    keys = [UUID(str(row[0])) for row in found]
    rows = Activity.objects.of(brand).filter(pk__in=keys, deleted_at=None).select_related("account")
    there = {row.pk: row for row in rows}
    told = zip(keys, found, strict=True)
    return [Hit(there[key], row[1], bool(row[2]), int(row[3])) for key, row in told if key in there][:limit]


def fresh_search(brand: Brand, *, words: str, like: UUID | None, since: datetime | None, at: datetime) -> Search | None:
    """The same question as it was asked last, if it waits, failed, or was answered after the last indexing."""
    asked = Search.objects.of(brand).filter(words=words, like=like, since=since, asked_at__gt=at - FRESH)
    newest: Search | None = asked.order_by("-asked_at").first()
    if newest is None or newest.finished_at is None or newest.state == SearchState.FAILED:
        return newest
    indexed = Indexing.objects.of(brand).values_list("finished_at", flat=True).first()
    return newest if indexed is None or indexed < newest.finished_at else None


def indexing(brand: Brand, *, now: datetime) -> dict[str, Any]:
    """How far the messages are indexed, for the pages that rest on it: the row only while something moves.

    Between two turns of the worker, messages still wait. Figures that have not moved for long are of a process that
    was killed.
    """
    rows = Indexing.objects.of(brand).annotate(waits=Exists(Unindexed.objects.of(brand)))
    row: Any = rows.filter(pk=brand.pk).first()
    moves = bool(row and row.moved_at and now - row.moved_at < MOVES)
    over = bool(row and row.total is None and not row.waits)
    return {"indexing": row if moves and not over else None, "indexed": bool(row and row.finished_at), "over": over}
