"""Who is in the house: as long as anybody is, its PostgreSQL runs; the last one out turns it off.

Everybody inside holds a shared lock on ``users.lock``. The guardian, a small process of its own, holds
``guardian.lock``, owns PostgreSQL, and leaves when it can take ``users.lock`` for itself alone: then nobody is in.
The kernel drops the locks of whoever dies, so nothing is left to clean.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psycopg
from psycopg import sql

from entourage.house import postgres
from entourage.house.address import NAME, own_url
from entourage.house.errors import HouseError
from entourage.house.folder import data_folder
from entourage.house.server import check

if TYPE_CHECKING:
    from collections.abc import Iterator

USERS = "users.lock"
GUARDIAN = "guardian.lock"
PATIENCE_S = 90.0  # longer than PostgreSQL may take to recover, so that its own explanation comes first


@contextmanager
def running(data: Path | None = None, *, durable: bool = True) -> Iterator[str]:
    """Keep PostgreSQL up for the length of the block, and put its address into ``DATABASE_URL``.

    With ``DATABASE_URL`` given, that server is checked and used, and nothing is started.

    Parameters
    ----------
    data : the data folder; else `data_folder()`
    durable : False for tests only: faster, but a power cut loses the data

    Raises
    ------
    HouseError: PostgreSQL cannot be started or used; the sentence says why, and the cure.
    """
    if given := os.environ.get("DATABASE_URL"):
        check(given)
        yield given
        return
    data = data or data_folder()
    with _lock(data / USERS, fcntl.LOCK_SH):
        ensure(data, durable=durable)
        _ensure_database(data)
        os.environ["DATABASE_URL"] = own_url(data)
        try:
            yield os.environ["DATABASE_URL"]
        finally:
            os.environ.pop("DATABASE_URL", None)


def ensure(data: Path, *, durable: bool = True) -> None:
    """See that PostgreSQL answers, sending for a guardian if there is none. The caller is already inside."""
    ends = time.monotonic() + PATIENCE_S
    while not postgres.answers(data):
        if time.monotonic() > ends:
            raise HouseError(
                f"PostgreSQL must answer within {PATIENCE_S:.0f} s. It did not. See {data / 'postgres.log'}."
            )
        if stopped(data, within_s=0):
            _send_for_guardian(data, durable=durable)
        else:
            time.sleep(0.05)


def stopped(data: Path, *, within_s: float) -> bool:
    """Wait until the guardian has left, PostgreSQL with it. False when it still serves somebody."""
    ends = time.monotonic() + within_s
    while True:
        with lock_file(data / GUARDIAN) as file:
            if try_lock(file):
                return True
        if time.monotonic() >= ends:
            return False
        time.sleep(0.05)


def lock_file(path: Path) -> IO[str]:
    """Open a file to lock, one that no other user of the machine could open and hold."""
    path.touch(mode=0o600)
    return path.open("a")


def try_lock(file: IO[str]) -> bool:
    """Take a file for oneself alone if nobody has it; whether that went."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _lock(path: Path, kind: int) -> Iterator[None]:
    with lock_file(path) as file:
        fcntl.flock(file, kind)
        # Children that are started to live here hold it too: killed, we leave them a database to say goodbye to.
        os.set_inheritable(file.fileno(), True)
        yield


def _send_for_guardian(data: Path, *, durable: bool) -> None:
    """Start a guardian; it detaches itself, and this returns, once PostgreSQL answers."""
    source = str(Path(__file__).parents[2])
    sent = subprocess.run(
        [sys.executable, "-m", "entourage.house.guardian", data, *([] if durable else ["--careless"])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([source, os.environ.get("PYTHONPATH", source)])},
        cwd="/",
        check=False,
    )
    if sent.returncode:
        raise HouseError(sent.stderr.decode(errors="replace").strip().rpartition("\n")[2])


def _ensure_database(data: Path) -> None:
    with psycopg.connect(own_url(data, "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).rowcount:
            return
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # two first starts at once
