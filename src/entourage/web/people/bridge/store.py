"""Standings into the table: a staging table of Arrow's speed, then one exchange that pages see whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from psycopg import sql

from entourage.web.listen.queries import own_accounts
from entourage.web.listen.queries.speaking import ASKING
from entourage.web.people.actions import standings_lock
from entourage.web.people.bridge.log import database

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from entourage.web.core.models import Brand

COLUMNS = {
    "person": "bigint",
    "weeks": "double precision",
    "low": "double precision",
    "high": "double precision",
    "p_alive": "double precision",
    "ring": "smallint",
    "periods_below": "smallint",
    "was_close": "boolean",
    "engaged": "integer",
    "opportunities": "integer",
    "acts": "integer",
    "first_at": "timestamptz",
    "last_at": "timestamptz",
    "weeks_before": "double precision",
    "ring_before": "smallint",
    "movement": "text",
    "warmth": "double precision",
    "warmth_low": "double precision",
    "warmth_high": "double precision",
    "temper": "text",
    "judged": "integer",
    "positive": "integer",
    "negative": "integer",
    "name": "text",
}
_KEPT = [name for name in COLUMNS if name != "person"]
_WRITTEN = [*_KEPT, "asked", "answered"]

# What the brand wrote, and to which threads; small beside what it answers, and measured before it is joined.
_OURS = """
CREATE TEMPORARY TABLE people_ours ON COMMIT DROP AS
SELECT reply_to, context, toward_id, at FROM listen_activity
WHERE account_id = ANY(%(own)s) AND deleted_at IS NULL
"""
_DIRECT = """
CREATE TEMPORARY TABLE people_direct ON COMMIT DROP AS
SELECT DISTINCT reply_to AS id FROM people_ours WHERE reply_to IS NOT NULL
"""
_THREADED = """
CREATE TEMPORARY TABLE people_threaded ON COMMIT DROP AS
SELECT context, toward_id, max(at) AS at FROM people_ours
WHERE context IS NOT NULL AND toward_id IS NOT NULL GROUP BY context, toward_id
"""
# What calls for an answer, and whether one came: a reply to it, or a later word in its thread to its author.
_ASKED = """
CREATE TEMPORARY TABLE people_asked ON COMMIT DROP AS
SELECT account.person_id AS person, count(*)::integer AS asked,
       count(*) FILTER (WHERE direct.id IS NOT NULL OR threaded.at >= told.at)::integer AS answered
FROM listen_activity told
JOIN listen_account account ON account.id = told.account_id AND account.role = 'public'
LEFT JOIN people_direct direct ON direct.id = told.id
LEFT JOIN people_threaded threaded ON threaded.context = told.context AND threaded.toward_id = told.account_id
WHERE told.brand_id = %(brand)s AND told.deleted_at IS NULL AND told.toward_id = ANY(%(own)s)
  AND told.act = ANY(%(asking)s) AND told.at < %(at)s
GROUP BY account.person_id
"""
_ANSWERS = {"people_ours": _OURS, "people_direct": _DIRECT, "people_threaded": _THREADED, "people_asked": _ASKED}
# Whoever was erased, marked or left alone since the log was read gets no standing.
_FRESH = f"""
CREATE TEMPORARY TABLE people_fresh ON COMMIT DROP AS
SELECT staged.person AS person_id, {", ".join(f"staged.{name}" for name in _KEPT)},
       coalesce(people_asked.asked, 0) AS asked, coalesce(people_asked.answered, 0) AS answered
FROM {{staged}} staged
JOIN people_person person ON person.id = staged.person AND person.kind = 'public' AND person.left_alone_at IS NULL
LEFT JOIN people_asked ON people_asked.person = staged.person
ORDER BY staged.person
"""
# Three statements and not one that inserts or else updates: that one would lock, and so write, every row that stays.
_DROP_OTHERS = """
DELETE FROM people_standing gone
WHERE brand_id = %(brand)s AND NOT EXISTS (SELECT FROM people_fresh fresh WHERE fresh.person_id = gone.person_id)
"""
_CHANGE = f"""
UPDATE people_standing stands SET {", ".join(f"{name} = fresh.{name}" for name in _WRITTEN)}
FROM people_fresh fresh
WHERE stands.person_id = fresh.person_id AND stands.brand_id = %(brand)s
  AND ({", ".join(f"stands.{name}" for name in _WRITTEN)})
      IS DISTINCT FROM ({", ".join(f"fresh.{name}" for name in _WRITTEN)})
"""
_ADD = f"""
INSERT INTO people_standing (person_id, brand_id, {", ".join(_WRITTEN)})
SELECT fresh.person_id, %(brand)s, {", ".join(f"fresh.{name}" for name in _WRITTEN)}
FROM people_fresh fresh
WHERE NOT EXISTS (SELECT FROM people_standing stands WHERE stands.person_id = fresh.person_id)
"""


def stage(brand: Brand, standings: pa.Table) -> sql.Identifier:
    """Write the rows beside the table, outside any transaction of Django; the caller holds the brand's lock."""
    name = f"people_standing_staged_{brand.pk}"
    columns = ", ".join(f"{column} {kind}" for column, kind in COLUMNS.items())
    with database() as arrow, arrow.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE UNLOGGED TABLE {name} ({columns})")
        if len(standings):
            cursor.adbc_ingest(name, standings.select(list(COLUMNS)), mode="append")
        arrow.commit()
    return sql.Identifier(name)


def exchange(brand: Brand, staged: sql.Identifier, *, at: datetime) -> int:
    """Put the staged rows in the place of the old ones, in the caller's transaction; how many people stand now."""
    own = list(own_accounts(brand).values_list("pk", flat=True))
    about: dict[str, Any] = {"brand": brand.pk, "at": at, "own": own, "asking": list(ASKING)}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(sql.SQL("ANALYZE {}").format(staged))
        for name, statement in _ANSWERS.items():
            cursor.execute(statement, about)
            cursor.execute(f"ANALYZE {name}")
        standings_lock(brand.pk)
        cursor.execute(sql.SQL(_FRESH).format(staged=staged))
        cursor.execute("CREATE UNIQUE INDEX ON people_fresh (person_id)")
        cursor.execute("ANALYZE people_fresh")
        for statement in (_DROP_OTHERS, _CHANGE, _ADD):
            cursor.execute(statement, about)
        cursor.execute(sql.SQL("DROP TABLE {}, people_fresh").format(staged))
        cursor.execute(f"DROP TABLE {', '.join(_ANSWERS)}")
        # The next page must not be planned for the table as it was.
        cursor.execute("ANALYZE people_standing")
        cursor.execute("SELECT count(*) FROM people_standing WHERE brand_id = %(brand)s", about)
        return int(cursor.fetchone()[0])
