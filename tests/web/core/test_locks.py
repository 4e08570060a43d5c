"""One thing at a time for a brand, also where the database goes away meanwhile."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from entourage.web.core.locks import alone

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_must_wait_says_so_first(database_url: str) -> None:
    said: list[str] = []
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtext('tests.lock'), 7)")

        def busy() -> None:
            said.append("somebody is at it")
            other.execute("SELECT pg_advisory_unlock_all()")

        with alone("tests.lock", 7, busy=busy):
            assert said == ["somebody is at it"]
            free = "SELECT pg_try_advisory_lock(hashtext('tests.lock'), 7)"
            assert other.execute(free).fetchone() == (False,)
        assert other.execute(free).fetchone() == (True,)


def test_a_connection_that_was_lost_does_not_hide_what_went_wrong() -> None:
    def work() -> None:
        with connection.cursor() as cursor, pytest.raises(psycopg.Error):
            cursor.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise ValueError("the first error")

    with pytest.raises(ValueError, match="the first error"), alone("tests.lock", 7):
        work()
    connection.close()


def test_a_lock_that_cannot_be_given_back_goes_with_its_connection(database_url: str) -> None:
    def work() -> None:
        connection.connection.execute("BEGIN")
        with pytest.raises(psycopg.Error):
            connection.connection.execute("SELECT 1 / 0")
        raise ValueError("the first error")

    with pytest.raises(ValueError, match="the first error"), alone("tests.lock", 7):
        work()
    with psycopg.connect(database_url, autocommit=True) as other:
        # The server notices in its own time who has gone; a lock that somebody still holds would be waited for in vain.
        other.execute("SET lock_timeout = '60s'")
        other.execute("SELECT pg_advisory_lock(hashtext('tests.lock'), 7)")
