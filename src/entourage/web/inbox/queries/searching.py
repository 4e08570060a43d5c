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
#: To look whether words stand in a message costs more than PostgreSQL thinks: by itself it goes through the newest
#: messages one by one for a word that one in a thousand holds (at ten million .6 s, by the words' index .02 s).
_BY_WORDS = "SET LOCAL random_page_cost = 0.3"

_WORDS = """
SELECT conversation_id FROM (
    SELECT conversation_id FROM inbox_message
    WHERE brand_id = %(brand)s AND words @@ %(query)s::tsquery ORDER BY at DESC LIMIT %(matched)s
) newest
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
    called = len(name) >= TRIGRAM and not exact(words)
    told: dict[str, Any] = {
        "brand": brand.pk, "query": _query(words), "matched": MATCHED, "named": NAMED, "name": _piece(plain(name)),
        "handle": _piece(name),
    }  # fmt: skip
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_BY_WORDS)
        cursor.execute(f"{_WORDS} UNION {_NAMES}" if called else _WORDS, told)
        return [pk for (pk,) in cursor.fetchall()]


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
