"""Answers that wait for a yes stand on the day of who may say it, and of nobody else."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.desk import text_of
from tests.web.inbox.talk import NOW

from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.inbox.queries import thread_of
from entourage.web.outbox import actions as outbox
from entourage.web.outbox.models import Outgoing, Pressure
from entourage.web.today import queries
from entourage.web.today.queries import day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_held_out(talk):
    Pressure.objects.create(brand=talk.brand, holdout=0)


def held(talk, name, by, text="On its way."):
    rows = Conversation.objects.of(talk.brand).filter(pk=talk.of(name).pk)
    rows.update(hold="Press")
    it = rows.get()
    return inbox.answer(conversation=it, text=text, by=by, at=NOW, seen=thread_of(it).seen)


def approvals(talk, member, brand=None):
    items = queries.today(brand or talk.brand, member, minutes=60, now=NOW).items
    return [(item.key, item.minutes) for item in items if item.kind == "approval"]


def test_a_manager_has_it_an_agent_has_not_and_once_approved_nobody(talk, olga, zoe):
    before = {item.conversation.pk: item.worth for item in queries.today(talk.brand, zoe, minutes=60, now=NOW).items}
    made, it = held(talk, "Dee", olga), talk.of("Dee")
    assert approvals(talk, zoe) == [(f"approval:{it.pk}", 1.0)]
    assert approvals(talk, olga) == []
    [item] = [item for item in queries.today(talk.brand, zoe, minutes=60, now=NOW).items if item.conversation == it]
    # Its person waits, and a colleague with the answer ready.
    assert item.worth == before[it.pk] + day.NOTE_WORTH
    outbox.approve(outgoing=made, by=zoe, at=NOW)
    assert approvals(talk, zoe) == []


def test_another_brand_s_manager_has_nothing_of_it(talk, olga):
    held(talk, "Dee", olga)
    ink = world.brand("ink")
    assert approvals(talk, world.member(ink, "manager", email="ivo@ink.example"), ink) == []


def test_its_line_says_whose_answer_to_whom_why_and_leads_to_it(client, talk, olga, zoe):
    made = held(talk, "Dee", olga, "We send another one.")
    world.signed_in(client, zoe)
    page = client.get("/b/tea/today/?minutes=60")
    shown = text_of(page)
    assert "Approve olga@tea.example's answer to Dee" in shown
    assert "Rule “Press” asks for a second pair of eyes." in shown
    assert "We send another one." in shown
    assert f"/b/tea/inbox/{made.conversation_id}/#o-{made.pk}" in page.content.decode()
    client.post("/b/tea/today/pass/", {"key": f"approval:{made.conversation_id}", "minutes": "60"})
    assert "Approve olga" not in text_of(client.get("/b/tea/today/?minutes=60"))


def test_many_that_wait_cost_as_many_queries_as_one(talk, olga, zoe, django_assert_max_num_queries):
    held(talk, "Dee", olga)
    with django_assert_max_num_queries(33):
        queries.today(talk.brand, zoe, minutes=600, now=NOW)
    held(talk, "Bob", olga)
    held(talk, "Ann", olga)
    assert Outgoing.objects.of(talk.brand).filter(state="held").count() == 3
    with django_assert_max_num_queries(33):
        assert len(approvals(talk, zoe)) == 3
