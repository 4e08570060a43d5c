"""What is sent is seen by the other account, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from tools.bluesky.people import Somebody, until

from entourage.networks.activity import Attachment
from entourage.networks.bluesky.network import Network
from entourage.networks.live import Answer, Reconnect, Refused

if TYPE_CHECKING:
    from tools.bluesky import Addresses

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# The smallest picture there is: one transparent pixel.
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


def posts_of(brand: Somebody) -> list[dict]:
    told = brand.ask("com.atproto.repo.listRecords", repo=brand.did, collection="app.bsky.feed.post", limit=100)
    return list(told["records"])


def test_an_answer_is_seen_by_the_person_it_answers(
    network: Network, bluesky: Addresses, brand: Somebody, ann: Somebody
) -> None:
    post = brand.post("Our new jars are out")
    middle = ann.reply("Hm", post)
    asked = ann.reply("The lid leaks", middle, post)
    brand.sees(asked["uri"])
    words = f"Désolés 😟 @{ann.handle} — see https://jars.test/lids?x=1, it is #fixed"
    began = datetime.now(UTC)
    receipt = network.send(Answer(key="outgoing-1", text=words, to=asked["uri"], language="fr"))
    seen = ann.sees(receipt.id)["record"]
    assert (seen["text"], seen["langs"]) == (words, ["fr"])
    assert seen["reply"] == {"root": post, "parent": asked}
    raw = words.encode()
    marked = [raw[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in seen["facets"]]
    assert marked == [f"@{ann.handle}", "https://jars.test/lids?x=1", "#fixed"]
    assert seen["facets"][0]["features"][0]["did"] == ann.did
    note = until(lambda: next((n for n in ann.notified() if n["uri"] == receipt.id), None))
    assert note["reason"] in {"reply", "mention"}
    # The network tells no fractions that are smaller than a thousandth.
    assert began - timedelta(milliseconds=1) <= receipt.at <= datetime.now(UTC)


def test_the_same_key_sent_twice_is_one_post(network: Network, brand: Somebody, ann: Somebody) -> None:
    asked = ann.mention(f"@{brand.handle} steel?", brand)
    brand.sees(asked["uri"])
    answer = Answer(key="outgoing-2", text="Steel, yes.", to=asked["uri"])
    first = network.send(answer)
    assert network.send(answer) == first
    other = network.send(Answer(key="outgoing-3", text="Steel, yes.", to=asked["uri"]))
    assert other.id != first.id
    assert len(posts_of(brand)) == 2


def test_the_same_key_sent_by_four_at_the_same_moment_is_one_post(
    bluesky: Addresses, brand: Somebody, ann: Somebody
) -> None:
    asked = ann.mention(f"@{brand.handle} steel?", brand)
    brand.sees(asked["uri"])
    answer, settings, start = (
        Answer(key="raced", text="Steel, yes.", to=asked["uri"]),
        brand.settings(bluesky),
        Barrier(4),
    )

    def send(_: int) -> str:
        with closing(Network(settings)) as network:
            network.check()
            start.wait(10)
            return network.send(answer).id

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(send, range(4)))
    assert len(set(ids)) == len(posts_of(brand)) == 1


def test_a_lost_receipt_is_found(network: Network, bluesky: Addresses, brand: Somebody, ann: Somebody) -> None:
    asked = ann.mention(f"@{brand.handle} steel?", brand)
    brand.sees(asked["uri"])
    answer = Answer(key="outgoing-4", text="Steel, yes.", to=asked["uri"])
    assert network.find(answer, since=LONG_AGO) is None
    sent = network.send(answer)  # the process dies here, and another asks
    with closing(Network(brand.settings(bluesky))) as another:
        assert another.find(answer, since=LONG_AGO) == sent


def test_a_picture_goes_with_its_words(network: Network, brand: Somebody, ann: Somebody) -> None:
    asked = ann.mention(f"@{brand.handle} a picture?", brand)
    brand.sees(asked["uri"])
    picture = Attachment(name="jar.gif", kind="image/gif", content=PIXEL, alt="A jar with a steel lid")
    receipt = network.send(Answer(key="picture", text="Here.", to=asked["uri"], attachments=(picture,)))
    assert ann.sees(receipt.id)["record"]["embed"]["images"][0]["alt"] == "A jar with a steel lid"


def test_the_network_agrees_on_how_long_an_answer_may_be(network: Network, brand: Somebody, ann: Somebody) -> None:
    asked = ann.mention(f"@{brand.handle} long?", brand)
    brand.sees(asked["uri"])
    family = "👩‍👩‍👧‍👦🇫🇷é"
    network.send(Answer(key="longest", text=family * 75 + "a" * 75, to=asked["uri"]))
    with pytest.raises(Refused, match="at most 300 characters"):
        network.send(Answer(key="too long", text=family * 75 + "a" * 76, to=asked["uri"]))


def test_liking_twice_likes_once_and_hiding_hides(network: Network, brand: Somebody, ann: Somebody) -> None:
    post = brand.post("Our new jars are out")
    rude, other = ann.reply("Rude", post), ann.reply("Ruder", post)
    brand.sees(other["uri"])
    network.like(rude["uri"])
    network.like(rude["uri"])
    until(lambda: ann.sees(rude["uri"])["likeCount"] == 1)
    for uri in (rude["uri"], rude["uri"], other["uri"]):
        network.hide(uri)
    gate = brand.ask(
        "com.atproto.repo.getRecord",
        repo=brand.did,
        collection="app.bsky.feed.threadgate",
        rkey=post["uri"].split("/")[-1],
    )
    assert gate["value"]["hiddenReplies"] == [rude["uri"], other["uri"]]
    mine = ann.post("Mine")
    brand.sees(mine["uri"])
    with pytest.raises(Refused, match="only answers under one's own posts"):
        network.hide(mine["uri"])


def test_an_answer_is_taken_back_and_a_strangers_words_are_not(
    network: Network, brand: Somebody, ann: Somebody
) -> None:
    asked = ann.mention(f"@{brand.handle} steel?", brand)
    brand.sees(asked["uri"])
    receipt = network.send(Answer(key="regretted", text="Tin.", to=asked["uri"]))
    network.delete(receipt.id)
    network.delete(receipt.id)
    assert posts_of(brand) == []
    with pytest.raises(Refused, match="Only what this account wrote"):
        network.delete(asked["uri"])


def test_what_is_gone_or_closed_cannot_be_answered(network: Network, brand: Somebody, ann: Somebody) -> None:
    closed = ann.post("Only for friends")
    rkey = closed["uri"].split("/")[-1]
    gate = {
        "$type": "app.bsky.feed.threadgate",
        "post": closed["uri"],
        "allow": [],
        "createdAt": "2026-01-01T00:00:00Z",
    }
    ann.call("com.atproto.repo.putRecord", repo=ann.did, collection="app.bsky.feed.threadgate", rkey=rkey, record=gate)
    until(lambda: brand.sees(closed["uri"]).get("viewer", {}).get("replyDisabled"))
    with pytest.raises(Refused, match="lets only some accounts answer"):
        network.send(Answer(key="closed", text="Hello", to=closed["uri"]))
    with pytest.raises(Refused, match="no longer on Bluesky"):
        network.send(Answer(key="gone", text="Hello", to=f"at://{ann.did}/app.bsky.feed.post/3k2aaaaaaaaaa"))


def test_without_an_app_password_nothing_is_sent(bluesky: Addresses, brand: Somebody, ann: Somebody) -> None:
    settings = {"handle": brand.handle, "service": bluesky.service, "appview": bluesky.appview}
    with closing(Network(settings)) as network, pytest.raises(Reconnect, match="Without an app password"):
        network.like(ann.post("Hello")["uri"])
