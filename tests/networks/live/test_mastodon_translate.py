"""Payloads of Mastodon into activities: of the documentation, of a server, and whatever else may come."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import entourage.networks.mastodon
from entourage.networks.activity import Account, Activity
from entourage.networks.base import Skip
from entourage.networks.mastodon import translate
from entourage.networks.mastodon.translate import Home
from entourage.networks.sse import events

PAYLOADS = Path(entourage.networks.mastodon.__file__).parent / "payloads"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ME = Account(id="tea@mastodon.example", handle="tea@mastodon.example", kind="own")
HOME = Home(host="mastodon.example", me=ME, number="14715")


def sample(name):
    return json.loads((PAYLOADS / name).read_text())


def told(kind, nodes, home=HOME):
    return [one for node in nodes for one in translate.found(kind, node, home=home)]


def home_of(nodes):
    """The samples of the server know the brand under another number than those of the documentation."""
    numbers = {node["account"]["id"] for node in nodes if node["account"]["username"] == "tea"}
    return Home(host="mastodon.example", me=ME, number=numbers.pop())


def drawn(found):
    return [
        f"{a.actor.id.partition('@')[0] or '-'} {a.change} {a.act} "
        f"{','.join(to.id.partition('@')[0] for to in a.to) or '-'} {a.text!r}"
        for a in found
    ]


def test_the_notifications_of_the_documentation():
    mention, quote, like, broken = told(translate.notification, sample("docs_notifications.json"))
    assert (mention.id, mention.in_reply_to) == (
        "mastodon.example/103254962155278888",
        "mastodon.example/103254193998341330",
    )
    assert mention.text == "order 77\n\n@tea it came broken & cold:\nhttps://tea.example/77\n\nWho answers? #Help"
    assert (mention.act, mention.change, mention.language, mention.tags) == ("reply", "update", "en", ("help",))
    assert (mention.actor.id, mention.actor.name) == ("cyd@tea.example", "Cyd :tea:")
    assert mention.edited_at.isoformat() == "2026-11-20T07:15:02.120000+00:00"
    assert (quote.act, [to.id for to in quote.to], quote.actor.kind) == ("mention", [ME.id], "bot")
    assert like.id == "mastodon.example/103254193998341330/favourite/cyd@tea.example"
    assert isinstance(broken, Skip)


def test_what_a_server_sent_is_read_whole():
    posts = sample("mock_statuses.json")
    home = home_of(posts)
    assert drawn(told(translate.status, posts, home)) == ["tea update post - 'New in the garden: fresh mint'"]
    assert drawn(told(translate.notification, sample("mock_notifications.json"), home)) == [
        "ann create message tea '@tea my order number is 77'",
        "bob create follow tea ''",
        "cyd create share tea ''",
        "ann create like tea ''",
        "ann create reply tea '@tea lovely mint'",
        "dee create mention tea '@tea my parcel is late! #sav'",
    ]
    (talk,) = sample("mock_conversations.json")
    assert drawn(told(translate.status, [talk["last_status"]], home)) == [
        "ann create message tea '@tea my order number is 77'"
    ]


def test_the_stream_tells_of_us_and_of_nobody_else():
    home = home_of(sample("mock_statuses.json"))
    found = []
    for name, data in events([(PAYLOADS / "mock_stream.txt").read_bytes()]):
        body = data if name == "delete" else json.loads(data or "null")
        found += translate.event(name, body, home=home, at=NOON)
    assert drawn(found) == [
        "dee create mention tea '@tea my parcel is late! #sav'",
        "tea create post - 'New in the garden: mint'",
        "ann create reply tea '@tea lovely mint'",
        "ann create like tea ''",
        "cyd create share tea ''",
        "bob create follow tea ''",
        "ann create message tea '@tea my order number is 77'",
        "tea update post - 'New in the garden: fresh mint'",
        "tea create post - 'Wrong price'",
        "- delete post - ''",
    ]
    stranger = {"id": "9", "account": {"id": "55", "acct": "bob"}, "created_at": "2026-11-20T07:00:00Z"}
    assert translate.event("update", stranger, home=HOME, at=NOON) == ()


def test_posts_that_only_stand_near_us_are_left_alone():
    """A server also notifies of posts by those we follow closely, and of edits of what we boosted."""
    (mention, *_) = sample("docs_notifications.json")
    stranger = {**mention["status"], "mentions": [], "in_reply_to_account_id": None}
    for kind in ("status", "update", "quoted_update"):
        assert told(translate.notification, [{**mention, "type": kind, "status": stranger}]) == []
        assert len(told(translate.notification, [{**mention, "type": kind}])) == 1


def test_a_boost_has_the_same_id_in_a_notification_and_in_a_feed():
    (share,) = [a for a in told(translate.notification, sample("mock_notifications.json")) if a.act == "share"]
    boosted = next(one for one in sample("mock_notifications.json") if one["type"] == "reblog")
    wrapped = {**boosted["status"], "id": "999", "account": boosted["account"], "reblog": boosted["status"]}
    assert translate.status(wrapped, home=HOME).id == share.id


# Two of the documentation's examples (MediaAttachment), and what servers tell of files that are no more or not known.
MEDIA = [
    {
        "id": "22345792", "type": "image", "url": "https://files.example/57859aede991da25.jpeg",
        "meta": {"original": {"width": 640, "height": 480, "size": "640x480"}}, "description": "A teapot in two halves",
    },
    {"id": "21165404", "type": "gifv", "url": "https://files.example/a.mp4", "meta": {"length": "0:01:28.65"}},
    {"id": "3", "type": "audio", "url": "https://files.example/voice.mp3?x=1", "description": None},
    {"id": "4", "type": "image", "url": None, "remote_url": "https://else.example/lost", "description": "gone"},
    {"id": "5", "type": "unknown", "url": "https://files.example/page.html", "meta": None},
]  # fmt: skip


def test_a_post_tells_of_its_files_where_they_lie_and_what_they_show():
    (post,) = told(translate.status, [{**sample("mock_statuses.json")[0], "media_attachments": MEDIA}])
    assert [(one.kind, one.url, one.alt, one.width, one.height) for one in post.attachments] == [
        ("image/jpeg", "https://files.example/57859aede991da25.jpeg", "A teapot in two halves", 640, 480),
        ("video/mp4", "https://files.example/a.mp4", "", 0, 0),
        ("audio/mpeg", "https://files.example/voice.mp3?x=1", "", 0, 0),
        ("image/*", "https://else.example/lost", "gone", 0, 0),
        ("", "https://files.example/page.html", "", 0, 0),
    ]
    assert all(one.content == b"" for one in post.attachments)


KEYS = (
    "id",
    "type",
    "account",
    "acct",
    "status",
    "created_at",
    "mentions",
    "reblog",
    "quote",
    "tags",
    "content",
    "media_attachments",
    "meta",
    "url",
)
LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
JSON = st.recursive(
    LEAF | st.sampled_from(["mention", "2026-11-20T07:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(node=st.dictionaries(st.sampled_from(["id", "type", "status", "account", "created_at"]), JSON), data=JSON)
def test_whatever_json_comes_is_an_activity_or_a_skip_with_its_cure(node, data):
    names = ("update", "notification", "delete", "conversation", "status.update", "")
    found = [one for name in names for one in translate.event(name, data, home=HOME, at=NOON)]
    found += told(translate.notification, [node]) + told(translate.status, [node])
    for one in found:
        assert isinstance(one, Activity) or one.cure
        assert not isinstance(one, Activity) or (one.id and one.at.tzinfo is not None)


@settings(max_examples=100, deadline=None)
@given(cuts=st.lists(st.integers(0, 8000), max_size=30))
def test_the_stream_is_the_same_however_it_is_cut(cuts):
    whole = (PAYLOADS / "mock_stream.txt").read_bytes().replace(b"\n", b"\r\n")
    edges = sorted({0, len(whole), *(cut % len(whole) for cut in cuts)})
    pieces = [whole[a:b] for a, b in pairwise(edges)]
    assert list(events(pieces)) == list(events([whole]))
