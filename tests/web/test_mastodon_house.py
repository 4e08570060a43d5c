"""Through the whole house on a real Mastodon server: heard, threaded, claimed, answered, and seen by who asked."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from django.utils import timezone
from tests.networks.live.conftest import _fresh_budgets, mastodon_server, town  # noqa: F401 - fixtures
from tests.web import world

from entourage.web.inbox import actions as inbox
from entourage.web.inbox import queries
from entourage.web.inbox.models import Conversation
from entourage.web.listen import actions as listen
from entourage.web.listen import bridge as reading
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox import bridge as sending
from entourage.web.outbox.models import Outgoing

pytestmark = pytest.mark.django_db


class Relay(BaseHTTPRequestHandler):
    """Carries each request to the server behind it; the receipts of the first posts are lost on the way back."""

    behind, losing = "", 0
    protocol_version = "HTTP/1.0"

    def _carry(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kept = {
            k: v for k, v in self.headers.items() if k.lower() in {"authorization", "content-type", "idempotency-key"}
        }
        got = httpx.request(
            self.command, self.behind + self.path, content=body, headers=kept, trust_env=False, timeout=60
        )
        if self.command == "POST" and self.losing > 0:
            type(self).losing -= 1
            return
        self.send_response(got.status_code)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(got.content)

    do_GET = do_POST = do_DELETE = _carry  # noqa: N815 - the library's names

    def log_message(self, *_):
        pass


@pytest.fixture
def relay(town):  # noqa: F811
    kind = type("OneRelay", (Relay,), {"behind": town.base})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with server:
        server.at = f"http://127.0.0.1:{server.server_address[1]}"
        server.kind = kind
        yield server
        server.shutdown()
        thread.join(5)


@pytest.fixture
def olga():
    return world.member(world.brand("tea"))


def connected(brand, base):
    return listen.connect(
        brand=brand,
        network="mastodon",
        name="Maison Tilleul",
        settings={"server": base},
        secrets={"token": "tea_token"},
        by=None,
        at=timezone.now(),
    )


def read(connection):
    reading.read_connection(connection.pk, now=timezone.now())
    connection.refresh_from_db(from_queryset=Connection.objects.everywhere())
    assert (connection.state, connection.error) == ("live", "")
    inbox.thread(connection.brand, now=timezone.now())


def answered(conversation, olga, words):
    """The row of an answer that Olga wrote, seeing all that stands in the thread."""
    now = timezone.now()
    assert inbox.claim(conversation=conversation, by=olga, at=now)
    seen = queries.thread_of(conversation).seen
    return inbox.answer(conversation=conversation, text=words, by=olga, at=now, seen=seen)


def state_of(row):
    return Outgoing.objects.of(row.brand).get(pk=row.pk).state


def test_a_question_is_heard_answered_once_and_told_back(olga, town):  # noqa: F811
    town.dee.says("@tea where is my parcel?")
    town.ann.says("@tea my order number is 77", seen_by="direct")
    connection = connected(olga.brand, town.base)
    read(connection)
    assert connection.limits["length"] == 468
    talks = {talk.account.name: talk for talk in Conversation.objects.of(olga.brand).select_related("account")}
    assert {name: (talk.place, talk.state) for name, talk in talks.items()} == {
        "Dee": ("public", "open"),
        "Ann": ("direct", "open"),
    }
    rows = [answered(talks["Dee"], olga, "It left this morning."), answered(talks["Ann"], olga, "Thank you!")]
    assert [sending.send(row.pk) for row in rows] == [True, True]
    (dee,), (ann,) = town.dee.notified(), town.ann.notified()
    assert "It left this morning." in dee["status"]["content"]
    assert (dee["status"]["visibility"], ann["status"]["visibility"]) == ("public", "direct")
    read(connection)
    sending.told_back(connection.pk, [town.id(dee["status"]), town.id(ann["status"])], now=timezone.now())
    assert [state_of(row) for row in rows] == ["accepted", "accepted"]
    assert Activity.objects.of(olga.brand).filter(account=connection.account_id).count() == 2
    assert {talk.state for talk in Conversation.objects.of(olga.brand)} == {"waiting"}


def test_an_answer_whose_receipt_was_lost_is_found_and_not_sent_again(olga, town, relay):  # noqa: F811
    town.dee.says("@tea where is my parcel?")
    connection = connected(olga.brand, relay.at)
    read(connection)
    row = answered(Conversation.objects.of(olga.brand).get(), olga, "It left this morning.")
    relay.kind.losing = 4
    assert not sending.send(row.pk)
    assert len(town.dee.notified()) == 1, "it had arrived"
    relay.kind.losing = 0
    later = timezone.now() + timedelta(minutes=10)
    assert sending.send(row.pk, clock=lambda: later)
    assert state_of(row) in {"sent", "accepted"}
    assert len(town.dee.notified()) == 1
    read(connection)
    assert Activity.objects.of(olga.brand).filter(account=connection.account_id).count() == 1


def test_what_is_deleted_there_goes_here(olga, town):  # noqa: F811
    asked = town.dee.says("@tea where is my parcel?")
    town.ann.says("@tea thank you")
    connection = connected(olga.brand, town.base)
    read(connection)
    town.dee.deletes(asked)
    done = reading.reconcile(connection.pk, now=timezone.now() + timedelta(hours=1))
    assert done.held_here == done.held_there
    gone = Activity.objects.of(olga.brand).get(network_id=town.id(asked))
    assert (gone.text, gone.deleted_at is not None) == ("", True)
