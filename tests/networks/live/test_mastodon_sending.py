"""Mastodon, answered over real sockets: seen by the person, sent once, kept as private as what it answers."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest

from entourage.networks import registry
from entourage.networks.activity import Attachment
from entourage.networks.base import Broken
from entourage.networks.live import Answer, Reconnect, Refused, Uncertain
from entourage.networks.mastodon.network import Network
from entourage.networks.mastodon.oauth import SCOPES, address, token
from entourage.networks.pace import World

from .conftest import all_of


def test_an_answer_is_seen_by_the_person_and_told_back_under_its_receipt(tea, town):
    asked = town.dee.says("@tea where is it?")
    receipt = tea.send(Answer(key="k1", text="Leaving today.", to=town.id(asked), language="en-GB"))
    (told,) = town.dee.notified()
    assert (told["type"], told["account"]["username"]) == ("mention", "tea")
    assert (told["status"]["in_reply_to_id"], told["status"]["language"]) == (asked["id"], "en")
    found, _ = all_of(tea)
    (own,) = [a for a in found if a.actor.kind == "own"]
    assert (own.id, own.in_reply_to, own.text) == (receipt.id, town.id(asked), "@dee Leaving today.")
    assert [to.name or to.handle for to in own.to] == [f"dee@{town.host}"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("On its way", "@dee On its way"),
        ("On its way, @Dee!", "On its way, @Dee!"),
        ("@deedee has it", "@dee @deedee has it"),
        ("Ask @dee.", "Ask @dee."),
    ],
)
def test_an_answer_names_whom_it_answers_once(tea, town, words, seen):
    asked = town.dee.says("@tea where is it?")
    tea.send(Answer(key=words, text=words, to=town.id(asked)))
    (own,) = [a for a in all_of(tea)[0] if a.actor.kind == "own"]
    assert own.text == seen


def test_the_same_key_is_sent_once(tea, town):
    asked = town.dee.says("@tea where is it?")
    answer = Answer(key="k1", text="Leaving today.", to=town.id(asked))
    assert tea.send(answer).id == tea.send(answer).id
    assert len(town.dee.notified()) == 1


def test_a_lost_receipt_is_found_and_nothing_is_sent_twice(town):
    asked = town.dee.says("@tea where is it?")
    answer = Answer(key="k1", text="It leaves <today> & arrives https://tea.example/77", to=town.id(asked))
    before = datetime.now(UTC)
    lossy = Network({"server": town.base, "token": "tea_token"}, transport=Lossy(), world=World(chance=lambda: 0.0))
    with closing(lossy), pytest.raises(Uncertain, match="it may have arrived"):
        lossy.send(answer)
    assert len(town.dee.notified()) == 1, "it had arrived"
    with closing(Network({"server": town.base, "token": "tea_token"})) as network:
        found = network.find(answer, since=before)
        assert found is not None
        assert found.id == town.id(town.dee.notified()[0]["status"])
        other = Answer(key="k2", text="Something else", to=town.id(asked))
        assert network.find(other, since=before) is None
    assert len(town.dee.notified()) == 1


class Lossy(httpx.BaseTransport):
    """Carries every request to the real server and loses each answer to a post."""

    def __init__(self):
        self._real = httpx.HTTPTransport()

    def handle_request(self, request):
        response = self._real.handle_request(request)
        if request.method == "POST":
            response.read()
            response.close()
            raise httpx.ReadError("the line was cut")
        return response

    def close(self):
        self._real.close()


def test_a_slow_server_does_not_make_two_of_one_answer(town):
    asked = town.dee.says("@tea where is it?")
    answer = Answer(key="k1", text="Leaving today.", to=town.id(asked))
    town.fault("latency", "/api/v1/statuses", delay_ms=3600, methods=["POST"])
    hasty = Network(
        {"server": town.base, "token": "tea_token"}, timeout=httpx.Timeout(2.4), world=World(chance=lambda: 0.9)
    )
    with closing(hasty):
        hasty.send(answer)
    time.sleep(1.5)
    assert len(town.dee.notified()) == 1


def test_wrong_keys_a_wrong_server_and_a_gone_message_say_what_to_do(tea, town):
    with closing(Network({"server": town.base, "token": "nonsense"})) as stranger, pytest.raises(Reconnect):
        stranger.check()
    with closing(Network({"server": f"{town.base}/nowhere", "token": "tea_token"})) as fine:
        assert fine.check().account.name == "Tea"
    asked = town.dee.says("@tea where is it?")
    town.dee.deletes(asked)
    with pytest.raises(Refused, match="The message is gone"):
        tea.send(Answer(key="k1", text="Here", to=town.id(asked)))
    with pytest.raises(Refused, match=r"not on .* Answer it from an account there"):
        tea.like("elsewhere.example/7")
    with pytest.raises(Refused, match="too long"):
        tea.send(Answer(key="k2", text="x" * 600, to=""))
    with pytest.raises(Broken, match="Connect the account again"):
        tea.read("{nonsense")


def test_liking_and_deleting_twice_changes_nothing(tea, town):
    asked = town.dee.says("@tea thank you!")
    tea.like(town.id(asked))
    tea.like(town.id(asked))
    assert [one["type"] for one in town.dee.notified()] == ["favourite"]
    own = tea.send(Answer(key="k1", text="With pleasure", to=town.id(asked)))
    tea.delete(own.id)
    tea.delete(own.id)
    assert tea.missing([own.id]) == {own.id}


def test_a_picture_goes_with_its_words_for_those_who_cannot_see_it(tea, town):
    asked = town.dee.says("@tea what does it look like?")
    picture = Attachment(name="mint.png", kind="image/png", content=b"\x89PNG\r\n", alt="A cup of mint tea")
    tea.send(Answer(key="k1", text="Like this", to=town.id(asked), attachments=(picture,)))
    (told,) = town.dee.notified()
    assert [one["description"] for one in told["status"]["media_attachments"]] == ["A cup of mint tea"]


def test_two_clicks_and_a_code_connect_an_account(town):
    app = registry.authorisation("mastodon").app_for(town.base)
    page = httpx.URL(address(app, state="s1"))
    assert dict(page.params) == {
        "response_type": "code", "client_id": app.client_id, "redirect_uri": app.redirect, "scope": SCOPES,
        "state": "s1",
    }  # fmt: skip
    shown = httpx.post(f"{town.base}/oauth/authorize", data={"username": "tea"}, trust_env=False).text
    code = shown.partition("code: ")[2].partition("<")[0]
    with closing(Network({"server": town.base, "token": token(app, code)})) as network:
        assert network.check().account.name == "Tea"
    with pytest.raises(Reconnect, match="copy the new one"):
        token(app, "an old code")
    assert app.client_secret not in address(app)
