"""Full-text search: words matched by PostgreSQL itself, in any of the languages' own stems without accents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from entourage.web.people.queries.plain import plain
from entourage.web.reading.queries import exact
from entourage.web.reading.queries.search import LONGEST, STEMMED

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

#: The newest messages whose words match; more of a common word are no answer.
MATCHED = 300
#: People whose name or handle matches.
NAMED = 200
#: From so many letters on, the index of three-letter pieces finds a name by its middle.
TRIGRAM = 3
#: So many of the newest messages are looked at one by one, about as many as an index gives in the same time.
LOOKED = 60_000

# The fastest for words that few messages hold. All of them are found before they are put in order: left to itself,
# PostgreSQL goes through the newest messages one by one for a word of one in a thousand (at ten million .4 s).
_HOLDING = """
SELECT conversation_id FROM (
    WITH holding AS MATERIALIZED (
        SELECT conversation_id, at FROM inbox_message
        WHERE brand_id = %(brand)s AND words @@ %(query)s::tsquery AND {also}
    ) SELECT conversation_id FROM holding ORDER BY at DESC LIMIT %(matched)s
) holding
"""
_FEW = _HOLDING.format(also="true")
# The fastest for words that many messages hold: read in order, it ends as soon as it has enough. Where the newest have
# too few, and older ones are there, it is as if few held them.
_LEFT = """
(SELECT count(*) FROM newest) < %(matched)s
AND EXISTS (SELECT FROM inbox_message WHERE brand_id = %(brand)s ORDER BY at DESC OFFSET %(looked)s)
"""
_MANY = f"""
WITH newest AS MATERIALIZED (
    SELECT conversation_id FROM (
        SELECT conversation_id, words FROM inbox_message WHERE brand_id = %(brand)s ORDER BY at DESC LIMIT %(looked)s
    ) looked WHERE words @@ %(query)s::tsquery LIMIT %(matched)s
)
SELECT conversation_id FROM newest UNION {_HOLDING.format(also=_LEFT)}
"""
# What PostgreSQL knows without looking: in how many messages the words stand.
_THOUGHT = "EXPLAIN (FORMAT JSON) SELECT FROM inbox_message WHERE words @@ %(query)s::tsquery"
# The words as each language stems them, and how many messages there are. From here on an index is asked for scattered
# rows, too: those of the words, not those of a brand and then their words.
_READ = """
SELECT array({each}), greatest(reltuples, 1), set_config('random_page_cost', '0.3', true)
FROM pg_class WHERE oid = 'inbox_message'::regclass
"""
_NAMES = """
SELECT conversation.id FROM (
    SELECT id FROM people_person WHERE brand_id = %(brand)s
      AND (upper(sort_name) LIKE upper(%(name)s) OR upper(handles) LIKE upper(%(handle)s)) LIMIT %(named)s
) people JOIN inbox_conversation conversation
    ON conversation.brand_id = %(brand)s AND conversation.person_id = people.id
"""


def found(brand: Brand, asked: str) -> list[int]:
    """The conversations in which these words stand, those of the newest messages, and those of people so called.

    A phrase in quotation marks stands as it is written; a word after a minus sign stands nowhere. Three queries.
    """
    words = asked.strip()[:LONGEST]
    name = words.removeprefix("@").strip()
    told: dict[str, Any] = {
        "brand": brand.pk, "matched": MATCHED, "looked": LOOKED, "named": NAMED, "name": _piece(plain(name)),
        "handle": _piece(name),
    }  # fmt: skip
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        told["query"], messages = _read(cursor, words)
        holding = _MANY if _common(cursor, told, messages) else _FEW
        called = len(name) >= TRIGRAM and not exact(words)
        cursor.execute(f"({holding}) UNION ({_NAMES})" if called else holding, told)
        return [key for (key,) in cursor.fetchall()]


def _read(cursor: Any, words: str) -> tuple[str, float]:
    """The words as PostgreSQL asks for them, once for each way in which a language stems them; how many messages are.

    The same stem asked for twice would be looked for twice, and thought to stand in twice as many messages.
    """
    # Every stem beside the plain word may say that a word is there, but none alone that it is not.
    spoken = ("plain",) if exact(words) else ("plain", *STEMMED)
    each = " UNION ".join(f"SELECT websearch_to_tsquery('reading_{one}', %(words)s)::text" for one in spoken)
    cursor.execute(_READ.format(each=each), {"words": words})
    queries, messages, _ = cursor.fetchone()
    return " | ".join(f"({query})" for query in queries if query), messages


def _common(cursor: Any, told: dict[str, Any], messages: float) -> bool:
    """Whether enough are found among the newest sooner than all that the words stand in."""
    cursor.execute(_THOUGHT, told)
    holding = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    return bool(holding**2 > MATCHED * messages)


def _piece(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return f"%{word}%"
