"""Where the database answers: one address, in the form that psycopg, ADBC and Django each want."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from entourage.house.errors import HouseError

NAME = "entourage"  # of the database and of its role
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")  # bytes; the kernel's limit on a socket's path
SHORT_PLACE = Path("/tmp")  # noqa: S108 - fixed, for TMPDIR may differ between two users; who owns the folder is checked


def own_url(data: Path, database: str = NAME) -> str:
    """Return the address of a database in the data folder's own PostgreSQL."""
    return f"postgresql://{NAME}@/{database}?host={quote(str(socket_folder(data)), safe='')}&port=5432"


def with_database(url: str, database: str) -> str:
    """Return the same server's address of another database."""
    return urlsplit(url)._replace(path=f"/{quote(database)}").geturl()


def cluster_folder(data: Path) -> Path:
    """Return PostgreSQL's own folder, resolved (for root it may lie elsewhere, behind a link)."""
    return (data / "postgres").resolve()


def socket_folder(data: Path) -> Path:
    """Return where the socket lies: in the cluster (0700), or in a short folder when that path is too long."""
    cluster = cluster_folder(data)
    if len(os.fsencode(cluster)) <= LONGEST_SOCKET:
        return cluster
    mark = hashlib.blake2b(os.fsencode(cluster), digest_size=8).hexdigest()
    return SHORT_PLACE / f"entourage-{mark}"


def database_parts(url: str) -> dict[str, Any]:
    """Split an address into the keys of Django's ``DATABASES``.

    Raises
    ------
    HouseError: the address is not one of PostgreSQL.
    """
    try:
        parts = dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        raise HouseError(
            "DATABASE_URL must be an address of PostgreSQL, such as postgresql://user:password@host:5432/entourage. "
            f"Got one that cannot be read: {str(error).strip()}."
        ) from error
    taken = {
        "NAME": parts.pop("dbname", NAME),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
    }
    return {**taken, "OPTIONS": parts}
