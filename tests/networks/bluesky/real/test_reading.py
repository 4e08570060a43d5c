"""Reading in passes misses nothing, with a key and without."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.quick import slowness
from tools.bluesky.people import Somebody, until

from entourage.networks.bluesky.network import Network

from .conftest import whole

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from tools.bluesky import Addresses


def acts_of(found: dict) -> dict[str, str]:
    return {id_: one.act.value for id_, one in found.items()}


def pass_with(network: Network, ids: AbstractSet[str], *, counted: list[str]) -> tuple[dict, str] | None:
    """A pass that finds all of these; what is read where it is counted, the network counts a moment after the posts."""
    found, cursor = whole(network)
    without_id = sorted(one.act.value for one in found.values() if "#" in one.id)
    return (found, cursor) if ids <= found.keys() and without_id == counted else None


def test_all_that_was_done_is_read_with_its_author_and_its_thread(
    network: Network, brand: Somebody, ann: Somebody
) -> None:
    stranger = ann.post("Which jars do you use?")
    post = brand.post("Our new jars are out", langs=["en"])
    wanted = {
        ann.follow(brand)["uri"]: "follow",
        ann.like(post)["uri"]: "like",
        ann.repost(post)["uri"]: "share",
        (reply := ann.reply("The lid leaks", post))["uri"]: "reply",
        ann.quote("Look at these", post)["uri"]: "mention",
        ann.mention(f"@{brand.handle} steel?", brand)["uri"]: "mention",
        brand.reply("We send you another", reply, post)["uri"]: "reply",
        (asked := brand.reply("Ours!", stranger))["uri"]: "reply",
        ann.reply("Which are those?", asked, stranger)["uri"]: "reply",
        post["uri"]: "post",
        stranger["uri"]: "post",
    }
    until(lambda: wanted.keys() <= whole(network)[0].keys())
    found, cursor = whole(network)
    assert {id_: act for id_, act in acts_of(found).items() if id_ in wanted} == wanted
    told = found[reply["uri"]]
    assert (told.text, told.in_reply_to, told.context) == ("The lid leaks", post["uri"], post["uri"])
    assert (told.actor.handle, [one.id for one in told.to]) == (ann.handle, [brand.did])
    assert found[post["uri"]].language == "en"
    late = ann.reply("And the glass is thin", post)
    until(lambda: late["uri"] in whole(network, cursor)[0])


def test_a_thread_is_read_whole_in_public_without_any_key(bluesky: Addresses, brand: Somebody, ann: Somebody) -> None:
    post = brand.post("Our new jars are out")
    reply = ann.reply("The lid leaks", post)
    deep = ann.reply("and the glass is thin", reply, post)
    ann.like(post), ann.repost(post)
    quote = ann.quote("Look", post)  # a mention elsewhere is found by the public search, which this network has not
    settings = {"handle": f"@{brand.handle}", "service": bluesky.service, "appview": bluesky.appview}
    with closing(Network(settings)) as network:
        assert network.check().account.id == brand.did
        wanted = {post["uri"]: "post", reply["uri"]: "reply", deep["uri"]: "reply", quote["uri"]: "mention"}
        found, cursor = until(lambda: pass_with(network, wanted.keys(), counted=["like", "share"]))
        assert wanted.items() <= acts_of(found).items()
        began = datetime.now(UTC)
        whole(network)
        assert datetime.now(UTC) - began < timedelta(seconds=10 * slowness())
        ann.delete(reply["uri"])
        until(lambda: whole(network, cursor)[0].get(reply["uri"], found[reply["uri"]]).change == "delete")


def test_a_cursor_in_the_middle_of_a_pass_goes_on_where_it_was(
    network: Network, brand: Somebody, ann: Somebody
) -> None:
    posts = [brand.post(f"Jar {number}") for number in range(120)]
    likes = {ann.like(post)["uri"] for post in posts}
    ann.sees(posts[-1]["uri"])
    until(lambda: likes <= whole(network)[0].keys())
    page, found = network.read(""), set()
    while page.more:  # each page by a new process, as after a kill
        found |= {one.id for one in page.found}
        page = network.read(page.cursor)
    found |= {one.id for one in page.found}
    assert likes | {post["uri"] for post in posts} <= found


def test_the_history_holds_all_and_the_missing_are_told(network: Network, brand: Somebody, ann: Somebody) -> None:
    since = datetime.now(UTC) - timedelta(minutes=1)
    post = brand.post("Our new jars are out")
    chain = [ann.reply("0", post)]
    for number in range(1, 8):  # deeper than notifications reach
        chain.append(ann.reply(str(number), chain[-1], post))
    like, ids = ann.like(post), {one["uri"] for one in chain}
    wanted = ids | {post["uri"], like["uri"]}
    until(lambda: wanted <= {one.id for page in network.history(since) for one in page})
    assert network.missing(sorted(ids)) == frozenset()
    ann.delete(chain[3]["uri"])
    until(lambda: network.missing([*sorted(ids), like["uri"]]) == frozenset({chain[3]["uri"]}))
