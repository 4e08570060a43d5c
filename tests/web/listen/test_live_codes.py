"""Connecting by the network's own page: two clicks there, a code here, and nobody sees a key."""

from __future__ import annotations

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world
from tests.web.listen import paper

from entourage.web.listen import actions, bridge, queries
from entourage.web.listen.models import Connection
from entourage.web.listen.queries.offering import Field, Offer

pytestmark = pytest.mark.django_db

ADDRESS = Field(key="world", label="Address", help="", secret=False, required=True, default="")
TOKEN = Field(key="token", label="Token", help="", secret=True, required=True, default="")
PAPER = Offer(key="paper", name="Paper", can=("read",), needs="Needs a key.", fields=(ADDRESS, TOKEN), by_code="token")


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setitem(queries.OFFERS, "paper", PAPER)
    return paper.put_up(monkeypatch)


@pytest.fixture
def owner(client, there):
    return world.signed_in(client, world.member(world.brand("tea")))


def asked(client, address="w") -> Connection:
    client.post("/b/tea/connections/new/?network=paper", {"setting-world": address, "by_code": "1"})
    made = Connection.objects.everywhere().get()
    assert ProcrastinateJob.objects.get(task_name="listen.ask_page").queue_name == "live"
    assert 'hx-trigger="every 1s"' in shown(client, made)
    bridge.ask_page(made.pk)
    return again(made)


def again(connection) -> Connection:
    return Connection.objects.everywhere().get(pk=connection.pk)


def shown(client, connection) -> str:
    return " ".join(client.get(f"/b/tea/connections/{connection.pk}/").content.decode().split())


def given(client, connection, code) -> Connection:
    client.post(f"/b/tea/connections/{connection.pk}/do/", {"do": "code", "code": code})
    bridge.check_connection(connection.pk, now=timezone.now())
    return again(connection)


def test_two_clicks_and_a_code_connect(owner, there):
    made = asked(owner)
    page = shown(owner, made)
    assert 'href="https://paper.example/allow?client_id=us"' in page
    assert "every 1s" not in page
    done = given(owner, made, " 1234 ")
    assert (done.state, done.error, done.allow_url) == ("live", "", "")
    assert done.checked_at is not None
    assert actions.secrets_of(done) == {"token": "a-token-that-nobody-sees"}
    assert "nobody-sees" not in shown(owner, done)
    bridge.check_connection(made.pk, now=timezone.now())
    assert again(made).state == "live"


def test_a_wrong_code_is_said_and_another_can_be_given(owner):
    made = asked(owner)
    wrong = given(owner, made, "9999")
    assert (wrong.state, wrong.error) == ("reconnect", "The code is not good any more. Open the page again.")
    assert "https://paper.example/allow" in shown(owner, wrong)
    assert given(owner, made, "1234").state == "live"


def test_a_server_that_is_none_is_said(owner):
    made = asked(owner, "elsewhere")
    assert (made.state, made.allow_url) == ("reconnect", "")
    assert queries.health(made, now=timezone.now()).sentence == "Nothing of Paper is there. Write its address."


def test_a_code_where_none_is_waited_for_changes_nothing(owner):
    made = asked(owner)
    done = given(owner, made, "1234")
    before = bytes(done.secrets)
    assert bytes(given(owner, done, "5678").secrets) == before


def test_the_address_is_needed_first(owner):
    answer = owner.post("/b/tea/connections/new/?network=paper", {"by_code": "1"})
    assert answer.content.decode().count("This field is required.") == 1
    assert not Connection.objects.everywhere().exists()
