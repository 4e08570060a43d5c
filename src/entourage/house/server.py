"""A server that somebody else runs (``DATABASE_URL``): can Entourage live there?"""

from __future__ import annotations

import psycopg

from entourage.house.address import database_parts
from entourage.house.errors import HouseError

OLDEST = 16  # whose builtin functions and COPY options we use
EXTENSIONS = ("pg_trgm", "unaccent")  # search by likeness, and without accents
PATIENCE_S = 10


def check(url: str) -> None:
    """Check that the server answers, is recent enough and has the extensions.

    Raises
    ------
    HouseError: which of these failed, and the cure.
    """
    database_parts(url)
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE_S) as connection:
            _check_version(connection.info.server_version // 10_000)
            _check_encoding(connection.info.parameter_status("server_encoding") or "")
            _check_extensions(connection)
    except psycopg.OperationalError as error:
        raise HouseError(
            f"The server of DATABASE_URL must answer. Got: {str(error).strip().splitlines()[0]}. "
            "Start it or mend the address; or unset DATABASE_URL, and Entourage runs its own PostgreSQL."
        ) from error


def _check_version(version: int) -> None:
    if version < OLDEST:
        raise HouseError(f"The server of DATABASE_URL must be PostgreSQL {OLDEST} or later. Got {version}. Upgrade it.")


def _check_encoding(encoding: str) -> None:
    """Names and words come in every script; without an encoding, psycopg would hand out bytes in their place."""
    if encoding != "UTF8":
        raise HouseError(
            f"The database of DATABASE_URL must be in UTF8. Got {encoding}. "
            "Make one: createdb --encoding=UTF8 --template=template0 entourage"
        )


def _check_extensions(connection: psycopg.Connection) -> None:
    found = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
    if missing := [name for name in EXTENSIONS if name not in found]:
        raise HouseError(
            f"The server of DATABASE_URL must offer the extensions {', '.join(EXTENSIONS)}. It lacks "
            f"{', '.join(missing)}. Install its package postgresql-contrib."
        )
