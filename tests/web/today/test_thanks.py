"""Whom to thank, in words of their own, and never more than somebody can bear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web import world
from tests.web.inbox.talk import HOUR, NOW

from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.inbox.queries import thread_of
from entourage.web.listen.models import Connection
from entourage.web.outbox.actions import Blocked, withdraw
from entourage.web.outbox.models import Outgoing, Pressure
from entourage.web.people.models import Person
from entourage.web.service import actions as service
from entourage.web.service.models import Rule
from entourage.web.today import actions, queries
from entourage.web.today.models import WordsOfThanks

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(talk):
    return Pressure.objects.create(brand=talk.brand, holdout=0)


def praised(talk, name, *, hours=10, text="what a lovely kettle", weeks=8.0, intent="praise"):
    """Somebody close who praised us."""
    talk.say(f"{name} | {hours} | {name} | | {text}")
    world.reading(talk.lines[name], 1, intent)
    world.standing(talk.people[name], weeks=weeks)
    return talk.lines[name]


def told(talk, now=NOW):
    return queries.thankworthy(talk.brand, now=now)


def names(rows):
    return [one.person.name for one in rows]


def thank(talk, deed, member, words="You made our day, Eve", at=NOW):
    person = next(one for one in talk.people.values() if one.pk == deed.account.person_id)
    return actions.thank(brand=talk.brand, deed=deed, person=person, text=words, by=member, at=at)


def test_the_closest_stand_first_and_helpers_before_them(talk, rules):
    praised(talk, "Eve", weeks=8.0)
    praised(talk, "Fay", weeks=10.0)
    eve = world.account_of(talk.people["Eve"])
    for _ in range(3):
        world.act(eve, "help", NOW - 3 * HOUR, text="turn the lid")
    assert names(told(talk).now) == ["Eve", "Fay"]
    assert told(talk).now[0].helps == 3


@pytest.mark.parametrize("name", ["hostile_regular", "critic"])
def test_nobody_who_is_against_us_is_thanked_as_a_friend(talk, rules, name):
    deed = praised(talk, "Eve")
    person = talk.people["Eve"]
    person.standing.delete()
    world.standing(person, weeks=8.0, name=name, warmth=-0.6, warmth_low=-0.8, warmth_high=-0.4, temper="hostile")
    assert names(told(talk).now) == []
    assert deed.text


def test_what_was_answered_or_is_old_is_thanked_no_more(talk, rules):
    deed = praised(talk, "Eve")
    assert names(told(talk, now=NOW + timedelta(weeks=5)).now) == []
    world.act(talk.page, "reply", NOW - HOUR, toward=deed.account, reply_to=deed, text="thank you")
    assert names(told(talk).now) == []


def test_whoever_was_thanked_leaves_the_queue(talk, rules, olga):
    deed = praised(talk, "Eve")
    sent = thank(talk, deed, olga)
    assert (sent.purpose, sent.to, sent.by) == ("thanks", deed.pk, olga)
    assert names(told(talk).now) == []


def test_the_same_words_never_leave_twice_whoever_they_name(talk, rules, olga):
    thank(talk, praised(talk, "Eve"), olga, "Merci Eve, vous êtes formidable !")
    fay = praised(talk, "Fay")
    with pytest.raises(actions.SameWords, match="thanked somebody before"):
        thank(talk, fay, olga, "merci  fay vous etes formidable")
    assert Outgoing.objects.of(talk.brand).count() == 1
    thank(talk, fay, olga, "Fay, that review of yours sold three kettles.")
    assert WordsOfThanks.objects.of(talk.brand).count() == 2


def test_two_brands_may_say_the_same(talk, rules):
    other = world.brand("coffee")
    assert actions.words_key(talk.brand, "Merci", "Ann") != actions.words_key(other, "Merci", "Ann")


def test_who_has_heard_enough_waits_and_the_page_says_until_when(talk, rules, olga):
    first = praised(talk, "Eve")
    thank(talk, first, olga)
    talk.say("again | 1 | Eve | praise | still lovely")
    again = talk.lines["again"]
    with pytest.raises(Blocked, match="must lie between two contacts"):
        thank(talk, again, olga, "Other words, Eve")
    assert WordsOfThanks.objects.of(talk.brand).count() == 1


def test_who_waits_for_an_answer_is_answered_first(talk, rules):
    praised(talk, "Eve")
    talk.say("q | 2 | Eve | care_question | and where is my parcel?")
    later = told(talk).later
    assert names(later) == ["Eve"]
    assert "answer first" in later[0].room.reason


def test_who_is_held_out_by_lot_is_counted_and_not_named(talk, rules):
    rules.holdout = 1.0
    rules.save()
    praised(talk, "Eve")
    queue = told(talk)
    assert (queue.now, queue.later, queue.held_out) == ((), (), 1)


def test_the_queue_asks_as_many_questions_for_one_as_for_twenty(talk, rules, django_assert_max_num_queries):
    for number in range(20):
        praised(talk, f"Eve{number}")
    with django_assert_max_num_queries(9):
        assert len(told(talk).now) == 20


def test_words_for_whoever_has_left_the_queue_meanwhile_are_kept_beside_the_reason(talk, rules, olga, page):
    now = timezone.now()
    deed = world.act(world.person(talk.brand, "Eve"), "help", now - HOUR, toward=talk.page, text="turn the lid")
    world.standing(Person.objects.of(talk.brand).get(name="Eve"), weeks=8.0)
    address = reverse("today:thank", args=["tea", deed.pk])
    assert page.post(address, {"text": "You saved that kettle"}).status_code == 302
    refused = page.post(address, {"text": "My other words"}).content.decode()
    assert "must lie between two contacts" in refused
    assert "My other words</textarea>" in refused


def test_what_somebody_did_is_found_below_any_number_of_other_acts(talk, rules, monkeypatch):
    monkeypatch.setattr("entourage.web.today.queries.thanks.LOOKED_AT", 1)
    eve = world.person(talk.brand, "Eve")
    world.standing(eve, weeks=8.0)
    world.act(eve, "help", NOW - 30 * HOUR, text="turn the lid")
    for place in range(12):
        world.act(eve, "like", NOW - place * HOUR)
    assert names(told(talk).now) == ["Eve"]


@pytest.fixture
def door(talk):
    return Connection.objects.create(
        brand=talk.brand, network="x", name="ours", account=talk.page, can=["read", "reply", "message"], limits={}
    )


def told_to(talk, name):
    talk.thread()
    return talk.of(name)


def test_thanks_are_no_way_around_a_second_pair_of_eyes(talk, rules, olga, door):
    deed = praised(talk, "Eve")
    it = told_to(talk, "Eve")
    Conversation.objects.of(talk.brand).filter(pk=it.pk).update(hold="Press")
    sent = thank(talk, deed, olga)
    assert (sent.state, sent.reason) == ("held", "Rule “Press” asks for a second pair of eyes.")
    zoe = world.member(talk.brand, "manager", email="zoe@tea.example")
    assert thank(talk, praised(talk, "Fay"), zoe, "Fay, you shine").state == "queued"


def test_thanks_wait_for_a_yes_while_an_earlier_message_that_a_rule_is_about_has_no_answer(talk, rules, olga, door):
    talk.say("""
        Law | 12 | Eve      | praise | even my lawyer loves it
        Eve | 10 | Eve >Law | praise | what a lovely kettle
        Fay | 10 | Fay      | praise | what a lovely kettle
    """)
    service.save_rule(rule=Rule(brand=talk.brand, name="Law", words=["lawyer"], approve=True), by=None, at=NOW)
    talk.thread()
    told = {name: thank(talk, talk.lines[name], olga, words) for name, words in (("Eve", "So glad"), ("Fay", "Merci"))}
    assert {name: one.state for name, one in told.items()} == {"Eve": "held", "Fay": "queued"}


def test_who_is_answered_by_a_colleague_this_minute_is_not_thanked_on_top_of_it(talk, rules, olga, bea, door):
    deed = praised(talk, "Eve")
    it = told_to(talk, "Eve")
    assert inbox.claim(conversation=it, by=bea, at=NOW)
    with pytest.raises(Blocked, match=r"bea@tea\.example is answering"):
        thank(talk, deed, olga)
    inbox.answer(conversation=it, text="So glad, Eve!", by=bea, at=NOW, seen=thread_of(it).seen)
    with pytest.raises(Blocked, match="answered meanwhile"):
        thank(talk, deed, olga)


def test_who_answers_sees_thanks_that_are_on_their_way_first(talk, rules, olga, bea, door):
    deed = praised(talk, "Eve")
    it = told_to(talk, "Eve")
    seen = thread_of(it).seen
    thank(talk, deed, olga)
    with pytest.raises(inbox.Collision, match="Something was said here"):
        inbox.answer(conversation=it, text="So glad, Eve!", by=bea, at=NOW, seen=seen)
    assert [one.outgoing.text for one in thread_of(it).items if one.kind == "outgoing"] == ["You made our day, Eve"]


def test_words_that_were_taken_back_may_thank_somebody_after_all(talk, rules, olga, door):
    deed = praised(talk, "Eve")
    first = thank(talk, deed, olga)
    withdraw(outgoing=first, by=olga, at=NOW)
    again = thank(talk, deed, olga)
    assert again.pk != first.pk
    with pytest.raises(actions.SameWords):
        thank(talk, praised(talk, "Fay"), olga, "You made our day, Fay")
