"""People on the network who act by the protocol alone: none of our code stands between them and it."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.bluesky.server import Addresses

PASSWORD = "a-password"  # noqa: S105 - of people who live for one test


class Somebody:
    """A person with an account."""

    def __init__(self, addresses: Addresses, name: str) -> None:
        self.handle = f"{name}{time.time_ns() % 10**9}.test"
        self.http = httpx.Client(base_url=f"{addresses.service}/xrpc", timeout=60)
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

    def is_known_to(self, appview: str) -> bool:
        """Whether the AppView has heard of this account and its handle; its server does not wait for that."""
        asked = httpx.get(f"{appview}/xrpc/app.bsky.actor.getProfile", params={"actor": self.handle}, timeout=60)
        return asked.is_success and bool(asked.json()["handle"] == self.handle)

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
    """A new person whom the whole network knows, until the end of a test."""
    one = Somebody(addresses, name)
    with closing(one.http):
        until(lambda: not addresses.appview or one.is_known_to(addresses.appview))
        yield one


def until(ready: Callable[[], Any], seconds: float = 120.0) -> Any:
    """What is there as soon as it is."""
    ends = time.monotonic() + seconds
    while not (found := ready()):
        if time.monotonic() > ends:
            raise TimeoutError(f"it did not come within {seconds} seconds")
        time.sleep(0.05)
    return found


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
