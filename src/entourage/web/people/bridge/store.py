"""Standings into the table: a staging table of Arrow's speed, then one exchange that pages see whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from psycopg import sql

from entourage.web.people.bridge.log import database

if TYPE_CHECKING:
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
}
_KEPT = [name for name in COLUMNS if name != "person"]
_WRITTEN = [*_KEPT, "asked", "answered"]

# What calls for an answer, and whether one came: a reply to it, or a later word in its thread to its author.
_ASKED = """
CREATE TEMPORARY TABLE people_asked ON COMMIT DROP AS
WITH own AS (SELECT id FROM listen_account WHERE brand_id = %(brand)s AND role = 'own'),
ours AS MATERIALIZED (
    SELECT told.reply_to, told.context, told.toward_id, told.at FROM listen_activity told
    WHERE told.account_id IN (SELECT id FROM own) AND told.deleted_at IS NULL),
direct AS (SELECT DISTINCT reply_to AS id FROM ours WHERE reply_to IS NOT NULL),
threaded AS (
    SELECT context, toward_id, max(at) AS at FROM ours
    WHERE context IS NOT NULL AND toward_id IS NOT NULL GROUP BY context, toward_id)
SELECT account.person_id AS person, count(*)::integer AS asked,
       count(*) FILTER (WHERE direct.id IS NOT NULL OR threaded.at >= told.at)::integer AS answered
FROM listen_activity told
JOIN listen_account account ON account.id = told.account_id AND account.role = 'public'
LEFT JOIN direct ON direct.id = told.id
LEFT JOIN threaded ON threaded.context = told.context AND threaded.toward_id = told.account_id
WHERE told.brand_id = %(brand)s AND told.deleted_at IS NULL AND told.toward_id IN (SELECT id FROM own)
  AND told.act IN ('reply', 'comment', 'mention', 'message', 'review', 'idea') AND told.at < %(at)s
GROUP BY account.person_id
"""
# Whoever was erased, marked or left alone since the log was read gets no standing.
_EXCHANGE = f"""
INSERT INTO people_standing (person_id, brand_id, {", ".join(_WRITTEN)})
SELECT staged.person, %(brand)s, {", ".join(f"staged.{name}" for name in _KEPT)},
       coalesce(people_asked.asked, 0), coalesce(people_asked.answered, 0)
FROM {{staged}} staged
JOIN people_person person ON person.id = staged.person AND person.kind = 'public' AND person.left_alone_at IS NULL
LEFT JOIN people_asked ON people_asked.person = staged.person
ORDER BY staged.person
ON CONFLICT (person_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _WRITTEN)}
WHERE ({", ".join(f"people_standing.{name}" for name in _WRITTEN)})
      IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _WRITTEN)})
"""
_DROP_OTHERS = """
DELETE FROM people_standing gone
WHERE brand_id = %(brand)s AND NOT EXISTS (SELECT FROM {staged} staged WHERE staged.person = gone.person_id)
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


def exchange(brand: Brand, staged: sql.Identifier, *, at: Any) -> int:
    """Put the staged rows in the place of the old ones, in the caller's transaction; how many people stand now."""
    about = {"brand": brand.pk, "at": at}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(sql.SQL("ANALYZE {}").format(staged))
        cursor.execute(_ASKED, about)
        cursor.execute(sql.SQL(_EXCHANGE).format(staged=staged), about)
        cursor.execute(sql.SQL(_DROP_OTHERS).format(staged=staged), about)
        cursor.execute(sql.SQL("DROP TABLE {}").format(staged))
        cursor.execute("DROP TABLE people_asked")
        cursor.execute("SELECT count(*) FROM people_standing WHERE brand_id = %(brand)s", about)
        return int(cursor.fetchone()[0])
