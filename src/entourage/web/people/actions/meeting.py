"""Meeting people: every public account has somebody behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from entourage.web.people.actions.locking import people_lock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.web.core.models import Brand

# Whom the network itself calls a bot is met as one; what a member marks later stays.
# The best name of each person among their accounts; handles and networks for search and filters.
_NAMES = """
SELECT person_id AS id,
       coalesce(min(nullif(name, '')), min(nullif(handle, '')), min(network_id)) AS name,
       coalesce(string_agg(DISTINCT nullif(handle, ''), ' '), '') AS handles,
       string_agg(DISTINCT network, ' ') AS networks,
       bool_and(told_kind = 'bot') AS bot
FROM listen_account
WHERE brand_id = %(brand)s AND role = 'public' AND {which}
GROUP BY person_id
"""
_NAMED = "CREATE TEMPORARY TABLE people_named ON COMMIT DROP AS" + _NAMES.format(which="person_id IS NOT NULL")
_MEET = """
INSERT INTO people_person (id, brand_id, name, sort_name, handles, networks, kind, met_at)
SELECT named.id, %(brand)s, named.name, unaccent(lower(named.name)), named.handles, named.networks,
       CASE WHEN named.bot THEN 'bot' ELSE 'public' END, now()
FROM {named} named
WHERE NOT EXISTS (SELECT FROM people_person known WHERE known.id = named.id)
ORDER BY named.id
ON CONFLICT (id) DO NOTHING
"""
_GREET = _MEET.format(named=f"({_NAMES.format(which='person_id = ANY(%(people)s)')})")
_RENAME = """
UPDATE people_person person
SET name = named.name, sort_name = unaccent(lower(named.name)), handles = named.handles, networks = named.networks
FROM people_named named
WHERE person.id = named.id AND person.brand_id = %(brand)s
  AND (person.name, person.handles, person.networks) IS DISTINCT FROM (named.name, named.handles, named.networks)
"""
# Somebody whose accounts turned out to be ours or a competitor's is no person of the public; an objection is kept.
_PART = """
DELETE FROM {table} gone USING people_person person
WHERE person.id = gone.{key} AND person.brand_id = %(brand)s AND person.left_alone_at IS NULL
  AND NOT EXISTS (SELECT FROM people_named named WHERE named.id = person.id)
"""


def greet(*, brand: Brand, people: Sequence[int]) -> int:
    """Make these people, behind public accounts, before anybody scores them; how many are new. Repeats freely.

    The caller holds the brand's intake: nobody is erased between our look at the accounts and their people.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GREET, {"brand": brand.pk, "people": list(people)})
        return int(cursor.rowcount)


@transaction.atomic
def meet(*, brand: Brand) -> int:
    """Make a person for every public account that has none yet, and refresh names; how many are new. Repeats freely."""
    about = {"brand": brand.pk}
    people_lock(brand.pk)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, about)
        cursor.execute("ANALYZE people_named")
        cursor.execute(_MEET.format(named="people_named"), about)
        new = int(cursor.rowcount)
        cursor.execute(_RENAME, about)
        cursor.execute(_PART.format(table="people_standing", key="person_id"), about)
        cursor.execute(_PART.format(table="people_person", key="id"), about)
        cursor.execute("DROP TABLE people_named")
        if new:
            # The next page must not be planned for the table as it was.
            cursor.execute("ANALYZE people_person")
    return new
