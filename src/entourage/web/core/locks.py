"""One thing at a time for a brand: PostgreSQL's advisory locks, which end with their transaction or connection."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def hold(what: str, brand_id: int) -> None:
    """Be the only one who does this for the brand until the transaction ends; wait for who is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s::integer)", [what, brand_id])


@contextmanager
def alone(what: str, brand_id: int, *, busy: Callable[[], None] | None = None) -> Iterator[None]:
    """Be the only one who does this for the brand, over several transactions; wait for who is at it.

    ``busy`` is called before waiting for another. A connection that was lost meanwhile took the lock with it.
    """
    if busy is None or not _asked("pg_try_advisory_lock", what, brand_id):
        if busy is not None:
            busy()
        _asked("pg_advisory_lock", what, brand_id)
    try:
        yield
    finally:
        _let_go(what, brand_id)


def _let_go(what: str, brand_id: int) -> None:
    """Give the lock back without hiding why the work ended: what cannot be given back goes with its connection."""
    if connection.connection is None or connection.connection.closed:
        return
    try:
        _asked("pg_advisory_unlock", what, brand_id)
    except DatabaseError:
        connection.close()


def _asked(function: str, what: str, brand_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext(%s), %s::integer)", [what, brand_id])
        return bool(cursor.fetchone()[0])
