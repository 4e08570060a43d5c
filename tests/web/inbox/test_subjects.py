"""A mail's subject stands over its conversation, and goes with the words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import NOW

from entourage.networks import activity as told
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.listen.actions import take_in
from entourage.web.listen.models import Activity, Subject
from entourage.web.people import actions as people
from entourage.web.people.models import Person

pytestmark = pytest.mark.django_db

ANN = told.Account(id="ann@example.org", name="Ann")
LATER = timedelta(milliseconds=500)
BOB = told.Account(id="bob@example.org", name="Bob")
US = told.Account(id="care@tea.example", kind="own")


def mail(number: str, subject: str, **fields) -> told.Activity:
    known = {
        "network": "email",
        "act": told.Act.MESSAGE,
        "actor": ANN,
        "at": world.AT,
        "to": (US,),
        "text": "It leaks.",
    }
    return told.Activity(id=number, subject=subject, **{**known, **fields})


@pytest.fixture
def tea():
    brand = world.brand("tea")
    world.account(brand, "care@tea.example", network="email", role="own")
    return brand


def take(brand, *mails):
    take_in(brand=brand, activities=mails)
    inbox.thread(brand, now=NOW)


def subjects(brand):
    return list(Subject.objects.of(brand).order_by("text").values_list("text", flat=True))


def test_the_subject_of_the_first_mail_stands_over_the_conversation(tea):
    take(
        tea,
        mail("1", "My pot\0 leaks"),
        mail("2", "Re: My pot leaks", in_reply_to="1", context="1", at=world.AT + LATER),
    )
    assert [(one.subject, one.place) for one in Conversation.objects.of(tea)] == [("My pot leaks", "email")]


def test_taken_in_twice_it_is_there_once_and_an_edit_changes_it(tea):
    take(tea, mail("1", "My pot leaks"))
    take(tea, mail("1", "My pot leaks"))
    assert Subject.objects.of(tea).count() == 1


def test_a_subject_goes_with_its_words(tea):
    take(tea, mail("1", "My pot leaks"))
    take(tea, mail("1", "", change=told.Change.DELETE))
    assert not Subject.objects.of(tea).exists()
    take(tea, mail("2", "Another"))
    Activity.objects.of(tea).all().delete()
    assert not Subject.objects.of(tea).exists()


def test_the_subject_of_an_answer_goes_with_the_person_whose_words_it_repeats(tea):
    asked = mail("1", "Fired by Maison Tilleul")
    answered = mail(
        "2", "Re: Fired by Maison Tilleul", actor=US, to=(ANN,), in_reply_to="1", context="1", at=world.AT + LATER
    )
    about = mail("3", "What @ann@example.org was told", actor=US, to=(BOB,), at=world.AT + LATER)
    take(tea, asked, answered, about)
    people.meet(brand=tea)
    people.erase(person=Person.objects.of(tea).get(name="Ann"), by=None, at=world.AT)
    assert subjects(tea) == ["What […] was told"]
    take(tea, asked, answered)
    assert subjects(tea) == ["What […] was told"]
    assert Activity.objects.of(tea).filter(network_id="2", text="It leaks.").exists(), "the brand's own words stay"
