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
    # In the columns of Entourage's own table, so that `entourage import` reads it back as it was. What was never taken
    # in and is answered all the same, or begins a thread, is named by its key: its answers stay answers, and together.
    "activities": """
        SELECT told.network, told.network_id AS id, told.at, told.act, account.network_id AS actor_id,
               account.handle AS actor_handle, account.name AS actor_name, account.url AS actor_url,
               CASE account.role WHEN 'own' THEN 'own' WHEN 'competitor' THEN 'organisation'
                    ELSE CASE account.told_kind WHEN 'bot' THEN 'bot' ELSE '' END END AS actor_kind,
               toward.network_id AS to_id, toward.handle AS to_handle, toward.name AS to_name,
               coalesce(answered.network_id, told.reply_to::text) AS in_reply_to,
               coalesce(thread.network_id, told.context::text) AS context, told.text, told.url, told.language,
               array_to_string(told.tags, ' ') AS tags, told.origin, told.rating, told.timing, told.edited_at,
               told.deleted_at
        FROM listen_activity told
        LEFT JOIN listen_account account ON account.id = told.account_id
        LEFT JOIN listen_account toward ON toward.id = told.toward_id
        LEFT JOIN listen_activity answered ON answered.id = told.reply_to AND answered.brand_id = {brand}
        LEFT JOIN listen_activity thread ON thread.id = told.context AND thread.brand_id = {brand}
        WHERE told.brand_id = {brand} ORDER BY told.at, told.id""",
    # What came with them; the bytes of what is kept here stay in the database.
    "attachments": """
        SELECT told.network, told.network_id AS id, file.place, file.name, file.kind, file.alt, file.url, file.size,
               file.width, file.height
        FROM listen_attachment file JOIN listen_activity told ON told.id = file.activity
        WHERE file.brand_id = {brand} ORDER BY told.at, told.id, file.place""",
    "standings": """
        SELECT person_id AS person, weeks, low, high, p_alive, ring, weeks_before, ring_before, movement, engaged,
               opportunities, acts, first_at, last_at, asked, answered, warmth, warmth_low, warmth_high, temper, judged,
               positive, negative, name
        FROM people_standing WHERE brand_id = {brand} ORDER BY person_id""",
    # What was read in each activity, by its network and its id there, probabilities per mille; and what members said.
    "readings": """
        SELECT told.network, told.network_id AS id, read.at, read.language, read.negative, read.neutral, read.positive,
               read.sign, read.vehemence, read.intent, read.department, read.lesson, read.corrected
        FROM reading_reading read JOIN listen_activity told ON told.id = read.id
        WHERE read.brand_id = {brand} ORDER BY read.at, read.id""",
    "labels": """
        SELECT told.network, told.network_id AS id, label.about, label.value, label.at
        FROM reading_label label JOIN listen_activity told ON told.id = label.activity_id
        WHERE label.brand_id = {brand} ORDER BY label.id""",
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
