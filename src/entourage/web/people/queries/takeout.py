"""All that a brand keeps, table by table, as PostgreSQL itself writes it: no size is too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.core.models import Brand

#: The tables and what is told of each, in the order that a reader would load them.
TABLES = {
    "people": """
        SELECT id, name, handles, networks, kind, left_alone_at, met_at
        FROM people_person WHERE brand_id = {brand} ORDER BY id""",
    "accounts": """
        SELECT id, network, network_id, handle, name, url, role, person_id AS person
        FROM listen_account WHERE brand_id = {brand} ORDER BY id""",
    "activities": """
        SELECT id, account_id AS account, network, network_id, act, at, timing, toward_id AS toward, reply_to, context,
               text, url, language, tags, origin, rating, edited_at, deleted_at
        FROM listen_activity WHERE brand_id = {brand} ORDER BY at, id""",
    "standings": """
        SELECT person_id AS person, weeks, low, high, p_alive, ring, weeks_before, ring_before, movement, engaged,
               opportunities, acts, first_at, last_at, asked, answered
        FROM people_standing WHERE brand_id = {brand} ORDER BY person_id""",
}
_CSV = "COPY ({rows}) TO STDOUT (FORMAT csv, HEADER)"
# JSON escapes every control character, so these two never occur in it and nothing is quoted.
_LINES = r"COPY (SELECT row_to_json(row) FROM ({rows}) row) TO STDOUT (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"
FORMATS = {"csv": _CSV, "jsonl": _LINES}


def takeout(brand: Brand, table: str, *, form: str) -> Iterator[bytes]:
    """One table of the brand in pieces of a few kilobytes; ``form`` is "csv" or "jsonl"."""
    rows = sql.SQL(TABLES[table]).format(brand=sql.Literal(brand.pk))
    with connection.cursor() as cursor, cursor.cursor.copy(sql.SQL(FORMATS[form]).format(rows=rows)) as pieces:
        for piece in pieces:
            yield bytes(piece)
