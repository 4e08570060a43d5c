"""Who is erased leaves nothing in the outbox, and who asks is told all that we wrote to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection as database
from tests.web import world
from tests.web.outbox.doors import connection, question
from tests.web.outbox.ledger import KEY

from entourage.web.listen.models import Activity
from entourage.web.outbox import actions, bridge
from entourage.web.outbox.models import Enclosure, Outgoing, Sending
from entourage.web.people.actions import access, erase
from entourage.web.people.queries import takeout


def written(brand, asked, text, **fields):
    given = {"deed": "reply", "purpose": "answer", "to": asked, "by": None, "at": world.AT}
    return actions.queue(brand=brand, text=text, **{**given, **fields})


@pytest.mark.django_db
def test_an_erased_person_leaves_rows_that_can_only_be_counted():
    tea = world.brand("tea")
    page, ann, asked = question(tea)
    connection(tea, page)
    bob = world.person(tea, "Bob", network="bluesky")
    to_bob = written(tea, world.act(bob, toward=page, text="And mine?"), "Dear Bob")
    file = actions.File(name="ann.png", kind="image/png", content=b"Ann", alt="Ann's tea")
    rows = [written(tea, asked, f"Dear Ann, {state}", enclosures=[file]) for state in Sending.values]
    for row, state in zip(rows, Sending.values, strict=True):
        Outgoing.objects.of(tea).filter(pk=row.pk).update(state=state, reason="Ann", url="ann", network_id="ann")
    erase(person=ann, by=None, at=world.AT)
    left = list(Outgoing.objects.of(tea).exclude(pk=to_bob.pk).order_by("created_at").values())
    personal = {"text", "subject", "to", "context", "account", "person_id", "network_id", "url", "activity", "reason"}
    assert {value for row in left for name, value in row.items() if name.removesuffix("_id") in personal} <= {"", None}
    states = {row["id"]: row["state"] for row in left}
    assert [states[row.pk] for row in rows] == [
        "withdrawn", "withdrawn", "sending", "sent", "accepted", "withdrawn", "withdrawn", "withdrawn",
    ]  # fmt: skip
    assert not Enclosure.objects.of(tea).exists()
    assert Outgoing.objects.of(tea).get(pk=to_bob.pk).text == "Dear Bob"


@pytest.mark.django_db
def test_who_asks_is_told_what_we_wrote_to_them_and_the_brand_takes_it_out():
    tea, ink = world.brand("tea"), world.brand("ink")
    page, ann, asked = question(tea)
    connection(tea, page)
    written(tea, asked, "It leaves today.")
    _page, _ann, elsewhere = question(ink)
    written(ink, elsewhere, "Something else")
    told = access(person=ann, by=None, at=world.AT)
    assert [(row["text"], row["state"]) for row in told["sent_to_them"]] == [("It leaves today.", "queued")]
    table = b"".join(takeout(tea, "outgoing", form="csv")).decode()
    assert "It leaves today." in table
    assert "Something else" not in table


@pytest.mark.django_db(transaction=True)
def test_erased_while_their_answer_is_on_its_way_nothing_of_them_comes_back(served):
    ledger, address = served
    tea = world.brand("tea")
    page, ann, asked = question(tea, network=KEY)
    connection(tea, page, settings={"address": address}, limits={})
    row = written(tea, asked, "Dear @ann, it leaves today.")

    def meanwhile():
        erase(person=ann, by=None, at=world.AT)
        database.close()

    ledger.meanwhile = meanwhile
    assert bridge.send(row.pk, clock=lambda: world.AT + timedelta(seconds=1))
    row = Outgoing.objects.of(tea).get(pk=row.pk)
    assert (row.state, row.text, row.network_id, row.account) == (Sending.SENT, "", "", None)
    assert not Activity.objects.of(tea).exists()


@pytest.mark.django_db(transaction=True)
def test_erased_while_it_was_unsure_nothing_is_said_in_its_place(served):
    ledger, address = served
    tea = world.brand("tea")
    page, ann, asked = question(tea, network=KEY)
    connection(tea, page, settings={"address": address}, limits={})
    row = written(tea, asked, "Dear @ann, it leaves today.")
    # A worker died with it in its hands, before the network heard of it.
    Outgoing.objects.of(tea).update(state=Sending.SENDING, sending_at=world.AT, due_at=world.AT)
    erase(person=ann, by=None, at=world.AT)
    assert not bridge.send(row.pk, clock=lambda: world.AT + timedelta(minutes=5))
    assert ledger.keys() == []
    row = Outgoing.objects.of(tea).get()
    assert (row.state, row.text) == (Sending.FAILED, "")
