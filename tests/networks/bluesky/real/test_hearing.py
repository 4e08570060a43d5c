"""Every act is heard within two seconds: from the stream, and by looking where there is none."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from tests.quick import assert_quick
from tools.bluesky.people import Somebody, somebody

from .conftest import SOON_S, listening

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.bluesky import Addresses


@pytest.mark.parametrize("door", ["stream", "looking"])
def test_every_act_is_heard_within_two_seconds(door: str, bluesky: Addresses, say: Callable[[str], None]) -> None:
    def slowest() -> float:
        with somebody(bluesky, "brand") as brand, somebody(bluesky, "ann") as ann:
            times = heard_of(brand, ann, brand.settings(bluesky, **more))
        say(f"heard by {door}, in seconds: " + ", ".join(f"{name} {took:.2f}" for name, took in times.items()))
        return max(times.values())

    more = {"stream": bluesky.firehose} if door == "stream" else {}
    assert_quick(slowest, under_s=SOON_S)


def heard_of(brand: Somebody, ann: Somebody, settings: dict[str, str]) -> dict[str, float]:
    """How many seconds after she begins it each act of Ann is heard."""
    post = brand.post("Our new jars are out")
    ann.sees(post["uri"])
    times = {}
    with listening(settings) as wait_for:
        for name, act in {
            "follow": lambda: ann.follow(brand),
            "like": lambda: ann.like(post),
            "repost": lambda: ann.repost(post),
            "reply": lambda: ann.reply("The lid leaks", post),
            "quote": lambda: ann.quote("Look at these jars", post),
            "mention": lambda: ann.mention(f"Hé @{brand.handle}, is the lid steel?", brand),
        }.items():
            began = time.monotonic()
            written = act()
            activity = wait_for(written["uri"])
            times[name] = time.monotonic() - began
            assert (activity.actor.id, activity.actor.handle) == (ann.did, ann.handle)
            assert brand.did in {one.id for one in activity.to}
        began = time.monotonic()
        ann.delete(written["uri"])
        wait_for(written["uri"], "delete")
        times["delete"] = time.monotonic() - began
    return times


def test_an_unlike_and_an_edit_are_heard_from_the_stream(bluesky: Addresses, brand: Somebody, ann: Somebody) -> None:
    post = brand.post("Our new jars are out")
    with listening(brand.settings(bluesky, stream=bluesky.firehose)) as wait_for:
        like, reply = ann.like(post), ann.reply("The lid leeks", post)
        assert wait_for(like["uri"]).act == "like"
        wait_for(reply["uri"])
        ann.delete(like["uri"])
        assert wait_for(like["uri"], "delete").act == "like"
        record = ann.ask(
            "com.atproto.repo.getRecord",
            repo=ann.did,
            collection="app.bsky.feed.post",
            rkey=reply["uri"].split("/")[-1],
        )["value"]
        ann.call(
            "com.atproto.repo.putRecord",
            repo=ann.did,
            collection="app.bsky.feed.post",
            rkey=reply["uri"].split("/")[-1],
            record={**record, "text": "The lid leaks"},
        )
        assert wait_for(reply["uri"], "update").text == "The lid leaks"
