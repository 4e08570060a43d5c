"""The real network, and people on it who act by the protocol alone: none of our code stands between them and it."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest
from tools.bluesky import Absent, Addresses, installed, started

from entourage.house.address import with_database
from entourage.networks.bluesky.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entourage.networks.activity import Activity

REQUESTED = "ENTOURAGE_REAL_BLUESKY"
PASSWORD = "a-password"
SOON_S = 2.0


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


class Somebody:
    """A person with an account."""

    def __init__(self, addresses: Addresses, name: str) -> None:
        self.handle = f"{name}{time.time_ns() % 10**9}.test"
        self.http = httpx.Client(base_url=f"{addresses.service}/xrpc", timeout=20)
        told = self.call(
            "com.atproto.server.createAccount", handle=self.handle, email=f"{self.handle}@mail.test", password=PASSWORD
        )
        self.did = told["did"]
        self.http.headers["Authorization"] = f"Bearer {told['accessJwt']}"

    def call(self, method: str, **content: Any) -> Any:
        told = self.http.post(f"/{method}", json=content)
        told.raise_for_status()
        return told.json() if told.content else {}

    def ask(self, method: str, **params: Any) -> Any:
        told = self.http.get(f"/{method}", params=params)
        told.raise_for_status()
        return told.json()

    def write(self, collection: str, **record: Any) -> dict[str, str]:
        whole = {"$type": collection, "createdAt": now(), **record}
        told = self.call("com.atproto.repo.createRecord", repo=self.did, collection=collection, record=whole)
        return {"uri": told["uri"], "cid": told["cid"]}

    def post(self, text: str, **more: Any) -> dict[str, str]:
        return self.write("app.bsky.feed.post", text=text, **more)

    def reply(self, text: str, parent: dict[str, str], root: dict[str, str] | None = None) -> dict[str, str]:
        return self.post(text, reply={"root": root or parent, "parent": parent})

    def quote(self, text: str, ref: dict[str, str]) -> dict[str, str]:
        return self.post(text, embed={"$type": "app.bsky.embed.record", "record": ref})

    def mention(self, text: str, whom: Somebody) -> dict[str, str]:
        at, name = text.encode().index(b"@"), f"@{whom.handle}"
        index = {"byteStart": at, "byteEnd": at + len(name)}
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": whom.did}
        return self.post(text, facets=[{"index": index, "features": [feature]}])

    def like(self, ref: dict[str, str]) -> dict[str, str]:
        return self.write("app.bsky.feed.like", subject=ref)

    def repost(self, ref: dict[str, str]) -> dict[str, str]:
        return self.write("app.bsky.feed.repost", subject=ref)

    def follow(self, whom: Somebody) -> dict[str, str]:
        return self.write("app.bsky.graph.follow", subject=whom.did)

    def delete(self, uri: str) -> None:
        _, _, did, collection, rkey = uri.split("/")
        self.call("com.atproto.repo.deleteRecord", repo=did, collection=collection, rkey=rkey)

    def notified(self) -> list[dict[str, Any]]:
        return list(self.ask("app.bsky.notification.listNotifications")["notifications"])

    def sees(self, uri: str) -> dict[str, Any]:
        """A post as this person sees it, as soon as the AppView shows it."""
        return until(lambda: next(iter(self.ask("app.bsky.feed.getPosts", uris=[uri])["posts"]), None))

    def settings(self, addresses: Addresses, **more: str) -> dict[str, str]:
        """What this person fills in to connect Entourage."""
        password = self.call("com.atproto.server.createAppPassword", name=f"Entourage {time.time_ns()}")["password"]
        doors = {"service": addresses.service, "appview": addresses.appview}
        return {"handle": self.handle, "app_password": password, **doors, **more}


@contextmanager
def somebody(addresses: Addresses, name: str) -> Iterator[Somebody]:
    """A new person, until the end of a test."""
    one = Somebody(addresses, name)
    with closing(one.http):
        yield one


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
    assert awake.wait(20)

    def wait_for(id_: str, change: str = "create") -> Activity:
        ends = time.monotonic() + 10
        while (left := ends - time.monotonic()) > 0:
            try:
                one = heard.get(timeout=left)
            except queue.Empty:
                break
            if isinstance(one, Exception):
                raise one
            if getattr(one, "id", "") == id_ and one.change == change:
                return one
        pytest.fail(f"{change} {id_} did not come within ten seconds")

    yield wait_for
    network.close()
    thread.join(20)
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


def until(ready: Callable[[], Any], seconds: float = 10.0) -> Any:
    """What is there as soon as it is."""
    ends = time.monotonic() + seconds
    while not (found := ready()):
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.05)
    return found


def whole(network: Network, cursor: str = "") -> tuple[dict[str, Any], str]:
    """All of one pass of reading, by id, and the cursor after it."""
    found: dict[str, Any] = {}
    while True:
        page = network.read(cursor)
        found |= {one.id: one for one in page.found if hasattr(one, "id")}
        cursor = page.cursor
        if not page.more:
            return found, cursor


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
