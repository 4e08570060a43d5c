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
from entourage.web.operations.models import Operation

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


@dataclass(frozen=True, slots=True)
class Counted:
    """An operation and how many people took part, with how many acts."""

    operation: Operation
    people: int
    acts: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something in the log that looks like an operation: a hashtag or a column's value, its dates and its people."""

    hashtag: str
    origin: str
    starts_at: datetime
    ends_at: datetime
    people: int

    @property
    def name(self) -> str:
        return f"#{self.hashtag}" if self.hashtag else self.origin


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


def counted(brand: Brand, operations: Sequence[Operation]) -> list[Counted]:
    """Each operation with its people and acts, in one query."""
    if not operations:
        return []
    parts = [_count_sql(brand, place, operation) for place, operation in enumerate(operations)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [p for _, given in parts for p in given])
        found = {place: (people, acts) for place, people, acts in cursor.fetchall()}
    return [Counted(operation, *found[place]) for place, operation in enumerate(operations)]


def suggestions(brand: Brand, *, since: datetime, until: datetime) -> list[Suggestion]:
    """Hashtags and column values that many people used within a short time and that no operation has yet."""
    with connection.cursor() as cursor:
        cursor.execute(_SUGGEST, {"brand": brand.pk, "since": since, "until": until, "fewest": FEWEST,
                                  "longest": LONGEST.total_seconds(), "acts": list(PARTICIPATING)})  # fmt: skip
        found = [Suggestion(*row) for row in cursor.fetchall()]
    known = {(o.hashtag.lower(), o.origin) for o in operations_of(brand)}
    tags, origins = {tag for tag, _ in known if tag}, {origin for _, origin in known if origin}
    return [one for one in found if one.hashtag not in tags and one.origin not in origins]


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


def _count_sql(brand: Brand, place: int, operation: Operation) -> Where:
    condition, given = taking_part(operation)
    return (
        f"""SELECT {place}, count(DISTINCT c.person_id), count(*)
            FROM listen_activity a JOIN listen_account c ON c.id = a.account_id AND c.role = 'public'
            WHERE a.brand_id = %s AND a.act = ANY(%s) AND a.deleted_at IS NULL AND {condition}""",
        [brand.pk, list(PARTICIPATING), *given],
    )


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
