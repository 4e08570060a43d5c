"""From the row to the network: what each answer of the network makes of the row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.outbox.doors import connection, question
from tests.web.outbox.ledger import ASKED_TO_WAIT, KEY

from entourage.web.listen.actions import secrets
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox import actions, bridge
from entourage.web.outbox.models import Outgoing, Pressure, Sending
from entourage.web.people.actions import leave_alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea(served):
    """A brand whose page somebody asked something on the ledger's network."""
    brand = world.brand("tea")
    page, brand.ann, brand.asked = question(brand, network=KEY)
    brand.door = connection(
        brand, page, settings={"address": served[1]}, secrets=secrets.sealed({"token": "s3cret-token"}), limits={}
    )
    return brand


def answer(tea, text="It leaves today.", **fields):
    given = {"deed": "reply", "purpose": "answer", "to": tea.asked, "by": None, "at": world.AT, "conversation_id": 7}
    return actions.queue(brand=tea, text=text, **{**given, **fields})


def sent(row, after=timedelta(0)):
    """The row after its turn has come, so long after it was queued."""
    bridge.send(row.pk, clock=lambda: world.AT + after)
    return Outgoing.objects.of(row.brand).get(pk=row.pk)


def test_what_is_sent_has_its_receipt_and_stands_in_the_log(tea, ledger):
    row = sent(answer(tea))
    assert (row.state, row.network_id, row.url) == (Sending.SENT, "post-1", "https://ledger.example/post-1")
    assert [(post["text"], post["to"]) for post in ledger.posts] == [("It leaves today.", tea.asked.network_id)]
    ours = Activity.objects.of(tea).get(pk=row.activity)
    assert (ours.account_id, ours.act, ours.reply_to) == (tea.door.account_id, "reply", tea.asked.pk)
    assert (ours.toward_id, ours.context) == (tea.asked.account_id, tea.asked.context)


def test_sending_twice_is_sending_once(tea, ledger):
    row = answer(tea)
    assert sent(row).state == sent(row, timedelta(hours=1)).state == Sending.SENT
    assert len(ledger.posts) == 1


def test_told_back_by_the_network_it_is_seen(tea):
    row = sent(answer(tea))
    assert bridge.told_back(tea.door.pk, ["post-1", "something else"], now=world.AT) == 1
    row.refresh_from_db(from_queryset=Outgoing.objects.of(tea))
    assert (row.state, row.accepted_at) == (Sending.ACCEPTED, world.AT)
    assert bridge.told_back(tea.door.pk, ["post-1"], now=world.AT) == 0


def test_told_back_before_its_receipt_came_it_is_seen_all_the_same(tea):
    row = answer(tea)
    world.act(tea.door.account, "reply", world.AT, toward=tea.asked.account, text=row.text, network_id="post-1")
    assert sent(row).state == Sending.ACCEPTED


def test_what_nobody_tells_back_is_looked_for(tea):
    row = sent(answer(tea))
    assert bridge.look_back(tea.door.pk, now=world.AT + timedelta(seconds=30)) == 0
    assert bridge.look_back(tea.door.pk, now=world.AT + timedelta(minutes=2, seconds=30)) == 1
    assert Outgoing.objects.of(tea).get(pk=row.pk).state == Sending.ACCEPTED


def test_a_lost_receipt_is_found_and_nothing_is_sent_again(tea, ledger):
    ledger.faults = ["lost after"]
    row = sent(answer(tea))
    assert (row.state, row.reason) == (Sending.SENDING, "The line broke.")
    assert sent(row, timedelta(minutes=5)).state == Sending.ACCEPTED
    assert len(ledger.posts) == 1


def test_what_did_not_arrive_is_sent_again(tea, ledger):
    ledger.faults = ["lost before"]
    row = sent(answer(tea))
    assert (row.state, ledger.posts) == (Sending.SENDING, [])
    assert sent(row, timedelta(minutes=5)).state == Sending.SENT
    assert len(ledger.posts) == 1


def test_asked_to_wait_it_waits_and_so_do_its_neighbours(tea, ledger):
    ledger.faults = ["429"]
    row, neighbour = answer(tea), answer(tea, "And the other.", conversation_id=8)
    row = sent(row)
    assert (row.state, row.reason, row.tries) == (Sending.QUEUED, "Too many at once.", 1)
    assert row.due_at >= world.AT + ASKED_TO_WAIT
    assert sent(neighbour).due_at == world.AT + ASKED_TO_WAIT
    assert ledger.posts == []
    assert sent(neighbour, timedelta(minutes=1)).state == sent(row, timedelta(minutes=1)).state == Sending.SENT


def test_refused_it_has_failed_with_the_network_s_reason(tea, ledger):
    ledger.faults = ["422"]
    row = sent(answer(tea))
    assert (row.state, row.reason) == (Sending.FAILED, "Ledger does not take this. Write something else.")
    row = actions.try_again(outgoing=row, by=None, at=world.AT + timedelta(hours=1))
    assert sent(row, timedelta(hours=1)).state == Sending.SENT


def test_keys_that_are_no_longer_good_are_told_without_the_key_and_the_answer_waits(tea, ledger):
    ledger.faults = ["401"]
    row = sent(answer(tea))
    assert row.state == Sending.QUEUED
    assert row.reason == "The token of Ledger, …, is no longer good. Connect it anew."
    door = Connection.objects.of(tea).get(pk=tea.door.pk)
    assert (door.state, door.error) == ("reconnect", row.reason)
    assert sent(row, timedelta(hours=1)).tries == 1
    Connection.objects.of(tea).update(state="live")
    assert sent(row, timedelta(hours=2)).state == Sending.SENT


def test_a_paused_connection_sends_nothing(tea, ledger):
    Connection.objects.of(tea).update(state="paused")
    row = sent(answer(tea))
    assert row.state == Sending.QUEUED
    assert row.reason == "The connection teapage is paused: answers wait. Resume it to send them."
    assert (bridge.sweep(now=world.AT + timedelta(hours=1)), ledger.posts) == (0, [])


def test_without_its_connection_it_goes_by_hand_unless_it_may_be_there_already(tea, ledger):
    ledger.faults = ["lost after"]
    unsure, sure = answer(tea), answer(tea, "And the other.", conversation_id=8)
    sent(unsure)
    tea.door.delete()
    bridge.sweep(now=world.AT + timedelta(hours=1))
    states = dict(Outgoing.objects.of(tea).values_list("pk", "state"))
    assert states == {unsure.pk: Sending.FAILED, sure.pk: Sending.BY_HAND}
    assert "may have arrived" in Outgoing.objects.of(tea).get(pk=unsure.pk).reason


def test_within_a_conversation_the_order_is_kept(tea, ledger):
    ledger.faults = ["lost before"]
    first, second = answer(tea, "First"), answer(tea, "Second", at=world.AT + timedelta(seconds=1))
    other = answer(tea, "Elsewhere", conversation_id=8, at=world.AT + timedelta(seconds=2))
    hour = timedelta(hours=1)
    sent(first, timedelta(seconds=3))
    assert sent(second, timedelta(seconds=3)).reason == "It waits for what was written before it to the same person."
    sent(other, timedelta(seconds=3))
    sent(first, hour)
    sent(second, hour)
    assert [post["text"] for post in ledger.posts] == ["Elsewhere", "First", "Second"]


def test_what_can_be_undone_waits_until_then(tea, ledger):
    row = answer(tea, undo_s=30)
    assert sent(row, timedelta(seconds=29)).state == Sending.QUEUED
    assert actions.withdraw(outgoing=row, by=None, at=world.AT).state == Sending.WITHDRAWN
    assert (sent(row, timedelta(seconds=31)).state, ledger.posts) == (Sending.WITHDRAWN, [])


def test_what_is_leaving_can_no_longer_be_withdrawn(tea, ledger):
    ledger.faults = ["lost before"]
    row = sent(answer(tea))
    with pytest.raises(actions.Blocked, match="It has left the house, or is leaving it just now"):
        actions.withdraw(outgoing=row, by=None, at=world.AT)


def test_somebody_left_alone_meanwhile_is_not_contacted_first_but_still_answered(tea, ledger):
    world.act(tea.door.account, "reply", world.AT, toward=tea.asked.account, reply_to=tea.asked)
    Pressure.objects.create(brand=tea, holdout=0)
    thanks = answer(tea, "Thank you.", purpose="thanks", conversation_id=None)
    reply = answer(tea)
    leave_alone(person=tea.ann, by=None, at=world.AT)
    assert "have asked to be left alone" in sent(thanks).reason
    assert sent(reply).state == Sending.SENT
    assert len(ledger.posts) == 1


def test_a_message_taken_back_meanwhile_is_not_answered(tea, ledger):
    row = answer(tea)
    Activity.objects.of(tea).filter(pk=tea.asked.pk).update(deleted_at=world.AT, text="")
    row = sent(row)
    assert (row.state, ledger.posts) == (Sending.FAILED, [])
    assert row.reason.startswith("Its author has taken this message back")


@pytest.mark.parametrize("deed", ["like", "hide"])
def test_a_deed_without_words_points_at_its_message(tea, ledger, deed):
    assert sent(answer(tea, "", deed=deed)).state == Sending.SENT
    assert ledger.settled == [(deed, tea.asked.network_id)]


def test_what_we_take_back_is_gone_here_too(tea, ledger):
    ours = Activity.objects.of(tea).get(pk=sent(answer(tea)).activity)
    assert sent(answer(tea, "", deed="delete", to=ours)).state == Sending.SENT
    assert ledger.settled == [("delete", "post-1")]
    ours.refresh_from_db(from_queryset=Activity.objects.of(tea))
    assert (ours.text, ours.deleted_at is not None) == ("", True)


def test_after_two_days_of_trying_it_has_failed(tea, ledger):
    ledger.faults = ["429"] * 100
    row, moment = answer(tea), timedelta(0)
    for tries in range(1, 56):
        moment = max(moment, row.due_at - world.AT)
        row = sent(row, moment)
        assert row.tries == tries
    assert row.state == Sending.FAILED
    assert timedelta(days=1.5) < moment < timedelta(days=3)
