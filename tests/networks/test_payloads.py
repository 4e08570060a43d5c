"""Payloads of each network into activities; the payloads lie beside their translators."""

# ruff: noqa: E501 - messages are tested word for word, and tables are drawn as they are
from __future__ import annotations

from pathlib import Path

import pytest

import entourage.networks
from entourage.networks.base import Broken

PAYLOADS = Path(entourage.networks.__file__).parent


def drawn(activities):
    """A table of activities: who, did what, to whom, answering what."""
    return [
        f"{one.actor.handle or one.actor.name or one.actor.id} {one.act} "
        f"{','.join(to.handle or to.name or to.id for to in one.to) or '-'} {one.id} > {one.in_reply_to or '-'}"
        for one in activities
    ]


def test_a_page_of_x_gives_posts_replies_shares_and_the_posts_they_refer_to(take):
    page = take(PAYLOADS / "x/payloads/page.json")
    assert page.source.format == "x"
    assert drawn(page.activities) == [
        "dee mention maisontilleul 1800000000000000001 > -",
        "maisontilleul reply dee 1800000000000000002 > 1800000000000000001",
        "cyd share maisontilleul 1800000000000000003 > 1799999999999999999",
        "maisontilleul post - 1799999999999999999 > -",
    ]
    first, answer = page.activities[:2]
    assert (first.tags, first.language, first.url) == (("sav",), "fr", "https://x.com/dee/status/1800000000000000001")
    assert (answer.context, answer.actor.kind) == ("1800000000000000001", "organisation")
    assert [str(reject) for reject in page.rejects] == [
        "page.json, line 1, author_id: must tell its author. Ask X for tweet.fields=author_id,created_at."
    ]
    assert "X could not give 1 of what was asked" in page.said()


def test_an_edited_post_keeps_the_id_and_the_moment_of_its_first_version(take):
    (post,) = take(PAYLOADS / "x/payloads/edited.json").activities
    assert (post.id, post.change, post.context) == ("1576994746135764992", "update", "1576994746135764992")
    assert (post.at.isoformat(), post.timing) == ("2022-10-03T17:57:01+00:00", "derived")
    assert post.edited_at.isoformat() == "2022-10-03T17:57:11+00:00"


def test_withdrawn_posts_and_accounts_of_x_are_told_apart_by_the_name_of_the_file(given):
    line = '{"id":"9","action":"delete","created_at":"2024-06-10T08:00:00Z","reason":"deactivated"}\n'
    (post,) = given("tweets_compliance.jsonl", line).activities
    assert (post.id, post.change) == ("9", "delete")
    (account,) = given("users_compliance.jsonl", line).gone
    assert (account.account_id, account.reason) == ("9", "deactivated")
    (reject,) = given("compliance.jsonl", line).rejects
    assert reject.cure == "Name the file tweets_compliance.jsonl or users_compliance.jsonl, as X does."


def test_a_feed_of_facebook_gives_posts_comments_and_replies_but_no_act_for_a_reaction(take):
    feed = take(PAYLOADS / "facebook/payloads/feed.json")
    assert feed.source.format == "meta"
    assert drawn(feed.activities) == [
        "Maison Tilleul post - 100_1 > -",
        "Ann comment Maison Tilleul 1_10 > 100_1",
        "Maison Tilleul reply Ann 1_11 > 1_10",
        "100 post - 100_2 > -",
        "Dee mention 100 100_3 > -",
    ]
    assert {one.context for one in feed.activities[:3]} == {"100_1"}
    assert [account.name for _, account in feed.accounts] == ["Bob"]
    assert [(reject.field, reject.value) for reject in feed.rejects] == [("from", "1_12")]
    assert "pages_read_user_content" in feed.rejects[0].cure
    assert "reactions carry no moment" in feed.said()
    assert "posts do not tell their author" in feed.said()


def test_a_conversation_of_facebook_is_told_from_its_first_message(take):
    messages = take(PAYLOADS / "facebook/payloads/conversation.json").activities
    assert drawn(messages) == ["Ann message Maison Tilleul m_1 > -", "Maison Tilleul message Ann m_2 > -"]
    assert {message.context for message in messages} == {"t_9"}


def test_a_refusal_of_the_graph_saved_as_data_is_no_data(take):
    with pytest.raises(Broken) as broken:
        take(PAYLOADS / "facebook/payloads/refusal.json")
    assert str(broken.value) == (
        'refusal.json holds no data: this is a refusal of the Graph that was saved as data. It said "(#10) This endpoint '
        "requires the 'pages_read_engagement' permission\". Give the token the permission that it names, and fetch the page "
        "again."
    )


def test_media_of_instagram_give_posts_comments_and_replies(take):
    media = take(PAYLOADS / "instagram/payloads/media.json")
    assert drawn(media.activities) == [
        "maisontilleul post - 500 > -",
        "ann.l comment maisontilleul,cyd 501 > 500",
        "maisontilleul reply ann.l 502 > 501",
    ]
    assert media.activities[0].tags == ("tilleul",)
    assert {one.context for one in media.activities} == {"500"}
    assert [(reject.field, reject.value) for reject in media.rejects] == [("username", "503"), ("timestamp", "504")]


def test_activity_streams_are_read_with_strings_objects_and_lists_everywhere(take):
    lines = take(PAYLOADS / "activitystreams/payloads/lines.jsonl")
    n = "https://m.example/n/"
    assert lines.source.format == "activitystreams"
    assert drawn(lines.activities) == [
        f"ann mention tilleul {n}1 > -",
        f"tilleul reply ann {n}2 > {n}1",
        f"bob like tilleul https://m.example/l/1 > {n}2",
        f"cyd share tilleul https://m.example/a/1 > {n}2",
        "cyd follow tilleul https://m.example/f/1 > -",
        f"ann mention tilleul {n}1 > -",
        f"ann post - {n}1 > -",
        "bob post - https://m.example/l/1 > -",
        "ann purchase tilleul https://m.example/o/1 > -",
    ]
    assert [one.change.value for one in lines.activities] == ["create"] * 5 + ["update", "delete", "delete", "create"]
    first, order = lines.activities[0], lines.activities[-1]
    assert (first.text, first.tags, first.language) == ("The pot leaks & nobody answers, @tilleul", ("sav",), "en")
    assert (order.network, order.origin, order.text) == ("shop", "tasting", "Order of 34 EUR")
    assert [gone.account_id for gone in lines.gone] == ["https://m.example/users/bob"]
    assert [(reject.line, reject.field) for reject in lines.rejects] == [(11, "type"), (12, "actor")]


def test_an_update_tells_when_it_was_published_and_when_it_was_edited(take):
    update = take(PAYLOADS / "activitystreams/payloads/lines.jsonl").activities[5]
    assert (update.at.hour, update.edited_at.hour, update.text) == (8, 10, "The pot leaked.")


@pytest.mark.parametrize("key", ["orderedItems", "items"])
def test_a_collection_is_opened_however_it_is_written(given, key):
    lines = (PAYLOADS / "activitystreams/payloads/lines.jsonl").read_text().splitlines()
    head = f'{{"@context":"https://www.w3.org/ns/activitystreams","type":"Collection","totalItems":12,"{key}":['
    for joint in (",", ",\n", ",\n\n  "):
        assert len(given("outbox.json", head + joint.join(lines) + "]}").activities) == 9
    assert len(given("array.json", "[" + ",\n".join(lines) + "]").activities) == 9
    assert len(given("pretty.json", "\n".join(lines).replace('{"type"', '{\n"type"')).activities) == 9


def test_an_act_that_is_not_in_the_glossary_is_rejected_with_the_list_of_those_that_are(given):
    line = '{"type":"Create","id":"1","actor":"a","published":"2024-01-01T00:00:00Z","entourage:act":"poke","object":{"type":"Note","id":"2"}}'
    (reject,) = given("a.jsonl", line).rejects
    assert (reject.field, reject.value) == ("entourage:act", "poke")
    assert "post, reply, comment" in reject.cure


def test_an_answer_of_customer_care_has_the_moment_that_is_known_and_no_other(take):
    care = take(PAYLOADS / "care/payloads/conversations.jsonl")
    assert care.source.format == "care"
    answers = {one.context: one for one in care.activities if one.id.endswith("/answer")}
    assert [(key, one.at.isoformat(), one.timing.value) for key, one in answers.items()] == [
        ("c1/0", "2024-06-10T09:45:00+00:00", "derived"),  # first message + duration, after the last message
        ("c2/0", "2024-06-12T11:00:00+00:00", "after"),  # two whole days were lost
        ("c3/0", "2024-06-10T09:00:00+00:00", "after"),  # a negative duration tells nothing
    ]
    assert [one.in_reply_to for one in answers.values()] == ["c1/2", "c2/2", "c3/0"]
    assert [(reject.line, reject.field) for reject in care.rejects] == [(2, "messages[1].author")]
    assert {one.to[0].id for one in answers.values()} == {"ann", "bob", "dee"}
