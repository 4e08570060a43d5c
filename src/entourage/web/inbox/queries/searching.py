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

# The fastest for words that many messages hold. The rows are read in order, so it ends as soon as it has enough.
_NEWEST = """
SELECT conversation_id FROM (
    SELECT conversation_id, words FROM inbox_message WHERE brand_id = %(brand)s ORDER BY at DESC LIMIT %(looked)s
) newest WHERE words @@ %(query)s::tsquery LIMIT %(matched)s
"""
_OLDER = "SELECT 1 FROM inbox_message WHERE brand_id = %(brand)s ORDER BY at DESC OFFSET %(looked)s LIMIT 1"
# The fastest for words that few messages hold. All of them are found before they are put in order: left to itself,
# PostgreSQL goes through the newest messages one by one for a word of one in a thousand (at ten million .5 s).
_BY_WORDS = """
WITH found AS MATERIALIZED (
    SELECT conversation_id, at FROM inbox_message WHERE brand_id = %(brand)s AND words @@ %(query)s::tsquery
) SELECT conversation_id FROM found ORDER BY at DESC LIMIT %(matched)s
"""
# What PostgreSQL knows without looking: in how many messages the words stand, and how many there are.
_THOUGHT = "EXPLAIN (FORMAT JSON) SELECT FROM inbox_message WHERE words @@ %(query)s::tsquery"
# From here on an index is asked for scattered rows, too: those of the words, not those of a brand and then their words.
_ALL = """
SELECT greatest(reltuples, 1), set_config('random_page_cost', '0.3', true)
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

    A phrase in quotation marks stands as it is written; a word after a minus sign stands nowhere.
    """
    words = asked.strip()[:LONGEST]
    name = words.removeprefix("@").strip()
    query = _query(words)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        called = _called(cursor, brand, name) if len(name) >= TRIGRAM and not exact(words) else []
        holding = _holding(cursor, brand, query) if query else []
    return list(dict.fromkeys([*holding, *called]))


def _holding(cursor: Any, brand: Brand, query: str) -> list[int]:
    """The conversations of the newest messages that the words stand in; where many do, the newest are looked at."""
    told = {"brand": brand.pk, "query": query, "matched": MATCHED, "looked": LOOKED}
    if _common(cursor, told):
        newest = _keys(cursor, _NEWEST, told)
        if len(newest) == MATCHED or not _keys(cursor, _OLDER, told):
            return newest
    return _keys(cursor, _BY_WORDS, told)


def _common(cursor: Any, told: dict[str, Any]) -> bool:
    """Whether enough are found among the newest sooner than all that the words stand in."""
    cursor.execute(_THOUGHT, told)
    holding = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    cursor.execute(_ALL)
    return bool(holding**2 > MATCHED * cursor.fetchone()[0])


def _called(cursor: Any, brand: Brand, name: str) -> list[int]:
    told = {"brand": brand.pk, "named": NAMED, "name": _piece(plain(name)), "handle": _piece(name)}
    return _keys(cursor, _NAMES, told)


def _keys(cursor: Any, question: str, told: dict[str, Any]) -> list[int]:
    cursor.execute(question, told)
    return [key for (key,) in cursor.fetchall()]


def _query(words: str) -> str:
    """The words as PostgreSQL asks for them, once for each way in which a language stems them.

    The same stem asked for twice would be looked for twice, and thought to stand in twice as many messages.
    """
    # Every stem beside the plain word may say that a word is there, but none alone that it is not.
    spoken = ("plain",) if exact(words) else ("plain", *STEMMED)
    each = " UNION ".join(f"SELECT websearch_to_tsquery('reading_{one}', %(words)s)::text" for one in spoken)
    with connection.cursor() as cursor:
        cursor.execute(each, {"words": words})
        return " | ".join(f"({query})" for (query,) in cursor.fetchall() if query)


def _piece(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return f"%{word}%"
