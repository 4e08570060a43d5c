"""A rule wants a second pair of eyes: what an agent answers waits, and is sent once, or not at all."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection as database
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import answered, at, text_of
from tests.web.inbox.talk import NOW
from tests.web.outbox import doors
from tests.web.outbox.conftest import ledger, served  # noqa: F401 - fixtures
from tests.web.outbox.ledger import KEY

from entourage.web.core.models import Member
from entourage.web.inbox import actions
from entourage.web.inbox.models import Conversation, Draft, Step
from entourage.web.inbox.queries import thread_of
from entourage.web.listen.models import Connection
from entourage.web.outbox import actions as outbox
from entourage.web.outbox import bridge
from entourage.web.outbox.models import Outgoing, Sending

ASKS = "Rule “Press” asks for a second pair of eyes."


def outgoing(talk):
    return Outgoing.objects.of(talk.brand).get()


def steps(talk):
    rows = Step.objects.of(talk.brand).filter(what__in=["answered", "approved", "withdrawn", "resolved"])
    return [(one.what, one.by) for one in rows.order_by("pk")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "state"), [("agent", Sending.HELD), ("manager", Sending.QUEUED), ("owner", Sending.QUEUED)]
)
def test_who_may_say_yes_needs_nobody_elses(talk, held, role, state):
    made = answered(held, world.member(talk.brand, role, email=f"{role}@tea.example"))
    assert made.state == state
    assert made.reason == (ASKS if state == Sending.HELD else "")


@pytest.mark.django_db
def test_before_typing_the_page_says_who_waits_for_whom(page, talk, held, zoe):
    told = text_of(page.get(at(held)))
    assert f"{ASKS} Your answer waits until an owner or a manager lets it go." in told
    assert "Hand it in for a yes" in told
    assert "Answer and resolve" not in told
    world.signed_in(page, zoe)
    told = text_of(page.get(at(held)))
    assert f"{ASKS} You may let answers go: your own leaves at once." in told
    assert "Answer and resolve" in told
    assert "second pair of eyes" not in text_of(page.get(at(talk.of("Dee"))))


@pytest.mark.django_db
def test_a_held_answer_leaves_the_conversation_open_until_it_is_approved(talk, held, agent, zoe):
    made = answered(held, agent, resolve=True)
    talk.thread()
    assert talk.of("Bob").state == "open"
    outbox.approve(outgoing=made, by=zoe, at=timezone.now())
    assert (outgoing(talk).state, outgoing(talk).approved_by) == (Sending.QUEUED, zoe)
    assert talk.of("Bob").state == "waiting"
    assert steps(talk) == [("answered", agent), ("approved", zoe)]


@pytest.mark.django_db
@pytest.mark.parametrize("room", ["outbox", "inbox/outgoing"])
def test_it_is_approved_in_the_outbox_or_on_the_conversation_and_its_writer_sees_by_whom(page, talk, held, zoe, room):
    client, agent = page, Member.objects.of(talk.brand).get(user__email="olga@tea.example")
    made = answered(held, agent)
    press = f"/b/tea/{room}/{made.pk}/approve/"
    assert client.post(press).status_code == 403
    assert "waits for approval" in text_of(client.get("/b/tea/outbox/?box=held"))
    world.signed_in(client, zoe)
    listed = text_of(client.get("/b/tea/outbox/?box=held"))
    assert "Approve" in listed
    assert ASKS in listed
    client.post(press)
    assert outgoing(talk).state == Sending.QUEUED
    world.signed_in(client, agent)
    assert "zoe@tea.example approved the answer of olga@tea.example" in text_of(client.get(at(held)))


@pytest.mark.django_db
def test_withdrawn_by_a_manager_the_words_are_their_writers_draft_again(client, talk, held, agent, zoe):
    made = answered(held, agent)
    world.signed_in(client, zoe)
    client.post(f"/b/tea/outbox/{made.pk}/withdraw/")
    assert outgoing(talk).state == Sending.WITHDRAWN
    assert Draft.objects.of(talk.brand).get(member=agent).text == "We do."
    world.signed_in(client, agent)
    shown = text_of(client.get(at(held)))
    assert "zoe@tea.example withdrew the answer of olga@tea.example" in shown
    assert talk.of("Bob").state == "open"


@pytest.mark.django_db
def test_what_is_approved_must_keep_to_the_limits_of_that_moment(client, talk, held, agent, zoe):
    made = answered(held, agent, text="We do, Bob, on Mondays.")
    Connection.objects.of(talk.brand).update(limits={"length": 5, "unit": "graphemes"})
    world.signed_in(client, zoe)
    told = text_of(client.post(f"/b/tea/inbox/outgoing/{made.pk}/approve/", follow=True))
    assert outgoing(talk).state == Sending.HELD
    assert outgoing(talk).reason in told
    assert steps(talk) == [("answered", agent)]


@pytest.mark.django_db
def test_another_brands_manager_can_neither_see_nor_approve_it(client, talk, held, agent):
    made = answered(held, agent)
    ink = world.brand("ink")
    world.signed_in(client, world.member(ink, "owner", email="ivo@ink.example"))
    assert client.post(f"/b/tea/outbox/{made.pk}/approve/").status_code == 404
    assert client.post(f"/b/ink/outbox/{made.pk}/approve/").status_code == 404
    assert client.post(f"/b/ink/inbox/outgoing/{made.pk}/approve/").status_code == 404
    assert outgoing(talk).state == Sending.HELD


def _at_once(*deeds):
    """Do all of it at the same moment, each on a connection of its own; what was refused is no news."""
    together = threading.Barrier(len(deeds))

    def work(deed):
        together.wait()
        try:
            deed()
        except outbox.Blocked:
            pass
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
@pytest.mark.parametrize("second", [outbox.approve, outbox.withdraw], ids=["approve", "withdraw"])
def test_approved_twice_or_withdrawn_at_once_it_is_sent_once_at_most(served, second, round_):  # noqa: F811
    there, address = served
    tea = world.brand("tea")
    ours, _, asked = doors.question(tea, network=KEY)
    doors.connection(tea, ours, settings={"address": address}, limits={})
    actions.thread(tea, now=NOW)
    it = Conversation.objects.of(tea).get()
    Conversation.objects.of(tea).update(hold="Press")
    agent, zoe, kim = (
        world.member(tea, role, email=f"{name}@tea.example")
        for name, role in (("olga", "agent"), ("zoe", "manager"), ("kim", "owner"))
    )
    made = actions.answer(
        conversation=Conversation.objects.of(tea).get(), text="Here.", by=agent, at=NOW, seen=thread_of(it).seen
    )
    assert made.state == Sending.HELD
    later = NOW + timedelta(minutes=1)
    _at_once(
        lambda: outbox.approve(outgoing=made, by=zoe, at=later),
        lambda: second(outgoing=made, by=kim, at=later),
    )
    _at_once(*[lambda: bridge.send(made.pk, clock=lambda: later)] * 3)
    row = Outgoing.objects.of(tea).get()
    decided = list(Step.objects.of(tea).filter(what__in=["approved", "withdrawn"]).values_list("what", flat=True))
    assert asked.pk == row.to
    if second is outbox.approve:
        assert (there.keys(), decided) == ([str(made.pk)], ["approved"])
    else:
        assert (there.keys(), row.state, decided[-1]) == ([], Sending.WITHDRAWN, "withdrawn")
