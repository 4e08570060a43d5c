"""A brand as large as asked, drawn straight into the tables: for benches of what comes after the import.

People come in over the year, drop out, and in between act in some weeks and not in others, each at their own pace: the
shape that the scores must cope with. It is no simulation of a brand (``entourage simulate`` is): its texts say nothing,
and what was "read" in them is drawn, too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from adbc_driver_postgresql import dbapi
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.core.models import Brand

WEEKS = 52
WEEK_S = 7 * 24 * 3600
UNTIL = datetime(2026, 1, 5, tzinfo=UTC)
CHUNK = 100_000  # people drawn at once
NETWORKS = ("facebook", "instagram", "x", "mastodon")
ACTS = ("comment", "reply", "mention", "share", "like")  # one in five is presence
ANSWERED = 3  # the brand answers one message in three


def draw(url: str, brand: Brand, *, people: int, activities: int, seed: int) -> int:
    """Fill the brand with so many people and about as many activities as asked; return how many there are."""
    rng = np.random.default_rng(seed)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_acts")
        cursor.execute("CREATE UNLOGGED TABLE bench_acts (n bigint, person bigint, at timestamptz, act smallint)")
    with dbapi.connect(url) as database, database.cursor() as cursor:
        for batch in _batches(rng, people, activities):
            cursor.adbc_ingest("bench_acts", batch, mode="append")
            database.commit()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        for statement in _STATEMENTS:
            cursor.execute(statement, {"brand": brand.pk, "people": people, "answered": ANSWERED})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE listen_activity, listen_account, reading_reading")
        cursor.execute("SELECT count(*) FROM bench_acts")
        drawn = int(cursor.fetchone()[0])
        cursor.execute("DROP TABLE bench_acts")
    return drawn


def _batches(rng: np.random.Generator, people: int, activities: int) -> Iterator[pa.Table]:
    numbered = 0
    for start in range(0, people, CHUNK):
        size = min(CHUNK, people - start)
        drawn = _acts(rng, size, activities / people)
        person, at_s = drawn
        numbers = np.arange(numbered, numbered + len(person))
        numbered += len(person)
        yield pa.table(
            {
                "n": numbers,
                "person": person + start + 1,
                "at": pa.array(at_s * 1_000_000, pa.timestamp("us", "UTC")),
                "act": rng.integers(0, len(ACTS), len(person)).astype(np.int16),
            }
        )


def _acts(rng: np.random.Generator, people: int, mean: float) -> tuple[np.ndarray, np.ndarray]:
    """Who acts and when (seconds since 1970): an arrival, a life, a pace, and one to three acts in a week of action."""
    pace = rng.beta(0.5, 3.0, people)
    arrival = (WEEKS * rng.beta(1.2, 1.2, people)).astype(np.int64)
    life = np.minimum(rng.geometric(0.04, people), WEEKS - arrival)
    weeks = 1 + rng.binomial(np.maximum(life - 1, 0), pace)
    # The mean is met by the depth of a week of action.
    depth = rng.poisson(max(mean * people / weeks.sum() - 1, 0.0), int(weeks.sum())) + 1
    person = np.repeat(np.repeat(np.arange(people), weeks), depth)
    which = np.repeat(arrival, weeks) + (rng.random(int(weeks.sum())) * np.repeat(life, weeks)).astype(np.int64)
    seconds = which.repeat(depth) * WEEK_S + rng.integers(0, WEEK_S, len(person))
    return person, int(UNTIL.timestamp()) - WEEKS * WEEK_S + seconds


_ACT = "(ARRAY['comment','reply','mention','share','like'])[act + 1]"
_NETWORK = "(ARRAY['facebook','instagram','x','mastodon'])[1 + person % 4]"
_STATEMENTS = (
    """
    INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind, person_id)
    SELECT md5('own' || %(brand)s)::uuid, %(brand)s, 'x', 'own', 'thebrand', 'The brand', '', 'own', 'own', NULL
    """,
    """
    INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind, person_id)
    SELECT md5('account' || %(brand)s || '.' || person)::uuid, %(brand)s,
           (ARRAY['facebook','instagram','x','mastodon'])[1 + person %% 4], person, 'fan' || person,
           initcap(translate(substr(md5(person::text), 1, 5), '0123456789', 'aeiouylnrs')) || ' '
           || initcap(translate(substr(md5('b' || person), 1, 7), '0123456789', 'aeiouylnrs')), '', 'public', '',
           nextval(pg_get_serial_sequence('people_person', 'id'))
    FROM generate_series(1, %(people)s) person
    """,
    f"""
    INSERT INTO listen_activity (id, brand_id, account_id, network, network_id, act, at, toward_id, reply_to, context,
                                 text, url, language, tags, origin, rating, timing)
    SELECT md5('act' || %(brand)s || '.' || n)::uuid, %(brand)s, md5('account' || %(brand)s || '.' || person)::uuid,
           {_NETWORK.replace("%", "%%")}, n, {_ACT}, at, md5('own' || %(brand)s)::uuid, NULL, NULL,
           'Message ' || n, '', '', NULL, '', NULL, 'exact'
    FROM bench_acts ORDER BY n
    """,
    f"""
    INSERT INTO listen_activity (id, brand_id, account_id, network, network_id, act, at, toward_id, reply_to, context,
                                 text, url, language, tags, origin, rating, timing)
    SELECT md5('answer' || %(brand)s || '.' || n)::uuid, %(brand)s, md5('own' || %(brand)s)::uuid,
           {_NETWORK.replace("%", "%%")}, 'answer' || n, 'reply', at + interval '1 hour',
           md5('account' || %(brand)s || '.' || person)::uuid, md5('act' || %(brand)s || '.' || n)::uuid, NULL,
           '', '', '', NULL, '', NULL, 'exact'
    FROM bench_acts WHERE act < 3 AND n %% (%(answered)s * 5) = 0
    """,
    # What was read: a third has no sign, few are vehement, every intent occurs.
    """
    INSERT INTO reading_reading (id, brand_id, account_id, at, language, negative, neutral, positive, sign, vehemence,
                                 intent, department, lesson, reasons, corrected, reader, text_key)
    SELECT id, brand_id, account_id, at, (ARRAY['fr','fr','fr','en','en','de'])[1 + drawn %% 6],
           300, 400, 300, (ARRAY[-1, 0, 1, 1, NULL, NULL])[1 + drawn / 7 %% 6],
           CASE WHEN drawn %% 50 = 0 THEN 700 ELSE 0 END,
           (ARRAY['care_question','complaint','praise','thanks','chatter','chatter','idea','',''])[1 + drawn / 3 %% 9],
           (ARRAY['care','care','marketing','care','','','rnd','',''])[1 + drawn / 3 %% 9],
           CASE WHEN drawn / 3 %% 9 = 6 THEN 'idea' ELSE '' END, '[["sentiment", 0, 7, 0.5]]', false, 'bench', id
    FROM (SELECT told.id, told.brand_id, account_id, at, hashtext(told.id::text) & 1048575 AS drawn
          FROM listen_activity told JOIN listen_account account ON account.id = account_id AND account.role = 'public'
          WHERE told.brand_id = %(brand)s AND act IN ('comment', 'reply', 'mention') AND text <> '') said
    ORDER BY at
    """,
)
