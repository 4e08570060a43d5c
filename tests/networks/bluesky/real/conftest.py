"""The real network, and people on it who act by the protocol alone: none of our code stands between them and it."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tools.bluesky import Absent, Addresses, installed, started
from tools.bluesky.people import Somebody, somebody

from entourage.house.address import with_database
from entourage.networks.bluesky.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entourage.networks.activity import Activity

REQUESTED = "ENTOURAGE_REAL_BLUESKY"
SOON_S = 2.0  # how soon an act must be taken in
PATIENCE_S = 60.0  # for what must come, be it late


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = _why_not()
    for item in items:
        if reason and "bluesky/real" in str(item.path):
            item.add_marker(pytest.mark.skip(reason=reason))


def _why_not() -> str:
    if os.environ.get(REQUESTED) != "1":
        return "the real Bluesky network is tried by: make test-bluesky"
    try:
        installed()
    except Absent as absent:
        return str(absent)
    return ""


@pytest.fixture(scope="session")
def bluesky(server: str) -> Iterator[Addresses]:
    """The whole network."""
    name = f"bluesky_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        with started("whole", database=with_database(server, name)) as addresses:
            yield addresses
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def limited() -> Iterator[Addresses]:
    """The server of accounts with its real rate limits."""
    with started("limited") as addresses:
        yield addresses


@pytest.fixture
def brand(bluesky: Addresses) -> Iterator[Somebody]:
    with somebody(bluesky, "brand") as one:
        yield one


@pytest.fixture
def ann(bluesky: Addresses) -> Iterator[Somebody]:
    with somebody(bluesky, "ann") as one:
        yield one


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a measurement past pytest."""

    def shown(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {line}\n")

    return shown


@pytest.fixture
def network(bluesky: Addresses, brand: Somebody) -> Iterator[Network]:
    """The brand's connection."""
    with closing(Network(brand.settings(bluesky))) as network:
        yield network


@contextmanager
def listening(settings: dict[str, str]) -> Iterator[Callable[[str], Activity]]:
    """Listen as Entourage does, in a thread; what is given waits for an act and says when it came."""
    heard: queue.Queue[Any] = queue.Queue()
    network, awake = Network(settings), threading.Event()
    thread = threading.Thread(target=_hear, args=(network, heard, awake), daemon=True)
    thread.start()
    assert awake.wait(PATIENCE_S)

    def wait_for(id_: str, change: str = "create") -> Activity:
        ends = time.monotonic() + PATIENCE_S
        while (left := ends - time.monotonic()) > 0:
            try:
                one = heard.get(timeout=left)
            except queue.Empty:
                break
            if isinstance(one, Exception):
                raise one
            if getattr(one, "id", "") == id_ and one.change == change:
                return one
        pytest.fail(f"{change} {id_} did not come within a minute")

    yield wait_for
    network.close()
    thread.join(PATIENCE_S)
    assert not thread.is_alive(), "close() ends the listening"


def _hear(network: Network, heard: queue.Queue[Any], awake: threading.Event) -> None:
    try:
        for found in network.listen():
            awake.set()
            for one in found:
                heard.put(one)
    except Exception as error:  # noqa: BLE001 - told to the test, in its own thread
        heard.put(error)
        awake.set()


def whole(network: Network, cursor: str = "") -> tuple[dict[str, Any], str]:
    """All of one pass of reading, by id, and the cursor after it."""
    found: dict[str, Any] = {}
    while True:
        page = network.read(cursor)
        found |= {one.id: one for one in page.found if hasattr(one, "id")}
        cursor = page.cursor
        if not page.more:
            return found, cursor
