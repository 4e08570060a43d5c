"""What waited or was taken back, and what others did meanwhile: nobody hears two answers, nobody loses their words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import answered, at, text_of

from entourage.web.inbox import actions, queries
from entourage.web.inbox.models import Draft
from entourage.web.listen.models import Connection
from entourage.web.outbox import actions as outbox
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = pytest.mark.django_db

MEANWHILE = "were answered meanwhile"


def now_of(row):
    return Outgoing.objects.of(row.brand_id).get(pk=row.pk)


def test_what_waits_is_not_approved_once_a_manager_has_answered(talk, held, agent, zoe):
    waits = answered(held, agent)
    answered(held, zoe, "Yes, within two days.")
    with pytest.raises(outbox.Blocked, match=MEANWHILE):
        outbox.approve(outgoing=waits, by=zoe, at=timezone.now())
    assert (now_of(waits).state, MEANWHILE in now_of(waits).reason) == (Sending.HELD, True)


def test_of_two_answers_that_wait_one_is_approved_whichever_comes_first(talk, held, agent, bea, zoe):
    first, second = answered(held, agent), answered(held, bea, "Of course we do.")
    outbox.approve(outgoing=first, by=zoe, at=timezone.now())
    with pytest.raises(outbox.Blocked, match=MEANWHILE):
        outbox.approve(outgoing=second, by=zoe, at=timezone.now())
    outbox.withdraw(outgoing=first, by=zoe, at=timezone.now())
    assert outbox.approve(outgoing=second, by=zoe, at=timezone.now()).state == Sending.QUEUED


def test_what_failed_is_not_tried_again_once_a_colleague_has_answered(talk, door, agent, bea):
    it = talk.of("Bob")
    failed = answered(it, agent)
    Outgoing.objects.of(talk.brand).update(state=Sending.FAILED)
    answered(it, bea, "Yes, we ship to Lille.")
    with pytest.raises(outbox.Blocked, match=MEANWHILE):
        outbox.try_again(outgoing=failed, by=agent, at=timezone.now())


def test_what_was_sent_by_hand_and_told_by_the_network_does_not_leave_once_more(talk, agent):
    it = talk.of("Bob")
    copied = answered(it, agent)
    assert copied.state == Sending.BY_HAND
    later = copied.created_at + timedelta(minutes=1)
    asked = talk.lines["e"]
    world.act(talk.page, "reply", later, toward=asked.account, reply_to=asked, text="We do.")
    Connection.objects.create(brand=talk.brand, network="x", name="ours", account=talk.page, can=["reply"], limits={})
    with pytest.raises(outbox.Blocked, match=MEANWHILE):
        outbox.try_again(outgoing=copied, by=agent, at=later)


def test_more_said_to_somebody_who_was_answered_before_may_be_approved(talk, held, agent, zoe):
    answered(held, zoe, "Yes, within two days.")
    more = answered(held, agent, "And it is free.")
    assert outbox.approve(outgoing=more, by=zoe, at=timezone.now()).state == Sending.QUEUED


def test_taking_back_keeps_what_one_has_begun_to_write_since(page, talk, door, agent):
    it = talk.of("Bob")
    out = answered(it, agent)
    actions.draft(conversation=it, text="By the way", by=agent, at=timezone.now())
    told = text_of(page.post(f"/b/tea/inbox/outgoing/{out.pk}/undo/", follow=True))
    assert now_of(out).state == Sending.WITHDRAWN
    assert queries.draft_of(it, agent) == "By the way"
    assert "in the outbox" in told


def test_taking_back_twice_does_not_bring_old_words_again(page, talk, door, agent):
    it = talk.of("Bob")
    out = answered(it, agent)
    page.post(f"/b/tea/inbox/outgoing/{out.pk}/undo/")
    assert queries.draft_of(it, agent) == "We do."
    actions.draft(conversation=it, text="", by=agent, at=timezone.now())
    page.post(f"/b/tea/inbox/outgoing/{out.pk}/undo/")
    assert queries.draft_of(it, agent) == ""


def test_a_colleague_s_answer_taken_back_is_the_colleague_s_draft(page, talk, door, agent, bea):
    it = talk.of("Bob")
    out = answered(it, bea, "We do.")
    actions.draft(conversation=it, text="Mine", by=agent, at=timezone.now())
    told = text_of(page.post(f"/b/tea/inbox/outgoing/{out.pk}/undo/", follow=True))
    drafts = dict(Draft.objects.of(talk.brand).values_list("member__user__email", "text"))
    assert drafts == {"bea@tea.example": "We do.", "olga@tea.example": "Mine"}
    assert "bea@tea.example" in told
    assert page.get(at(it)).status_code == 200


def test_who_is_being_answered_is_counted_nowhere_among_those_whom_nobody_has(talk, agent, bea):
    it = talk.of("Bob")
    assert actions.claim(conversation=it, by=bea, at=timezone.now())
    listed = queries.listed(talk.brand, agent, queries.Filters(box="unassigned"))
    assert queries.counts(talk.brand, agent)["unassigned"].number == len(listed.conversations)
