"""What the tests stand on: a real PostgreSQL, the shared data, a browser where there is one."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from entourage.house import database_parts, running
from entourage.house.address import with_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

SHARED = Path(__file__).parents[2] / "shared" / "data"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium here: apt-get install chromium (or name one with ENTOURAGE_CHROMIUM), then run this again"
OURS = "test_entourage_"  # and the number of the process
TEMPLATE = "entourage_migrated_"  # and a hash of the migrations


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the database ``postgres`` on the tests' server, shared by every test process on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        if given := os.environ.get("ENTOURAGE_TEST_SERVER"):
            patch.setenv("DATABASE_URL", given)
        else:
            patch.delenv("DATABASE_URL", raising=False)
        with running(durable=False) as url:
            yield with_database(url, "postgres")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(server: str, django_db_blocker: DjangoDbBlocker) -> None:
    """Give this process a database of its own, so that several runs at once do not meet."""
    from django.db import connections

    _drop_forgotten(server)
    settings = connections["default"].settings_dict
    settings.update(database_parts(server))
    with django_db_blocker.unblock():
        settings["TEST"]["TEMPLATE"] = _migrated(server)
    settings["TEST"]["NAME"] = f"{OURS}{os.getpid()}"


@pytest.fixture
def database_url(server: str, db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of this process's database, also in DATABASE_URL; take `transactional_db` to see writes."""
    from django.db import connection

    url = with_database(server, str(connection.settings_dict["NAME"]))
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture(scope="session")
def house_folder() -> Iterator[Path]:
    """An empty data folder for a house of one's own.

    pytest's own folders are closed to the user under whose name root runs PostgreSQL; the cluster would then be put
    into the system's folder and outlive the test.
    """
    top = Path(tempfile.mkdtemp(prefix="entourage-"))
    top.chmod(0o711)
    yield top
    shutil.rmtree(top)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the shared data sets."""
    if not SHARED.is_dir():
        pytest.skip("the data sets of ../shared/data are not here")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    path = _chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if _chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    if any(NO_BROWSER in reason for reason in skipped):
        terminalreporter.write_line(f"The journeys in a browser were skipped: {NO_BROWSER}.", yellow=True)


def _chromium() -> str | None:
    named = os.environ.get("ENTOURAGE_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _migrated(server: str) -> str:
    """The database from which those of the test processes are copied: migrating each anew would take a quarter minute.

    It is made once for these migrations. What is missing in it (it was being made, and killed) is migrated in the copy.
    """
    from django.db import connections

    default = connections["default"]
    name = f"{TEMPLATE}{_hash_of_migrations()}"
    with psycopg.connect(server, autocommit=True) as connection:
        # One process makes it, and the others wait; the lock ends with the link.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        told = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        known = {found for (found,) in connection.execute(told, [TEMPLATE])}
        for old in known - {name}:
            with suppress(psycopg.errors.ObjectInUse):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
        if name not in known:
            kept, default.settings_dict["TEST"]["NAME"] = default.settings_dict["NAME"], name
            default.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            default.close()
            default.settings_dict["NAME"] = kept
    return name


def _hash_of_migrations() -> str:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    told = hashlib.blake2b(digest_size=8)
    for key in sorted(loader.disk_migrations):
        module = sys.modules[loader.disk_migrations[key].__module__]
        told.update(Path(str(module.__file__)).read_bytes())
    return told.hexdigest()


def _drop_forgotten(server: str) -> None:
    """Drop the databases of test processes that were killed."""
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [OURS]).fetchall()
        for (name,) in found:
            if not Path(f"/proc/{name.removeprefix(OURS)}").exists():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
