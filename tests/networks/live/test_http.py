"""The one HTTP client: what is asked again, what is not, how long it waits, and what it never tells or follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entourage.networks.base import Broken, NetworkError
from entourage.networks.http import HOPS, PATIENCE, TRIES, Client, Effect
from entourage.networks.live import Reconnect, Refused, Retry, Uncertain
from entourage.networks.pace import Budget, World

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = "s3cret-token"
CONTRACT = (Retry, Uncertain, Reconnect, Refused, Broken)


def outcome(call):
    """What a call ends in: its answer, or one of the errors that the contract knows."""
    try:
        return call()
    except CONTRACT as error:
        return error


class Clock:
    """Time that passes only by being slept."""

    def __init__(self, chance=1.0):
        self.at, self.slept = NOON, []
        self.world = World(now=lambda: self.at, sleep=self.sleep, chance=lambda: chance)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


class Server:
    """Gives the answers in turn (the last one for ever): (status, headers, body) or an exception to raise."""

    def __init__(self, *answers, clock=None, budget=None, **options):
        self.answers, self.asked, self.clock = list(answers), [], clock or Clock()
        self.client = Client(
            "https://tea.example",
            name="Teapot",
            keys={"Authorization": f"Bearer {KEY}"},
            world=self.clock.world,
            budget=budget or Budget(),
            transport=httpx.MockTransport(self.answer),
            **options,
        )

    def answer(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        status, headers, body = answer
        if isinstance(body, bytes):
            return httpx.Response(status, headers=headers, content=body)
        return httpx.Response(status, headers=headers, json=body)

    def write(self, effect=Effect.WRITES):
        return self.client.call("POST", "/say", effect=effect, json={"text": "hello"})


OK = (200, {}, {"ok": True})
LOST = httpx.ReadTimeout("slow")
UNREACHED = httpx.ConnectError("no route")
TROUBLE = (502, {}, {"error": "bad gateway"})


def test_what_reads_is_asked_again_with_growing_waits_under_full_jitter():
    server = Server(LOST, TROUBLE, UNREACHED, OK)
    assert server.client.get("/page").body == {"ok": True}
    assert server.clock.slept == [1, 2, 4]
    calm = Server(LOST, TROUBLE, UNREACHED, OK, clock=Clock(chance=0.25))
    calm.client.get("/page")
    assert calm.clock.slept == [0.25, 0.5, 1]


def test_reading_gives_up_after_a_few_tries_and_says_when_to_come_back():
    server = Server(TROUBLE)
    with pytest.raises(Retry, match=r"^Teapot is in trouble \(status 502\)\.$") as raised:
        server.client.get("/page")
    assert len(server.asked) == TRIES
    assert (type(raised.value), raised.value.after) == (Retry, timedelta(seconds=30))


@pytest.mark.parametrize("answer", [LOST, TROUBLE, (200, {}, b'{"id": "1", "te')], ids=["slow", "trouble", "half"])
def test_what_writes_is_never_sent_again_once_it_may_have_arrived(answer):
    server = Server(answer)
    with pytest.raises(Uncertain, match="it may have arrived"):
        server.write()
    assert len(server.asked) == 1


def test_what_writes_is_sent_again_where_it_cannot_have_arrived():
    server = Server(UNREACHED, (429, {"Retry-After": "3"}, {}), OK)
    assert server.write().status == 200
    assert server.clock.slept == [1, 3]


def test_a_key_makes_a_write_safe_to_repeat_and_an_unknown_end_stays_uncertain():
    assert Server(LOST, OK).write(Effect.KEYED).status == 200
    with pytest.raises(Uncertain):
        Server(LOST, UNREACHED).write(Effect.KEYED)
    with pytest.raises(Retry) as raised:
        Server(UNREACHED).write(Effect.KEYED)
    assert type(raised.value) is Retry


def test_a_like_that_was_lost_may_just_be_sent_again():
    with pytest.raises(Retry) as raised:
        Server(LOST).write(Effect.SETTLES)
    assert type(raised.value) is Retry


def test_a_long_wait_is_handed_to_the_caller_and_nobody_asks_meanwhile():
    server = Server((429, {"Retry-After": "300"}, {}), OK)
    with pytest.raises(Retry) as raised:
        server.client.get("/page")
    assert (raised.value.after, server.clock.slept) == (timedelta(seconds=300), [])
    with pytest.raises(Retry, match=r"^Teapot allows no more calls for now\.$"):
        server.client.get("/page")
    assert len(server.asked) == 1
    server.clock.at += timedelta(seconds=300)
    assert server.client.get("/page").status == 200


def test_reading_stops_before_the_limit_bites_and_leaves_a_tenth_to_what_sends():
    left = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "31", "X-RateLimit-Reset": "2026-11-22T12:05:00Z"}
    server = Server((200, left, {}), (200, {}, {}))
    server.client.get("/page")
    server.client.get("/page")
    with pytest.raises(Retry) as raised:
        server.client.get("/page")
    assert raised.value.after == timedelta(minutes=5)
    assert server.write().status == 200


def test_a_window_of_its_own_does_not_stop_the_others():
    none_left = {"RateLimit-Limit": "30", "RateLimit-Remaining": "0", "RateLimit-Reset": "1800"}
    server = Server((200, none_left, {}), (200, {}, {}))
    server.client.call("DELETE", "/1", effect=Effect.SETTLES, window="delete")
    with pytest.raises(Retry):
        server.client.call("DELETE", "/2", effect=Effect.SETTLES, window="delete")
    assert server.client.get("/page").status == 200


def test_two_connections_with_the_same_keys_share_their_budget():
    budget, clock = Budget(), Clock()
    with pytest.raises(Retry):
        Server((429, {"Retry-After": "60"}, {}), budget=budget, clock=clock).client.get("/page")
    second = Server(OK, budget=budget, clock=clock)
    with pytest.raises(Retry):
        second.client.get("/page")
    assert second.asked == []


@pytest.mark.parametrize(
    ("status", "method", "error", "words"),
    [
        (
            401,
            "GET",
            Reconnect,
            r"Teapot refused \(status 401: The access token is invalid\)\. Connect the account again",
        ),
        (403, "GET", Reconnect, "with all the rights that are asked for"),
        (404, "GET", Broken, "Check that the address is a server of Teapot"),
        (401, "POST", Reconnect, "Connect the account again"),
        (403, "POST", Refused, "Change the text or the message that it answers"),
        (422, "POST", Refused, "status 422"),
    ],
)
def test_a_refusal_says_what_the_person_should_do(status, method, error, words):
    server = Server((status, {}, {"error": "The access token is invalid."}))
    with pytest.raises(error, match=words):
        server.client.call(method, "/", effect=Effect.READS if method == "GET" else Effect.WRITES)
    assert len(server.asked) == 1


def test_a_network_may_read_its_own_refusals():
    def explain(status, body):
        return Reconnect("The token has expired. Connect again.") if body.get("error") == "ExpiredToken" else None

    server = Server((400, {}, {"error": "ExpiredToken"}), explain=explain)
    with pytest.raises(Reconnect, match="expired"):
        server.client.get("/page")


def test_a_status_that_was_allowed_is_an_answer():
    assert Server((404, {}, b"<html>")).client.get("/gone", allow=(404,)).body is None


def test_no_message_repeats_a_key_and_neither_does_the_client():
    server = Server((422, {}, {"error": f"Bearer {KEY} may not, {KEY} may not"}))
    with pytest.raises(Refused) as raised:
        server.write()
    assert KEY not in str(raised.value)
    assert "… may not" in str(raised.value)
    assert KEY not in repr(server.client)


@pytest.mark.parametrize("target", ["https://evil.example/page", "http://tea.example/page", "https://tea.example:444/"])
def test_the_keys_are_not_carried_to_another_server(target):
    server = Server((302, {"Location": target}, {}))
    with pytest.raises(Broken, match="where our keys must not go"):
        server.client.get("/page")
    assert len(server.asked) == 1
    with pytest.raises(Broken, match="where our keys must not go"):
        server.client.get(target)
    assert len(server.asked) == 1


def test_reading_follows_the_same_server_but_not_in_a_circle_and_writing_follows_nobody():
    server = Server((302, {"Location": "/new"}, {}), OK)
    server.client.get("/page", {"limit": 1})
    assert [str(one.url) for one in server.asked] == ["https://tea.example/page?limit=1", "https://tea.example/new"]
    with pytest.raises(Broken, match="in a circle"):
        Server((302, {"Location": "/page"}, {})).client.get("/page")
    with pytest.raises(Broken, match="sends on what is written"):
        Server((307, {"Location": "/new"}, {})).write()


def test_an_answer_without_end_is_cut_off():
    with pytest.raises(Broken, match=r"^An answer of Teapot is larger than 10 bytes\."):
        Server((200, {}, b"[" + b"1," * 50), most=10).client.get("/page")


@pytest.mark.parametrize(
    "base", ["http://tea.example", "ftp://tea.example", "tea.example", "", "https://", "https://a:b@tea.example"]
)
def test_keys_go_by_https_or_on_loopback_only(base):
    with pytest.raises(Broken, match=r"must start with https://"):
        Client(base, name="Teapot")
    Client("http://127.0.0.1:8001", name="Teapot").close()


def test_closing_twice_changes_nothing():
    server = Server(OK)
    server.client.close()
    server.client.close()


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
ANSWER = st.one_of(
    st.sampled_from([LOST, UNREACHED, OK, TROUBLE, httpx.RemoteProtocolError("cut")]),
    st.tuples(
        st.sampled_from([200, 201, 204, 301, 307, 400, 401, 403, 404, 408, 418, 422, 429, 500, 503]),
        st.dictionaries(st.sampled_from(["retry-after", "ratelimit", "location"]), WORDS, max_size=3),
        st.one_of(st.binary(max_size=20), st.sampled_from([{}, [], None, {"error": ["x"]}])),
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    answers=st.lists(ANSWER, min_size=1, max_size=6), effect=st.sampled_from(list(Effect)), chance=st.floats(0, 0.999)
)
def test_whatever_comes_ends_in_an_answer_or_one_word_of_the_contract(answers, effect, chance):
    server = Server(*answers, clock=Clock(chance))
    method = "GET" if effect is Effect.READS else "POST"
    ended = outcome(lambda: server.client.call(method, "/", effect=effect))
    assert not isinstance(ended, Uncertain) or effect in {Effect.KEYED, Effect.WRITES}
    assert not isinstance(ended, Refused) or effect is not Effect.READS
    assert isinstance(ended, NetworkError) or 200 <= ended.status < 300
    assert str(ended).endswith((".", ")"))
    assert len(server.asked) <= TRIES * (HOPS + 1)
    assert sum(server.clock.slept) <= PATIENCE.total_seconds()
