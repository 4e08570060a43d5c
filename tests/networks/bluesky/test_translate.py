"""What the real network said one evening (tools/bluesky/record.py), as activities."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import entourage.networks.bluesky as folder
from entourage.networks.activity import Activity, Timing
from entourage.networks.base import Broken, Skip
from entourage.networks.bluesky import translate as to
from entourage.networks.bluesky.media import WITH_MEDIA
from entourage.networks.bluesky.reading import told
from entourage.networks.bluesky.stream import Known, checked, matched, writes

PAYLOADS = Path(folder.__file__).parent / "payloads"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def payload(name: str):
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


JARS = payload("profile")["did"]


def acts(found) -> list[tuple[str, str, str]]:
    """Who, what, and its words."""
    return [(one.actor.handle[:3], one.act.value, one.text) for one in found]


CID = "bafkreibcgomdrmfzhf6jcsvd6dafjprxutcuuw2kucfi7n5jrql3wtw2je"
JPEG = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 77_000}
LID = {"alt": "The lid, cracked", "image": JPEG, "aspectRatio": {"width": 1200, "height": 900}}
PICTURES = {"$type": "app.bsky.embed.images", "images": [LID, {"alt": "", "image": {**JPEG, "ref": CID}}]}
FILM = {"$type": "app.bsky.embed.video", "video": {**JPEG, "mimeType": "video/mp4"}, "alt": "It drips"}
LIES = f"https://cdn.bsky.app/img/feed_fullsize/plain/{{who}}/{CID}@jpeg"


def embedded(embed):
    view = payload("posts")["posts"][0]
    return to.post_view({**view, "record": {**view["record"], "embed": embed}})


@pytest.mark.parametrize("around", [lambda one: one, lambda one: {"$type": WITH_MEDIA, "media": one}])
def test_a_post_tells_of_its_pictures_where_they_lie_and_what_they_show(around) -> None:
    post = embedded(around(PICTURES))
    lies = LIES.format(who=post.actor.id)
    assert [(one.kind, one.url, one.alt, one.size, one.width, one.height) for one in post.attachments] == [
        ("image/jpeg", lies, "The lid, cracked", 77_000, 1200, 900),
        ("image/jpeg", lies, "", 77_000, 0, 0),
    ]


def test_a_film_is_seen_on_its_post_s_page() -> None:
    post = embedded(FILM)
    assert [(one.kind, one.url, one.alt) for one in post.attachments] == [("video/mp4", post.url, "It drips")]


@pytest.mark.parametrize("ref", ["../../evil", "x@jpeg#", {"$link": 7}, None, "a" * 500])
def test_no_name_of_a_picture_leads_anywhere_else(ref) -> None:
    post = embedded({**PICTURES, "images": [{**LID, "image": {**JPEG, "ref": ref}}]})
    assert [one.url for one in post.attachments] == [post.url]


@pytest.mark.parametrize("embed", [{"$type": "app.bsky.embed.external"}, {"$type": WITH_MEDIA}, {"images": [LID]}])
def test_what_is_embedded_otherwise_is_no_file(embed) -> None:
    assert embedded(embed).attachments == ()


def test_notifications_tell_who_did_what() -> None:
    found = list(told(payload("notifications")["notifications"]))
    assert acts(found) == [
        ("bob", "reply", "Calm down"),
        ("ann", "reply", "It came today."),
        ("ann", "reply", "Wait…"),
        ("ann", "reply", "Thank you!"),
        ("ann", "mention", found[4].text),
        ("dee", "mention", "This is a scandal"),
        ("bob", "share", ""),
        ("bob", "like", ""),
        ("bob", "follow", ""),
        ("ann", "reply", "Le couvercle fuit 😟"),
    ]
    assert found[4].text.startswith("Hé @jars")
    turned = [JARS in {one.id for one in act.to} for act in found]
    # Under Dee's answer Bob speaks to Dee; what Ann adds to her own words still goes to whoever began.
    assert turned == [False, *[True] * 9]
    post = found[-1].in_reply_to
    assert {act.context for act in found if act.act == "reply"} == {post}
    assert {act.in_reply_to for act in found if act.act in {"like", "share"}} == {found[5].in_reply_to} == {post}
    assert all(act.at.tzinfo is UTC and act.timing is Timing.EXACT for act in found)


def test_the_same_act_has_the_same_id_and_says_the_same_through_every_door() -> None:
    doors = {
        "notifications": list(told(payload("notifications")["notifications"])),
        "feed": list(to.feed(payload("feed"))),
        "thread": list(to.thread(payload("thread")["thread"])),
        "quotes": list(to.posts(payload("quotes")["posts"])),
        "posts": list(to.posts(payload("posts")["posts"])),
    }
    met: dict[str, Activity] = {}
    for door, found in doors.items():
        assert found, door
        for one in found:
            assert isinstance(one, Activity), one
            plain = msgspec.structs.replace(one, actor=msgspec.structs.replace(one.actor, name="", kind=""))
            assert met.setdefault(one.id, plain) == plain, door
    assert len(met) == 14


def test_a_feed_tells_what_we_wrote_and_what_it_answers() -> None:
    found = {one.text: one for one in to.feed(payload("feed"))}
    assert set(found) == {
        "Our new lids are here. #Jars",
        "We send you another, Ann.",
        "Ours, of course",
        "Le couvercle fuit 😟",
        "Which jars do you use?",
    }
    first = found["Our new lids are here. #Jars"]
    assert (first.act, first.language, first.tags, first.context) == ("post", "en", ("jars",), first.id)
    assert first.url == f"https://bsky.app/profile/{first.actor.handle}/post/{first.id[-13:]}"
    assert found["Ours, of course"].in_reply_to == found["Which jars do you use?"].id


def test_a_thread_with_a_deleted_middle_tells_the_rest() -> None:
    assert [one.text for one in to.thread(payload("torn_thread")["thread"])] == ["Calm down"]


def test_a_thread_of_a_thousand_answers_is_no_problem() -> None:
    node: dict = {"post": payload("posts")["posts"][0]}
    for _ in range(5_000):
        node = {"post": node["post"], "replies": [node]}
    assert len(list(to.thread(node))) == 5_001


def test_in_public_likes_have_a_moment_and_reposts_none() -> None:
    post = payload("likes")["uri"]
    (like,) = [to.like(entry, post) for entry in payload("likes")["likes"]]
    assert (like.act, like.in_reply_to, like.to[0].id, like.timing) == ("like", post, JARS, Timing.EXACT)
    (repost,) = [to.repost(entry, post, posted=NOON) for entry in payload("reposts")["repostedBy"]]
    assert (repost.act, repost.at, repost.timing) == ("share", NOON, Timing.AFTER)
    assert like.id != repost.id


def test_the_stream_tells_the_same_evening_and_its_deletion() -> None:
    class Nobody:
        def of(self, did: str) -> to.Account:
            return to.Account(id=did)

    known, found = Known(), []
    for frame in payload("firehose"):
        for write in writes(base64.b64decode(frame)):
            found += [one for batch in matched(write, JARS, known, Nobody()) for one in batch]
    said = {(one.id, one.act, one.text, one.in_reply_to, one.context) for one in found if one.change == "create"}
    noted = told(payload("notifications")["notifications"])
    assert {(one.id, one.act, one.text, one.in_reply_to, one.context) for one in noted} <= said
    (lost,) = [one for one in found if one.change == "delete"]
    assert lost.id in {one.id for one in found if one.text == "Liars"}
    stranger = [one for one in found if one.text == "Which jars do you use?"]
    assert stranger == [], "what is turned to nobody here is left"


def test_a_jetstream_event_is_understood() -> None:
    record = {"$type": to.POST, "text": "Hi", "createdAt": "2026-11-22T12:00:00Z"}
    reply = {
        "root": {"uri": f"at://{JARS}/{to.POST}/1", "cid": "c"},
        "parent": {"uri": f"at://{JARS}/{to.POST}/1", "cid": "c"},
    }
    commit = {"operation": "create", "collection": to.POST, "rkey": "3k2", "record": {**record, "reply": reply}}
    event = {"did": "did:plc:ann", "time_us": 1_795_348_800_000_000, "kind": "commit", "commit": commit}
    (write,) = writes(json.dumps(event))
    assert (write.uri, write.action, write.at) == (f"at://did:plc:ann/{to.POST}/3k2", "create", NOON)
    assert to.touches(write.record, JARS)
    assert list(writes(json.dumps({**event, "commit": {**commit, "collection": "app.bsky.feed.generator"}}))) == []


@pytest.mark.parametrize(
    ("claimed", "seen", "told_at"),
    [
        ("2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z", "11:00"),
        ("2036-11-22T11:00:00Z", "2026-11-22T12:00:00Z", "12:00"),
        ("yesterday", "2026-11-22T12:00:00Z", "12:00"),
        (None, "2026-11-22T12:00:00Z", "12:00"),
    ],
)
def test_no_moment_is_later_than_the_network_saw(claimed: object, seen: str, told_at: str) -> None:
    view = {"uri": f"at://did:plc:ann/{to.POST}/1", "author": {"did": "did:plc:ann"}, "indexedAt": seen}
    found = to.post_view({**view, "record": {"text": "Hi", "createdAt": claimed}})
    assert f"{found.at:%H:%M}" == told_at


def test_a_post_without_its_author_is_left_with_its_reason() -> None:
    found = to.post_view({"uri": f"at://did:plc:ann/{to.POST}/1", "record": {"text": "Hi"}})
    assert isinstance(found, Skip)
    assert "its author" in found.reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["uri", "did", "subject", "reply", "embed", "facets", "langs", "tags"]), inside
        )
    ),
    max_leaves=12,
)
RECORDS = st.fixed_dictionaries(
    {"$type": st.sampled_from([*to.ACTS, "other"])},
    optional=dict.fromkeys(("text", "createdAt", "reply", "embed", "facets", "langs", "tags", "subject"), JSON),
)


@given(RECORDS, JSON)
def test_no_record_of_a_stranger_breaks_a_page(record, author) -> None:
    node = {"uri": f"at://did:plc:ann/{record['$type']}/1", "author": author, "record": record}
    assert to.post_view(node) is not None
    assert isinstance(to.notification({**node, "indexedAt": "2026-11-22T12:00:00Z"}), Activity | Skip | None)
    assert to.touches(record, JARS) in {True, False}


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_message_of_a_stream_breaks_it(message: bytes | str) -> None:
    assert list(writes(message)) == []


def test_the_address_of_a_stream_is_checked() -> None:
    assert checked("wss://jet.test/subscribe?x=1") == "wss://jet.test/subscribe?x=1"
    assert checked("ws://localhost:1") == "ws://localhost:1/xrpc/com.atproto.sync.subscribeRepos"
    for wrong in ("ws://jet.test/subscribe", "https://jet.test", "jet.test", "wss://"):
        with pytest.raises(Broken, match="must start with wss://"):
            checked(wrong)
