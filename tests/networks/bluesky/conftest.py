"""A server on loopback that says what the real network said (payloads), and fails where a test wants it."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

import entourage.networks.bluesky as folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PAYLOADS = Path(folder.__file__).parent / "payloads"
Json = Any
#: An answer: what to say, or a status with what to say, or None to hang up without a word.
Says = Callable[[dict[str, Any]], Json]


def payload(name: str) -> Json:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


class Recorded:
    """What each method answers; the last of several answers stays."""

    def __init__(self) -> None:
        self.asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.tokens: list[str] = []
        self._says: dict[str, list[Json | Says]] = {}
        self.address = ""
        jars = payload("profile")
        self.did, self.handle = jars["did"], jars["handle"]
        session = {"did": self.did, "handle": self.handle, "accessJwt": "first", "refreshJwt": "again"}
        self.say("com.atproto.server.createSession", session)
        self.say("com.atproto.server.refreshSession", {**session, "accessJwt": "second"})
        self.say("app.bsky.actor.getProfile", jars)
        self.say("app.bsky.notification.listNotifications", payload("notifications"))
        self.say("app.bsky.feed.getAuthorFeed", payload("feed"))
        self.say("app.bsky.feed.getPostThread", payload("thread"))
        self.say("app.bsky.feed.getLikes", payload("likes"))
        self.say("app.bsky.feed.getQuotes", payload("quotes"))
        self.say("app.bsky.feed.getRepostedBy", payload("reposts"))
        self.say("app.bsky.feed.searchPosts", {"posts": []})
        self.say("app.bsky.feed.getPosts", self._posts)
        self.say("com.atproto.repo.getRecord", self.refusal("no such record"))

    def say(self, method: str, *answers: Json | Says) -> None:
        self._says[method] = list(answers)

    def refusal(self, name: str) -> tuple[int, Json]:
        told = payload("refusals")[name]
        return told["status"], told["body"]

    def answer(self, method: str, content: dict[str, Any]) -> Json:
        self.asked[method].append(content)
        says = self._says[method]
        one = says.pop(0) if len(says) > 1 else says[0]
        return one(content) if callable(one) else one

    def _posts(self, asked: dict[str, Any]) -> Json:
        views = (
            [item["post"] for item in payload("feed")["feed"]] + payload("posts")["posts"] + payload("quotes")["posts"]
        )
        known = {view["uri"]: view for view in views}
        return {"posts": [known[uri] for uri in asked["uris"] if uri in known]}


@contextmanager
def serving(recorded: Recorded) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            asked = {key: value if key == "uris" else value[0] for key, value in parse_qs(url.query).items()}
            self._say(recorded.answer(url.path.removeprefix("/xrpc/"), asked))

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._say(recorded.answer(self.path.removeprefix("/xrpc/"), json.loads(raw or b"{}")))

        def _say(self, told: Json) -> None:
            recorded.tokens.append(self.headers.get("Authorization", ""))
            if told is None:
                self.close_connection = True
                return
            status, body = told if isinstance(told, tuple) else (200, told)
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorded.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    told = Recorded()
    with serving(told):
        yield told
