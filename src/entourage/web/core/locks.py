"""One thing at a time for a brand: PostgreSQL's advisory locks, which end with their transaction or connection."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


def hold(what: str, brand_id: int) -> None:
    """Be the only one who does this for the brand until the transaction ends; wait for who is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s::integer)", [what, brand_id])


@contextmanager
def alone(what: str, brand_id: int) -> Iterator[None]:
    """Be the only one who does this for the brand, over several transactions; wait for who is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s), %s::integer)", [what, brand_id])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), %s::integer)", [what, brand_id])
