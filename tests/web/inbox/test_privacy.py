"""Brands never meet in the inbox, and who is erased leaves nothing there."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.talk import Talk

from entourage.web.inbox.models import Conversation, Draft, Message, Note, Spoken, Step, Unthreaded, View
from entourage.web.people.actions import access, erase
from entourage.web.people.queries import TABLES, takeout

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Talk:
    return Talk(world.brand("tea"))


def test_two_brands_never_meet(talk):
    ink = Talk(world.brand("ink"))
    for one in (talk, ink):
        one.say("a | 9 | Ann | | hello")
    talk.thread()
    assert (len(talk.all), len(ink.all)) == (1, 0)
    ink.thread()
    assert (len(talk.all), len(ink.all)) == (1, 1)


def test_an_erased_person_leaves_no_trace_in_conversations_or_notes(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | on its way
        c | 7 | Bob>a | | mine too
    """)
    talk.thread()
    ann, bob = talk.of("Ann"), talk.of("Bob")
    for one in (ann, bob):
        one.notes.create(brand=talk.brand, at=world.AT, text="ask @ann, not @annabel")
    erase(person=talk.people["Ann"], by=None, at=world.AT)
    assert [one.pk for one in talk.all] == [bob.pk]
    assert [note.text for note in bob.notes.all()] == ["ask […], not @annabel"]
    assert not Message.objects.of(talk.brand).exclude(conversation=bob).exists()
    talk.thread()
    assert [one.pk for one in talk.all] == [bob.pk]


def test_before_anything_is_threaded_again_the_erased_are_gone_everywhere(talk):
    olga = world.member(talk.brand, "agent")
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | on its way
    """)
    talk.thread()
    ann, person = talk.of("Ann"), talk.people["Ann"]
    ann.notes.create(brand=talk.brand, at=world.AT, text="calm her")
    ann.drafts.create(brand=talk.brand, member=olga, at=world.AT, text="dear Ann")
    ann.steps.create(brand=talk.brand, at=world.AT, what="claimed")
    View.objects.create(brand=talk.brand, name="hers", query=f"person={person.pk}")
    View.objects.create(brand=talk.brand, name="parcels", query="q=parcel")
    erase(person=person, by=None, at=world.AT)
    for model in (Conversation, Message, Note, Draft, Step):
        assert not model.objects.of(talk.brand).exists(), model
    assert [view.name for view in View.objects.of(talk.brand)] == ["parcels"]
    assert [spoken.toward for spoken in Spoken.objects.of(talk.brand)] == [None]
    assert not Unthreaded.objects.of(talk.brand).filter(account__isnull=False).exists()


def test_a_brand_that_goes_takes_its_conversations_along(talk):
    talk.say("a | 9 | Ann | | hello")
    talk.thread()
    talk.brand.delete()
    for model in (Conversation, Message, Spoken):
        assert not model.objects.everywhere().exists(), model


def test_who_asks_is_told_what_members_noted_and_did(talk):
    talk.say("a | 9 | Ann | | where is my parcel?")
    talk.thread()
    ann = talk.of("Ann")
    ann.notes.create(brand=talk.brand, at=world.AT, text="calm her")
    (told,) = access(person=talk.people["Ann"], by=None, at=world.AT)["conversations"]
    assert (told["state"], told["notes"][0]["text"]) == ("open", "calm her")


@pytest.mark.parametrize("table", ["conversations", "notes", "steps", "macros"])
def test_the_brand_takes_its_conversations_out_with_all_else(talk, table):
    talk.say("a | 9 | Ann | | where is my parcel?")
    talk.thread()
    talk.of("Ann").notes.create(brand=talk.brand, at=world.AT, text="calm her")
    told = b"".join(takeout(talk.brand, table, form="jsonl")).decode()
    wanted = {"conversations": '"account":"ann"', "notes": "calm her"}
    assert table in TABLES
    assert wanted.get(table, "") in told
