"""A small network on loopback that keeps a ledger of what it was sent, and can be told to misbehave.

It takes no idempotency key: what is sent twice stands there twice. That is what the outbox must never do.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

from entourage.networks import registry
from entourage.networks.activity import Account
from entourage.networks.live import (
    Answer,
    Can,
    Declared,
    Limits,
    Page,
    Receipt,
    Reconnect,
    Refused,
    Retry,
    Self,
    Setting,
    Uncertain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KEY = "ledger"
ASKED_TO_WAIT = timedelta(seconds=30)


class Ledger:
    """What the network has: the posts in the order in which they came, and what it will do to the next requests."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.settled: list[tuple[str, str]] = []
        self.faults: list[str] = []
        # Called between the post's arrival in the ledger and the answer to who sent it.
        self.meanwhile: Callable[[], None] = lambda: None
        self.at: datetime = datetime(2026, 3, 16, 9, tzinfo=UTC)
        self._lock = threading.Lock()

    def keys(self) -> list[str]:
        return [post["key"] for post in self.posts]

    def fault(self) -> str:
        with self._lock:
            return self.faults.pop(0) if self.faults else "ok"

    def take(self, told: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            post = {**told, "id": f"post-{len(self.posts) + 1}", "at": self.at.isoformat()}
            self.posts.append(post)
        self.meanwhile()
        return post


class _Handler(BaseHTTPRequestHandler):
    ledger: ClassVar[Ledger]

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault = self.ledger.fault() if self.path != "/find" else "ok"
        if fault in {"429", "401", "422"}:
            self._say(int(fault), {})
        elif fault == "lost before":
            self.close_connection = True
        else:
            answer = self._do(told)
            if fault == "lost after":
                self.close_connection = True
            else:
                self._say(200, answer)

    def _do(self, told: dict[str, Any]) -> Any:
        if self.path == "/send":
            return self.ledger.take(told)
        if self.path == "/find":
            return next((post for post in self.ledger.posts if post["key"] == told["key"]), None)
        self.ledger.settled.append((self.path[1:], told["id"]))
        return None

    def _say(self, status: int, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Whoever asked was killed: nobody waits for the answer."""


@contextmanager
def served() -> Iterator[tuple[Ledger, str]]:
    """A ledger behind a port of its own."""
    ledger = Ledger()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"ledger": ledger}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield ledger, f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


DECLARED = Declared(
    key=KEY,
    name="Ledger",
    settings=(
        Setting(key="address", label="Address"),
        Setting(key="token", label="Token", secret=True, required=False),
    ),
    can=frozenset(Can),
    limits=Limits(length=500),
)


class Network:
    """The client of the ledger, as the contract asks."""

    declared: ClassVar[Declared] = DECLARED

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._address = settings["address"]

    def check(self) -> Self:
        return Self(account=Account(id="teapage", handle="teapage"), can=frozenset(Can))

    def read(self, cursor: str) -> Page:
        return Page(found=(), cursor=cursor)

    def send(self, answer: Answer) -> Receipt:
        told = {"key": answer.key, "text": answer.text, "to": answer.to, "private": answer.private}
        return _receipt(self._ask("send", told, unsure=True))

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:
        assert since.tzinfo is not None
        found = self._ask("find", {"key": answer.key})
        return _receipt(found) if found else None

    def like(self, network_id: str) -> None:
        self._ask("like", {"id": network_id})

    def hide(self, network_id: str) -> None:
        self._ask("hide", {"id": network_id})

    def delete(self, network_id: str) -> None:
        self._ask("delete", {"id": network_id})

    def close(self) -> None:
        """Nothing stays open."""

    def _ask(self, path: str, told: dict[str, Any], *, unsure: bool = False) -> Any:
        line = http.client.HTTPConnection(self._address, timeout=10)
        try:
            line.request("POST", f"/{path}", json.dumps(told))
            answer = line.getresponse()
            body = json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            if unsure:
                raise Uncertain("The line broke.", after=timedelta(seconds=5)) from None
            raise Retry("The line broke.", after=timedelta(seconds=5)) from None
        finally:
            line.close()
        if answer.status == 429:
            raise Retry("Too many at once.", after=ASKED_TO_WAIT)
        if answer.status == 401:
            raise Reconnect("The token of Ledger, s3cret-token, is no longer good. Connect it anew.")
        if answer.status == 422:
            raise Refused("Ledger does not take this. Write something else.")
        return body


def _receipt(post: dict[str, Any]) -> Receipt:
    return Receipt(id=post["id"], at=datetime.fromisoformat(post["at"]), url=f"https://ledger.example/{post['id']}")


def plug_in() -> None:
    """Let the registry find this network, as if its folder stood among the others."""
    for name, contents in {"": {}, ".declared": {"DECLARED": DECLARED}, ".network": {"Network": Network}}.items():
        module = ModuleType(f"entourage.networks.{KEY}{name}")
        vars(module).update(contents)
        sys.modules[module.__name__] = module
    folders = registry._folders()
    if KEY not in folders:
        registry._folders = lambda: (*folders, KEY)  # type: ignore[assignment]


def unplug() -> None:
    """Take it out again: other tests count the networks."""
    for name in [name for name in sys.modules if name.startswith(f"entourage.networks.{KEY}")]:
        del sys.modules[name]
    folders = tuple(key for key in registry._folders() if key != KEY)
    registry._folders = lambda: folders  # type: ignore[assignment]
