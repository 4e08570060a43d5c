"""One thing at a time where two at once would leave a trace of somebody who asked for none."""

from __future__ import annotations

from django.db import connection


def standings_lock(brand_id: int) -> None:
    """Hold the brand's standings until the transaction ends.

    Writing a million standings takes seconds; whoever is erased or left alone meanwhile waits for the end of it, and
    then their standing goes, instead of being written behind their back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.standings'), %s::integer)", [brand_id])


def people_lock(brand_id: int) -> None:
    """Be the only one who makes, renames or erases this brand's people until the transaction ends.

    Whoever makes people out of accounts has read them a moment before: an erasure in that moment would be undone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.meet'), %s::integer)", [brand_id])
