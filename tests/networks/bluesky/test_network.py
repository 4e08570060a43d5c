"""Reading and sending, on a server that says what the real one said; the real one itself is in ``real``."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from entourage.networks.activity import Attachment
from entourage.networks.base import Broken, Skip
from entourage.networks.bluesky.network import Network
from entourage.networks.live import Answer, Can, Reconnect, Refused, Retry, Uncertain

from .conftest import Recorded, payload

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOTES = "app.bsky.notification.listNotifications"
SESSION, REFRESH = "com.atproto.server.createSession", "com.atproto.server.refreshSession"
PUT, GET = "com.atproto.repo.putRecord", "com.atproto.repo.getRecord"
POST = payload("posts")["posts"][0]["uri"]
ANSWER = Answer(key="k1", text="Sorry!", to=POST)


def settings(recorded: Recorded, **more: str) -> dict[str, str]:
    doors = {"service": recorded.address, "appview": recorded.address, "stream": ""}
    return {"handle": recorded.handle, "app_password": "abcd-efgh", **doors, **more}


@pytest.fixture
def network(recorded: Recorded) -> Iterator[Network]:
    with closing(Network(settings(recorded))) as network:
        yield network


def whole(network: Network, cursor: str = "") -> tuple[dict, str]:
    found = {}
    for _ in range(50):
        page = network.read(cursor)
        found |= {one.id: one for one in page.found if not isinstance(one, Skip)}
        cursor = page.cursor
        if not page.more:
            return found, cursor
    pytest.fail("a pass ends")


def there(uris: set[str]) -> dict:
    """What getPosts says of posts that are there."""
    return {"posts": [{"uri": uri} for uri in uris]}


def test_a_pass_with_a_key_reads_all_and_the_next_one_is_short(network: Network, recorded: Recorded) -> None:
    found, cursor = whole(network)
    assert {"reply", "mention", "like", "share", "follow", "post"} <= {one.act.value for one in found.values()}
    before = len(recorded.asked[NOTES])
    whole(network, cursor)
    assert len(recorded.asked[NOTES]) == before + 1


def test_a_pass_goes_back_until_it_meets_the_pass_before(network: Network, recorded: Recorded) -> None:
    _, cursor = whole(network)
    old = [{**note, "indexedAt": "2026-01-01T00:00:00.000Z"} for note in payload("notifications")["notifications"]]
    new = {**payload("notifications"), "cursor": "p2"}
    recorded.asked.clear()
    recorded.say(NOTES, new, {"notifications": old, "cursor": "p3"}, {"notifications": [], "cursor": "p4"})
    whole(network, cursor)
    assert [asked.get("cursor") for asked in recorded.asked[NOTES]] == [None, "p2"]


def test_a_post_that_vanished_is_told_as_deleted_once(network: Network, recorded: Recorded) -> None:
    found, cursor = whole(network)
    lost = payload("quotes")["posts"][0]["uri"]
    assert found[lost].change == "create"
    recorded.say("app.bsky.feed.getPosts", lambda asked: there({*asked["uris"]} - {lost}))
    # The notification of a deleted post goes with it.
    notes = [note for note in payload("notifications")["notifications"] if note["uri"] != lost]
    recorded.say(NOTES, {"notifications": notes})
    found, cursor = whole(network, cursor)
    assert (found[lost].change, found[lost].act) == ("delete", "post")
    assert lost not in whole(network, cursor)[0]


def test_what_is_only_hidden_from_us_is_not_called_deleted(network: Network, recorded: Recorded) -> None:
    recorded.say("app.bsky.feed.getPosts", {"posts": []})
    recorded.say(GET, {"uri": POST, "value": {}})
    assert network.missing([POST, "at://did:plc:x/app.bsky.feed.like/1"]) == frozenset()
    recorded.say(GET, recorded.refusal("no such record"))
    assert network.missing([POST, "at://did:plc:x/app.bsky.feed.like/1"]) == {POST}


def test_without_a_key_the_threads_under_posts_are_read_and_only_when_they_grow(recorded: Recorded) -> None:
    with closing(Network(settings(recorded, app_password=""))) as network:
        assert network.check().can == {Can.READ, Can.HISTORY, Can.VERIFY}
        found, cursor = whole(network)
        assert recorded.asked["app.bsky.feed.getPostThread"]
        assert {"reply", "like", "share", "mention", "post"} <= {one.act.value for one in found.values()}
        recorded.asked.clear()
        whole(network, cursor)
        assert not recorded.asked["app.bsky.feed.getPostThread"]
        recorded.say("app.bsky.feed.searchPosts", (403, {"error": "Forbidden"}))
        whole(network, cursor)
        assert set(recorded.tokens) == {""}, "nothing is signed in"
        with pytest.raises(Reconnect, match="not heard"):
            next(network.listen())


@pytest.mark.parametrize("wrong", ["Ann Smith", "ann", "ann@mail.test", "https://bsky.app/profile/ann.test", ""])
def test_what_is_no_handle_is_said_at_once(recorded: Recorded, wrong: str) -> None:
    for password in ("", "abcd-efgh"):
        given = settings(recorded, handle=wrong, app_password=password)
        with closing(Network(given)) as network, pytest.raises(Reconnect, match="A handle looks like"):
            network.check()


def test_a_cursor_of_the_time_before_the_key_goes_on_from_there(recorded: Recorded) -> None:
    with closing(Network(settings(recorded, app_password=""))) as network:
        _, cursor = whole(network)
    seen = json.loads(cursor)["seen"]
    with closing(Network(settings(recorded))) as network:
        page = network.read(cursor)
        assert (json.loads(page.cursor)["seen"], json.loads(page.cursor)["keyed"]) == (seen, True)
        assert network.read("not a cursor").more


def test_the_history_tells_all_since_a_moment(network: Network) -> None:
    found = {one.id: one for page in network.history(LONG_AGO) for one in page}
    assert {"reply", "like", "follow", "post"} <= {one.act.value for one in found.values()}


def test_a_token_that_ended_is_renewed_and_two_connections_share_one_session(recorded: Recorded) -> None:
    with closing(Network(settings(recorded))) as network:
        network.check()
    recorded.say(NOTES, recorded.refusal("bad token"), payload("notifications"))
    with closing(Network(settings(recorded))) as network:
        assert network.read("").found
    assert (len(recorded.asked[SESSION]), len(recorded.asked[REFRESH])) == (1, 1)
    assert recorded.tokens[-1] == "Bearer second"


def test_keys_that_open_nothing_say_what_to_do(recorded: Recorded) -> None:
    recorded.say(SESSION, recorded.refusal("wrong password"))
    with closing(Network(settings(recorded))) as network, pytest.raises(Reconnect) as told:
        network.check()
    assert str(told.value).endswith(
        "In Bluesky, Settings, Privacy and security, App passwords: make a new one and connect anew."
    )
    recorded.say(SESSION, (401, {"error": "AuthFactorTokenRequired", "message": "A sign in code was sent"}))
    with closing(Network(settings(recorded))) as network, pytest.raises(Reconnect, match="own password"):
        network.check()
    recorded.say(SESSION, {"did": recorded.did, "handle": recorded.handle, "accessJwt": "first", "refreshJwt": "again"})
    recorded.say(NOTES, recorded.refusal("bad token"))
    with closing(Network(settings(recorded))) as network, pytest.raises(Reconnect, match="no longer takes these keys"):
        network.read("")
    recorded.say(SESSION, {"hello": "this is another server"})
    with (
        closing(Network(settings(recorded, app_password="other"))) as network,
        pytest.raises(Broken, match="Check the"),
    ):
        network.check()


def test_an_answer_is_looked_for_and_written_only_where_nothing_stands(network: Network, recorded: Recorded) -> None:
    recorded.say(PUT, lambda asked: {"uri": f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}"})
    receipt = network.send(ANSWER)
    (put,) = recorded.asked[PUT]
    assert (put["swapRecord"], put["repo"], receipt.id.split("/")[-1]) == (None, recorded.did, put["rkey"])
    assert put["record"]["reply"]["parent"]["uri"] == POST
    assert receipt.url == f"https://bsky.app/profile/{recorded.handle}/post/{put['rkey']}"


def test_an_earlier_try_that_arrived_after_all_is_the_receipt(network: Network, recorded: Recorded) -> None:
    stands = {"uri": f"at://{recorded.did}/app.bsky.feed.post/1", "value": {"createdAt": "2026-11-22T12:00:00.000Z"}}
    recorded.say(PUT, recorded.refusal("there already"))
    recorded.say(GET, recorded.refusal("no such record"), stands)
    assert network.send(ANSWER).id == stands["uri"]
    recorded.say(GET, recorded.refusal("no such record"))
    with pytest.raises(Retry, match="does not show it"):
        network.send(ANSWER)
    recorded.say(GET, stands)
    assert network.find(ANSWER, since=LONG_AGO) == network.send(ANSWER)
    assert len(recorded.asked[PUT]) == 2, "what is there is not written again"


def test_a_line_cut_while_sending_is_uncertain(network: Network, recorded: Recorded) -> None:
    recorded.say(PUT, None)
    with pytest.raises(Uncertain, match="may have arrived"):
        network.send(ANSWER)


PAPER = Attachment(name="a.pdf", kind="application/pdf", content=b"")
PICTURE = Attachment(name="jar.png", kind="image/png", content=b"png", alt="A jar")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(key="k", text="a" * 301, to=POST), "has 301. Shorten it"),
        (Answer(key="k", text="👩‍🚀" * 273, to=POST), r"at most 3,000 bytes .* 3003"),
        (Answer(key="k", text=" ", to=POST), "must have words"),
        (Answer(key="k", text="a", to=POST, private=True), "no private messages"),
        (Answer(key="k", text="a", to=POST, attachments=(PICTURE,) * 5), "at most 4 pictures"),
        (
            Answer(
                key="k", text="a", to=POST, attachments=(Attachment(name="a.pdf", kind="application/pdf", content=b""),)
            ),
            "a.pdf",
        ),
        (Answer(key="k", text="a", to=f"at://{POST.split('/')[2]}/app.bsky.feed.post/none"), "no longer on Bluesky"),
    ],
)
def test_what_cannot_be_sent_is_said_before_anything_leaves(
    network: Network, recorded: Recorded, answer: Answer, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        network.send(answer)
    assert not recorded.asked[PUT]


@pytest.mark.parametrize(
    ("viewer", "author", "why"),
    [
        ({"replyDisabled": True}, {}, "lets only some accounts"),
        ({}, {"blockedBy": True}, "has blocked the other"),
    ],
)
def test_a_closed_post_cannot_be_answered(
    network: Network, recorded: Recorded, viewer: dict, author: dict, why: str
) -> None:
    view = {**payload("posts")["posts"][0], "viewer": viewer}
    recorded.say("app.bsky.feed.getPosts", {"posts": [{**view, "author": {**view["author"], "viewer": author}}]})
    with pytest.raises(Refused, match=why):
        network.send(ANSWER)


def test_listening_by_looking_tells_what_is_new_and_what_is_gone(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entourage.networks.bluesky.stream.EVERY_S", 0.01)
    notes = payload("notifications")["notifications"]
    recorded.say(NOTES, {"notifications": notes[1:]}, {"notifications": notes})
    known, gone = {notes[0]["uri"]}, set()
    recorded.say("app.bsky.feed.getPosts", lambda asked: there({*asked["uris"]} & known - gone))
    network = Network(settings(recorded))
    heard = network.listen()
    assert next(heard) == (), "it is open"
    before = [one.id for one in next(heard)]
    known.update(before)
    assert set(before) >= {note["uri"] for note in notes[1:]}
    assert len(before) == len(set(before))
    assert [one.id for one in next(heard)] == [notes[0]["uri"]]
    gone.add(notes[0]["uri"])
    lost = next(batch for batch in heard if batch)
    assert [(one.id, one.change.value) for one in lost] == [(notes[0]["uri"], "delete")]
    network.close()
    assert list(heard) == [()] * len(list(heard)), "closing ends it"


def test_a_stream_that_is_not_there_is_a_retry(recorded: Recorded) -> None:
    with closing(Network(settings(recorded, stream="ws://127.0.0.1:9/subscribe"))) as network:
        with pytest.raises(Retry, match="stream of Bluesky broke off") as told:
            next(network.listen())
        assert told.value.after < timedelta(minutes=1)
