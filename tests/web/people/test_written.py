"""What members wrote about somebody who is erased, wherever they wrote it: the words stay, the name does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.crisis.models import Crisis, Group
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Draft, View
from entourage.web.inbox.queries import thread_of
from entourage.web.outbox.models import Outgoing
from entourage.web.people.actions import erase
from entourage.web.today import actions as today
from entourage.web.today.models import Pledge

pytestmark = pytest.mark.django_db

NAMED = "ask @ann.moreau, not @ann.moreaux"
CLEAN = "ask […], not @ann.moreaux"


@pytest.fixture
def talk():
    made = Talk(world.brand("tea"))
    made.say("""
        a | 9 | Ann.Moreau | | where is my parcel?
        b | 8 | Bob        | | and mine?
        c | 7 | Cyd        | | and mine?
    """)
    made.thread()
    return made


def written(talk, by):
    """A draft, an answer, a promise, a prepared answer, a crisis: all about Ann, none of them to her."""
    bob, tea = talk.of("Bob"), talk.brand
    inbox.answer(conversation=bob, text=NAMED, by=by, at=NOW, seen=thread_of(bob).seen)
    inbox.draft(conversation=bob, text=NAMED, by=by, at=NOW)
    today.promise(conversation=bob, what=NAMED, due_at=NOW + timedelta(days=1), by=by, at=NOW)
    crisis = Crisis.objects.create(
        brand=tea, name=NAMED, by=by, named=True, opened_at=NOW, until=NOW, starts_at=NOW - timedelta(days=1)
    )
    Group.objects.create(brand=tea, crisis=crisis, words=[], answer=NAMED)


def told(talk):
    columns = ((Outgoing, "text"), (Draft, "text"), (Pledge, "what"), (Crisis, "name"), (Group, "answer"))
    return {model.__name__: model.objects.of(talk.brand).values_list(name, flat=True).get() for model, name in columns}


def test_their_name_is_taken_out_of_all_that_members_wrote_about_them(talk):
    written(talk, world.member(talk.brand))
    assert set(told(talk).values()) == {NAMED}
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert set(told(talk).values()) == {CLEAN}


def test_another_brand_s_words_stay_as_they_are(talk):
    ink = Talk(world.brand("ink"))
    ink.say("b | 8 | Bob | | and mine?")
    ink.thread()
    written(ink, world.member(ink.brand))
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert set(told(ink).values()) == {NAMED}


def test_what_is_leaving_just_now_leaves_whole(talk):
    written(talk, world.member(talk.brand))
    Outgoing.objects.of(talk.brand).update(state="queued")
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert told(talk)["Outgoing"] == NAMED


def test_a_view_of_the_inbox_that_searched_for_them_alone_is_gone(talk):
    olga = world.member(talk.brand)
    for name, query in (("hers", "q=%40ann.moreau&box=all"), ("parcels", "q=parcel"), ("late", "waiting=24")):
        inbox.save_view(brand=talk.brand, name=name, query=query, by=olga, at=NOW)
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert sorted(View.objects.of(talk.brand).values_list("name", flat=True)) == ["late", "parcels"]
