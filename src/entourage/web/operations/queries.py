"""What the operations room reads: operations, who took part, and what in the log looks like one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from entourage.web.listen.keys import activity_key
from entourage.web.listen.models import AccountRole, Activity
from entourage.web.operations.models import Operation, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Brand

#: Fewer than this many people, and a hashtag is a coincidence rather than an operation.
FEWEST = 20
#: A hashtag used over more than this is a habit of the brand; an operation has an end.
LONGEST = timedelta(days=60)
#: Acts that count as taking part; those of presence (like, follow, view) are told apart everywhere.
PARTICIPATING = ("reply", "comment", "mention", "share", "message", "review", "idea", "help", "purchase")

#: Rows of a page.
ROWS = 50

Where = tuple[str, list[Any]]


def operations_of(brand: Brand) -> list[Operation]:
    """All operations, the latest first."""
    return list(Operation.objects.of(brand).order_by("-ends_at", "-id"))


def mark(operation: Operation, *, alias: str = "a") -> Where:
    """The SQL condition that an activity carries the operation's mark; true for all where it has none but its dates."""
    told: list[Where] = []
    if operation.origin:
        told.append((f"{alias}.origin = %s", [operation.origin]))
    if operation.hashtag:
        told.append((f"{alias}.tags @> ARRAY[%s]::text[]", [operation.hashtag.lstrip("#").lower()]))
    if operation.post:
        keys = _keys_of_post(operation)
        told.append((f"({alias}.reply_to = ANY(%s) OR {alias}.context = ANY(%s))", [keys, keys]))
    if not told:
        return "true", []
    return "(" + " OR ".join(f"coalesce({one}, false)" for one, _ in told) + ")", [
        p for _, given in told for p in given
    ]


def has_mark(operation: Operation) -> bool:
    """Whether more than its dates tells the operation's acts apart."""
    return bool(operation.origin or operation.hashtag or operation.post)


def taking_part(operation: Operation, *, alias: str = "a") -> Where:
    """The SQL condition of an act in the operation: its dates and its mark."""
    condition, given = mark(operation, alias=alias)
    return f"({alias}.at BETWEEN %s AND %s AND {condition})", [operation.starts_at, operation.ends_at, *given]


def marked(operations: Sequence[Operation], *, alias: str = "a") -> Where:
    """The SQL condition of an act in any of the operations that have a mark; false without any."""
    told = [taking_part(operation, alias=alias) for operation in operations if has_mark(operation)]
    if not told:
        return "false", []
    return "(" + " OR ".join(one for one, _ in told) + ")", [p for _, given in told for p in given]


def entries(brand: Brand) -> Where:
    """The SQL condition of an entry in any marked operation of the brand."""
    return marked(operations_of(brand))


def suggested(brand: Brand) -> list[Suggestion]:
    """What the log suggests and no operation has yet, the most people first."""
    known = operations_of(brand)
    tags, origins = {one.hashtag for one in known}, {one.origin for one in known}
    found = Suggestion.objects.of(brand).order_by("-people", "id")
    return [one for one in found if (one.hashtag or None) not in tags and (one.origin or None) not in origins]


def count_in_log(operation: Operation) -> tuple[int, int]:
    """How many people took part, with how many acts; reads all acts within the dates, so not for a page."""
    condition, given = taking_part(operation)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(condition=condition), [operation.brand_id, list(PARTICIPATING), *given])
        people, acts = cursor.fetchone()
    return int(people), int(acts)


def find_in_log(brand: Brand, *, since: datetime, until: datetime) -> list[Suggestion]:
    """Hashtags and column values that many people used within a short time; reads the whole stretch, not for a page."""
    asked: dict[str, Any] = {
        "brand": brand.pk, "since": since, "until": until, "fewest": FEWEST, "longest": LONGEST.total_seconds(),
        "acts": list(PARTICIPATING),
    }  # fmt: skip
    names = ("hashtag", "origin", "starts_at", "ends_at", "people")
    with connection.cursor() as cursor:
        cursor.execute(_SUGGEST, asked)
        return [Suggestion(brand=brand, **dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Part:
    """One act in an operation: who, what, when."""

    person_id: int | None
    name: str
    act: str
    at: datetime
    text: str


def acts_of(operation: Operation, *, before: str = "") -> tuple[list[Part], str]:
    """The acts of an operation, the newest first, fifty at a time; and the place of the next ones, if any."""
    condition, given = taking_part(operation)
    moment = parse_datetime(before.replace(" ", "+")) if before else None
    until = moment if moment and moment.tzinfo else operation.ends_at + timedelta(microseconds=1)
    with connection.cursor() as cursor:
        cursor.execute(_ACTS.format(condition=condition),
                       [operation.brand_id, until, list(PARTICIPATING), *given, ROWS + 1])  # fmt: skip
        rows = [Part(*row) for row in cursor.fetchall()]
    return rows[:ROWS], rows[ROWS - 1].at.isoformat() if len(rows) > ROWS else ""


def _keys_of_post(operation: Operation) -> list[UUID]:
    """The post's key, found by its link or its network's id among what the brand's own accounts published."""
    own = Activity.objects.of(operation.brand_id).filter(
        Q(url=operation.post) | Q(network_id=operation.post), account__role=AccountRole.OWN
    )
    found = list(own.values_list("id", flat=True)[:10])
    return found or _keys_of_id(operation)


def _keys_of_id(operation: Operation) -> list[UUID]:
    """The keys that the post would have on each network, where the post itself was not imported."""
    from uuid import UUID

    networks = ("facebook", "instagram", "x", "mastodon", "bluesky", "youtube", "linkedin", "reddit", "file")
    return [UUID(bytes=activity_key(operation.brand_id, network, operation.post)) for network in networks]


_COUNT = """
SELECT count(DISTINCT c.person_id), count(*)
FROM listen_activity a JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
WHERE a.brand_id = %s AND a.act = ANY(%s) AND a.deleted_at IS NULL AND {condition}
"""

_ACTS = """
SELECT c.person_id, coalesce(e.name, nullif(c.name, ''), c.handle), a.act, a.at, a.text
FROM listen_activity a
JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
LEFT JOIN people_person e ON e.id = c.person_id
WHERE a.brand_id = %s AND a.at < %s AND a.act = ANY(%s) AND a.deleted_at IS NULL AND {condition}
ORDER BY a.at DESC, a.id LIMIT %s
"""

# A hashtag counts from the first to the last ten per cent of its uses: one early use must not stretch the dates.
_SUGGEST = """
WITH used AS (
    SELECT lower(t.tag) AS tag, '' AS origin, a.at, c.person_id
    FROM listen_activity a
    JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
    CROSS JOIN LATERAL unnest(a.tags) AS t(tag)
    WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.tags IS NOT NULL
      AND a.act = ANY(%(acts)s) AND a.deleted_at IS NULL
    UNION ALL
    SELECT '', a.origin, a.at, c.person_id
    FROM listen_activity a
    JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
    WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.origin <> ''
      AND a.act = ANY(%(acts)s) AND a.deleted_at IS NULL
), told AS (
    SELECT tag, origin, count(DISTINCT person_id) AS people,
           percentile_disc(0.02) WITHIN GROUP (ORDER BY at) AS early,
           percentile_disc(0.98) WITHIN GROUP (ORDER BY at) AS late
    FROM used GROUP BY tag, origin
)
SELECT tag, origin, early, late, people FROM told
WHERE people >= %(fewest)s AND extract(epoch FROM late - early) <= %(longest)s AND late > early
ORDER BY people DESC LIMIT 8
"""
