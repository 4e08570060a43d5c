"""A server that somebody else runs is used as it is, or says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from entourage.house import HouseError, database_parts, running
from entourage.house.address import with_database
from entourage.house.server import check

if TYPE_CHECKING:
    from pathlib import Path


def test_a_server_of_ones_own_is_used_and_nothing_is_started(server: str, data: Path, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", server)
    with running() as url:
        assert url == server
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://ann@127.0.0.1:1/entourage", r"must answer\. Got: .*refused.*unset DATABASE_URL"),
        ("mysql://ann@127.0.0.1/entourage", r"must be an address of PostgreSQL, such as postgresql://"),
    ],
)
def test_a_server_that_cannot_be_used_is_explained(url: str, sentence: str, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(HouseError, match=f"(?s){sentence}"), running():
        pass


def test_an_address_is_split_for_django() -> None:
    parts = database_parts("postgresql://ann:se%20cret@db.example:6432/brand?sslmode=require")
    assert parts == {
        "NAME": "brand",
        "USER": "ann",
        "PASSWORD": "se cret",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_in_another_encoding_is_refused_with_its_cure(server: str) -> None:
    """Names come as bytes out of such a one, and no comparison holds."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
        try:
            with pytest.raises(HouseError, match=r"^The database of DATABASE_URL must be in UTF8. Got SQL_ASCII. Make"):
                check(with_database(server, "ascii"))
        finally:
            connection.execute("DROP DATABASE ascii")
