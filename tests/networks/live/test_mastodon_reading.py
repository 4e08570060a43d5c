"""Mastodon, read and listened to over real sockets, by a server that is slow, cross or wrong at times."""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest
from mastodon_mock.config import RateLimitConfig
from mastodon_mock.testing.server import MockServer
from tests.quick import assert_quick

from entourage.networks.live import Answer, Can, Retry
from entourage.networks.mastodon.network import Network

from .conftest import Town, all_of, configured

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def drawn(found, town):
    """Who did what to whom, which words, answering what: with the server's name left out."""

    def short(text):
        return text.replace(f"@{town.host}", "").replace(f"{town.host}/", "#") or "-"

    return [
        f"{short(a.actor.id)} {a.change} {a.act} {','.join(short(to.id) for to in a.to) or '-'} {short(a.id)} "
        f"> {short(a.in_reply_to)}" + (f" {a.text!r}" if a.text else "")
        for a in found
    ]


def test_the_account_says_who_it_is_what_it_may_and_how_long_an_answer_may_be(tea, town):
    me = tea.check()
    assert (me.account.id, me.account.kind) == (f"tea@{town.host}", "own")
    assert {Can.READ, Can.REPLY, Can.LISTEN} <= me.can
    assert me.limits.length == 500 - len("@ ") - 30


def test_a_mention_a_reply_a_favourite_a_boost_and_a_follow_are_read(tea, town):
    asked = town.dee.says("@tea my parcel is late! #sav")
    post = town.tea.says("New in the garden: mint")
    lovely = town.ann.says("@tea lovely mint", answering=post)
    town.ann.likes(post)
    town.cyd.boosts(post)
    town.bob.follows(town.tea)
    found, _ = all_of(tea)
    assert drawn(sorted({a.id: a for a in found}.values(), key=lambda a: (a.actor.id, a.id)), town) == [
        f"ann create like tea #{post['id']}/favourite/ann > #{post['id']}",
        f"ann create reply tea #{lovely['id']} > #{post['id']} '@tea lovely mint'",
        "bob create follow tea #follow/bob > -",
        f"cyd create share tea #{post['id']}/reblog/cyd > #{post['id']}",
        f"dee create mention tea #{asked['id']} > - '@tea my parcel is late! #sav'",
        f"tea create post - #{post['id']} > - 'New in the garden: mint'",
    ]
    assert next(a for a in found if a.id == town.id(asked)).tags == ("sav",)


def test_a_stranger_below_our_post_is_read_though_we_are_not_named(tea, town):
    post = town.tea.says("New in the garden: mint")
    first = town.ann.says("@cyd did you see?", answering=post)
    town.cyd.says("@ann yes, and I want some", answering=first)
    found, cursor = all_of(tea)
    assert [a.actor.handle.partition("@")[0] for a in found] == ["tea", "ann", "cyd"]
    assert all_of(tea, cursor)[0] == []
    town.dee.says("@ann me too", answering=post)
    assert "@ann me too" in [a.text for a in all_of(tea, cursor)[0]]


def test_a_private_message_is_one_and_its_answer_stays_private(tea, town):
    asked = town.ann.says("@tea my order number is 77", seen_by="direct")
    found, _ = all_of(tea)
    assert {(a.id, a.act) for a in found} == {(town.id(asked), "message")}
    receipt = tea.send(Answer(key="k1", text="Thank you, on its way", to=town.id(asked)))
    (told,) = [one for one in town.ann.notified() if one["type"] == "mention"]
    assert told["status"]["visibility"] == "direct"
    assert town.id(told["status"]) == receipt.id
    assert not [one for one in town.bob.notified() if one["type"] == "mention"]


def test_long_histories_come_page_by_page_and_each_once(tea, town):
    for n in range(95):
        town.dee.says(f"@tea question {n}")
    found, cursor = all_of(tea)
    words = [a.text for a in found if a.act == "mention"]
    assert words == [f"@tea question {n}" for n in range(95)]
    town.dee.says("@tea question 95")
    assert [a.text for a in all_of(tea, cursor)[0]] == ["@tea question 95"]


def test_reading_from_an_old_cursor_again_tells_the_same(tea, town):
    town.dee.says("@tea one")
    first = tea.read("")
    town.dee.says("@tea two")
    again = tea.read("")
    assert again.found[: len(first.found)] == first.found
    assert [a.text for a in tea.read(first.cursor).found] == ["@tea two"]


def test_our_own_edits_and_deletions_made_elsewhere_are_noticed(tea, town):
    kept, gone = town.tea.says("Mint tea is back"), town.tea.says("Wrong price")
    _, cursor = all_of(tea)
    town.tea.edits(kept, "Mint tea is back at last")
    town.tea.deletes(gone)
    new = town.tea.says("Newer")
    found, cursor = all_of(tea, cursor)
    assert drawn(found, town) == [
        f"tea create post - #{new['id']} > - 'Newer'",
        f"- delete post - #{gone['id']} > -",
        f"tea update post - #{kept['id']} > - 'Mint tea is back at last'",
    ]
    assert all_of(tea, cursor)[0] == []


def test_history_holds_all_and_missing_tells_what_is_gone(tea, town):
    asked = town.dee.says("@tea where is it?")
    post = town.tea.says("Mint")
    stranger = town.ann.says("what a colour", answering=post)
    told = {a.id for part in tea.history(LONG_AGO) for a in part}
    assert {town.id(asked), town.id(post), town.id(stranger)} == told
    assert list(tea.history(datetime.now(UTC) + timedelta(days=1))) == [(), (), ()]
    town.dee.deletes(asked)
    assert tea.missing([town.id(asked), town.id(post), "elsewhere.example/9", "nonsense"]) == {town.id(asked)}


class Listener:
    """Hears the stream in a thread of its own, as the live process does."""

    def __init__(self, network):
        self.heard, self.alive = [], threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(network,), daemon=True)

    def _listen(self, network):
        with suppress(Retry):
            for part in network.listen():
                self.heard += part
                self.alive.set()
                if self._stop.is_set():
                    return

    def __enter__(self):
        self._thread.start()
        assert self.alive.wait(60), "no sign of life"
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(60)

    def hears(self, wanted):
        """Wait for it; how many seconds that took."""
        began = time.monotonic()
        while not any(wanted(one) for one in self.heard):
            assert time.monotonic() < began + 60, "the stream did not tell it"
            time.sleep(0.01)
        return time.monotonic() - began


def test_the_stream_tells_within_two_seconds(tea, town):
    town.tea.follows(town.ann)
    with Listener(tea) as listener:

        def slowest():
            asked = town.ann.says("@tea is anybody there?")
            took = [listener.hears(lambda a: a.id == town.id(asked) and a.act == "mention")]
            town.ann.edits(asked, "@tea is anybody there? Please")
            took.append(listener.hears(lambda a: a.id == town.id(asked) and a.change == "update"))
            town.ann.deletes(asked)
            took.append(listener.hears(lambda a: a.id == town.id(asked) and a.change == "delete"))
            return max(took)

        assert_quick(slowest, under_s=2)


def test_the_stream_tells_who_follows_and_who_likes_and_nothing_that_is_not_ours(tea, town):
    town.tea.follows(town.ann)
    with Listener(tea) as listener:
        town.bob.follows(town.tea)
        listener.hears(lambda a: a.act == "follow" and a.actor.name == "Bob")
        town.ann.says("good morning, all")

        def likes():
            post = town.tea.says("Mint")
            town.bob.likes(post)
            return listener.hears(lambda a: a.act == "like" and town.id(post) in a.id)

        assert_quick(likes, under_s=2)
        assert "good morning, all" not in [a.text for a in listener.heard]


def test_a_request_to_slow_down_is_obeyed_and_told(tea, town):
    tea.check()
    town.fault("ratelimit", "/api/v1/notifications")
    with pytest.raises(Retry) as raised:
        tea.read("")
    assert timedelta(seconds=290) < raised.value.after <= timedelta(seconds=300)
    with pytest.raises(Retry, match="allows no more calls for now"):
        tea.read("")


@pytest.mark.parametrize("kind", ["malformed", "status"])
def test_a_server_that_stumbles_once_is_asked_again(tea, town, kind):
    town.dee.says("@tea one")
    town.fault(kind, "/api/v1/notifications")
    assert [a.text for a in tea.read("").found] == ["@tea one"]


def test_a_page_that_comes_back_empty_by_mistake_deletes_nothing(tea, town):
    town.tea.says("Mint tea is back")
    _, cursor = all_of(tea)
    town.fault("status", "/api/v1/accounts/*/statuses", status=200, body=[], count=2)
    found, cursor = all_of(tea, cursor)
    assert found == []
    town.fault("status", "/api/v1/notifications", status=200, body={"surprise": [1]})
    assert tea.read(cursor).found == ()


def test_reading_stops_before_the_servers_limit_and_an_answer_still_leaves():
    limit = RateLimitConfig(enabled=True, limit=30, window_seconds=300)
    with MockServer(config=configured(ratelimit=limit)) as server, closing(Town(server)) as town:
        asked = town.dee.says("@tea where is it?")
        with closing(Network({"server": town.base, "token": "tea_token"})) as tea:
            with pytest.raises(Retry, match=r"^Mastodon allows no more calls for now\.$") as raised:
                deque(map(tea.read, [""] * 30), maxlen=0)
            # Their Date and the moment of their reset have no fractions of a second: each may be one off.
            assert timedelta(0) < raised.value.after <= timedelta(seconds=302)
            tea.send(Answer(key="k1", text="On its way", to=town.id(asked)))
        assert [one["type"] for one in town.dee.notified()] == ["mention"]
