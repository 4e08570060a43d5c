"""How fast meaning is indexed, gathered and searched, in a database of its own."""

from __future__ import annotations

import os
import resource
import time
from datetime import UTC, datetime
from typing import Any

import numpy as np
from bench.score import world

#: What is looked for: words and phrases as people at a brand would ask, in both languages.
ASKED = (
    "parcel never arrived", "colis jamais reçu", "how to descale a teapot", "théière cassée", "thank you so much",
    "water too hot", "service client aux abonnés absents", "kettle", "bio", "gift wrapping", "prix trop élevé",
    "does it contain caffeine", "merci", "délai de livraison", "lid does not close", "idée de nouveau thé",
)  # fmt: skip
_ACCOUNTS = """
INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind)
SELECT gen_random_uuid(), %(brand)s, 'x', n::text, 'fan' || n, 'Fan ' || n, '', 'public', ''
FROM generate_series(1, %(accounts)s) n
"""
# Each message is two sentences of the pool, so that a million messages are a million texts.
_ACTIVITIES = """
INSERT INTO listen_activity
    (id, brand_id, account_id, network, network_id, act, at, text, url, language, origin, timing)
SELECT gen_random_uuid(), %(brand)s, account.id, 'x', drawn.n::text, 'comment',
       %(until)s - random() * interval '364 days', one.text || ' ' || other.text, '', '', '', 'exact'
FROM (SELECT n, 1 + floor(random() * %(pool)s)::int AS a, 1 + floor(random() * %(pool)s)::int AS b,
             1 + floor(random() * %(accounts)s)::int AS c FROM generate_series(1, %(messages)s) n) drawn
JOIN bench_pool one ON one.n = drawn.a JOIN bench_pool other ON other.n = drawn.b
JOIN bench_account account ON account.n = drawn.c
"""
_READINGS = """
INSERT INTO reading_reading (id, brand_id, account_id, at, language, negative, neutral, positive, vehemence, intent,
                             department, lesson, reasons, corrected, reader, text_key)
SELECT id, brand_id, account_id, at, CASE WHEN text ~* '\\m(le|la|les|vous|votre)\\M' THEN 'fr' ELSE 'en' END,
       300, 400, 300, 0, '', '', CASE WHEN random() < .05 THEN 'how_to' WHEN random() < .05 THEN 'defect' ELSE '' END,
       '[]', false, 'bench', md5(text)::uuid
FROM listen_activity WHERE brand_id = %(brand)s
"""


def measured(messages: int, searches: int) -> dict[str, Any]:
    """Draw the messages, index them, gather them, search them; seconds, rates, megabytes."""
    os.environ["ENTOURAGE_MEANING"] = "fast"
    with world():
        brand = _drawn(messages)
        from entourage.web.reading import bridge

        indexed = _timed(lambda: bridge.index(brand))
        gathered = _timed(lambda: bridge.gather(brand, now=datetime.now(UTC)))
        _analysed()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {
            "messages": messages, "index_s": round(indexed, 1), "indexed_per_s": round(messages / indexed),
            "gather_s": round(gathered, 1), **_searched(brand, searches), "peak_mb": peak, **_sizes(),
        }  # fmt: skip


def _analysed() -> None:
    """As PostgreSQL does by itself some minutes later."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reading_vector, reading_words")


def _timed(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _drawn(messages: int) -> Any:
    from bench.meaning_quality import _brand
    from django.db import connection

    from entourage.web.core.models import Brand

    brand = Brand.objects.create(slug="bench", name="Bench")
    pool = list(dict.fromkeys(_brand()[0]))
    told = {"brand": brand.pk, "messages": messages, "accounts": max(messages // 10, 10), "pool": len(pool),
            "until": datetime(2026, 1, 5, tzinfo=UTC)}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(.5)")
        cursor.execute("CREATE TEMPORARY TABLE bench_pool (n int, text text)")
        with cursor.cursor.copy("COPY bench_pool FROM STDIN") as copy:
            for number, text in enumerate(pool, 1):
                copy.write_row((number, text))
        cursor.execute(_ACCOUNTS, told)
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_account AS SELECT row_number() OVER () AS n, id FROM listen_account"
        )
        for statement in (_ACTIVITIES, _READINGS):
            cursor.execute(statement, told)
        cursor.execute("VACUUM ANALYZE listen_activity, listen_account, reading_reading")
    return brand


def _searched(brand: Any, searches: int) -> dict[str, Any]:
    """The seconds of a search by meaning and words, of its halves, and of one look at all vectors in memory."""
    from entourage.engine.text.encoder import fast
    from entourage.engine.text.meaning.nearest import cosines_to
    from entourage.web.reading import bridge, queries
    from entourage.web.reading.bridge.looked_through import blocks

    asked = [ASKED[place % len(ASKED)] for place in range(searches)]
    # The first search of a process reads all vectors from the database; the others find them in memory.
    whole = [_timed(lambda one=one: bridge.search(brand, one)) for one in asked]
    exact = [_timed(lambda one=one: queries.matching(brand, one)) for one in asked]
    vectors = np.concatenate([block.vectors for block in blocks(brand, fast())])
    wanted = fast().encode(["parcel never arrived"])[0]
    floor = min(_timed(lambda: cosines_to(wanted, vectors)) for _ in range(5))
    return {
        "search_first_s": round(whole[0], 3), "search_p50_s": round(float(np.median(whole[1:])), 3),
        "search_p95_s": round(float(np.quantile(whole[1:], 0.95)), 3),
        "words_p95_s": round(float(np.quantile(exact, 0.95)), 3), "floor_s": round(floor, 4),
    }  # fmt: skip


def _sizes() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size('reading_vector') >> 20, pg_total_relation_size('reading_words') >> 20"
        )
        vectors, words = cursor.fetchone()
    return {"vectors_mb": int(vectors), "words_mb": int(words)}
