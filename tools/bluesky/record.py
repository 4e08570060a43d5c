"""Write what the real network says into the payloads of ``networks/bluesky``: python -m tools.bluesky.record.

One evening under the post of a maker of jars, told through every door that Entourage reads: Ann is close, Bob is
hollow, Dee is vehement and takes back what she wrote.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
from websockets.sync.client import ClientConnection, connect

from entourage.house import running
from entourage.house.address import with_database
from tools.bluesky.people import PASSWORD, Somebody, now, somebody, until
from tools.bluesky.server import Addresses, started

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = Path(__file__).parents[2] / "src" / "entourage" / "networks" / "bluesky" / "payloads"
DATABASE = "bluesky_record"


def main() -> int:
    """Start the network, let them talk, write down what it says."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        Path(folder).chmod(0o711)
        os.environ["ENTOURAGE_DATA"] = folder
        url = stack.enter_context(running(durable=False))
        with psycopg.connect(with_database(url, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        addresses = stack.enter_context(started("whole", database=with_database(url, DATABASE)))
        people = [stack.enter_context(somebody(addresses, name)) for name in ("jars", "ann", "bob", "dee")]
        events = stack.enter_context(connect(addresses.firehose, max_size=None))
        told = talk(*people)
        write("firehose", [base64.b64encode(frame).decode() for frame in waiting(events)])
        for name, page in {**told, **refusals(addresses, people[0])}.items():
            write(name, page)
    return 0


def waiting(events: ClientConnection) -> Iterator[bytes]:
    """What the firehose has told until now."""
    with contextlib.suppress(TimeoutError):
        while True:
            yield bytes(events.recv(timeout=1))


def talk(jars: Somebody, ann: Somebody, bob: Somebody, dee: Somebody) -> dict[str, Any]:
    """What they do, and what the network then says of it."""
    tag = {"$type": "app.bsky.richtext.facet#tag", "tag": "Jars"}
    marked = {"index": {"byteStart": 23, "byteEnd": 28}, "features": [tag]}
    post = jars.post("Our new lids are here. #Jars", langs=["en"], facets=[marked])
    question = ann.post("Which jars do you use?")
    reply = ann.reply("Le couvercle fuit 😟", post)
    thanks = jars.reply("We send you another, Ann.", reply, post)
    acts = [
        bob.follow(jars),
        bob.like(post),
        bob.repost(post),
        dee.quote("This is a scandal", post),
        ann.mention(f"Hé @{jars.handle}, is it steel?", jars),
        ann.reply("Thank you!", thanks, post),
        ann.reply("It came today.", ann.reply("Wait…", thanks, post), post),
        jars.reply("Ours, of course", question),
        jars.like(reply),
    ]
    rude = dee.reply("Liars", post)
    below = bob.reply("Calm down", rude, post)
    dee.delete(rude["uri"])
    until(lambda: {one["uri"] for one in acts[:6]} <= {note["uri"] for note in jars.notified()})
    ann.sees(acts[-2]["uri"])
    until(lambda: not ann.ask("app.bsky.feed.getPosts", uris=[rude["uri"]])["posts"])
    ask, uri = jars.ask, post["uri"]
    return {
        "notifications": ask("app.bsky.notification.listNotifications", limit=100),
        "feed": ask("app.bsky.feed.getAuthorFeed", actor=jars.did, filter="posts_with_replies", limit=100),
        "thread": ask("app.bsky.feed.getPostThread", uri=uri, depth=1000, parentHeight=0),
        "torn_thread": ask("app.bsky.feed.getPostThread", uri=below["uri"]),
        "likes": ask("app.bsky.feed.getLikes", uri=uri),
        "reposts": ask("app.bsky.feed.getRepostedBy", uri=uri),
        "quotes": ask("app.bsky.feed.getQuotes", uri=uri),
        "posts": ask("app.bsky.feed.getPosts", uris=[uri, reply["uri"]]),
        "profile": ask("app.bsky.actor.getProfile", actor=jars.did),
    }


def refusals(addresses: Addresses, jars: Somebody) -> dict[str, Any]:
    """The network's own words when it does not do what it is asked: status and body."""

    def asked(method: str, token: str = "", **content: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        verb = "POST" if "json" in content else "GET"
        told = httpx.request(verb, f"{addresses.service}/xrpc/{method}", headers=headers, **content)
        return {"status": told.status_code, "body": told.json()}

    record = {"$type": "app.bsky.feed.post", "text": "a", "createdAt": now()}
    place = {"repo": jars.did, "collection": "app.bsky.feed.post", "rkey": "3k2aaaaaaaaaa"}
    token = jars.http.headers["Authorization"].removeprefix("Bearer ")
    once = {**place, "record": record, "swapRecord": None}
    asked("com.atproto.repo.putRecord", token, json=once)
    wrong = {"identifier": jars.handle, "password": f"{PASSWORD}!"}
    return {
        "refusals": {
            "bad token": asked("app.bsky.notification.listNotifications", "nonsense"),
            "wrong password": asked("com.atproto.server.createSession", json=wrong),
            "there already": asked(
                "com.atproto.repo.putRecord", token, json={**once, "record": {**record, "text": "b"}}
            ),
            "no such record": asked("com.atproto.repo.getRecord", params={**place, "rkey": "3k2bbbbbbbbbb"}),
            "no such account": asked("app.bsky.actor.getProfile", token, params={"actor": "nobody.test"}),
            "no such post": asked(
                "app.bsky.feed.getPostThread",
                token,
                params={"uri": f"at://{jars.did}/app.bsky.feed.post/3k2bbbbbbbbbb"},
            ),
        }
    }


def write(name: str, page: Any) -> None:
    """One payload, as a person can read it."""
    PLACE.mkdir(exist_ok=True)
    text = json.dumps(page, ensure_ascii=False, indent=1)
    (PLACE / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
