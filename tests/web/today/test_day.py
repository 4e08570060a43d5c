"""A member's Today: who is on it, in which order, and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import HOUR, NOW

from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.inbox.queries import thread_of
from entourage.web.listen.models import Activity, Attachment
from entourage.web.outbox.actions import withdraw
from entourage.web.outbox.models import Pressure
from entourage.web.service.models import Seat
from entourage.web.today import actions, queries
from entourage.web.today.views.shown import Shown

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nobody_held_out(talk):
    Pressure.objects.create(brand=talk.brand, holdout=0)


def day(talk, member, minutes=60, now=NOW):
    return queries.today(talk.brand, member, minutes=minutes, now=now)


def names(told):
    return [item.conversation.person_name if item.conversation else item.deserving.person.name for item in told.items]


def due(talk, name, at):
    Conversation.objects.of(talk.brand).filter(pk=talk.of(name).pk).update(due_at=at)


def test_the_angry_come_before_the_curious(talk, olga):
    assert names(day(talk, olga))[:2] == ["Dee", "Ann"]
    assert names(day(talk, olga))[-1] == "Bob"


def test_the_closest_come_before_strangers_who_are_as_angry(talk, olga):
    world.standing(talk.people["Ann"], weeks=12.0)
    assert names(day(talk, olga))[0] == "Ann"


def test_a_person_stands_there_once_with_what_else_of_theirs_waits(talk, olga):
    talk.say("f | 4 | Dee | complaint | and the lid is broken")
    talk.thread()
    told = day(talk, olga)
    assert names(told).count("Dee") == 1
    assert next(item.others for item in told.items if item.conversation.person_name == "Dee") == 1


def test_a_promise_that_ends_within_the_minutes_comes_first(talk, olga):
    due(talk, "Bob", NOW + 10 * MINUTE)
    told = day(talk, olga)
    assert names(told)[0] == "Bob"
    assert told.plan.kept[0]


def test_what_does_not_fit_is_counted(talk, olga):
    told = day(talk, olga, minutes=4)
    assert (len(told.items), told.left) == (1, 2)


def test_what_a_colleague_has_or_answers_right_now_is_not_mine(talk, olga, bea):
    inbox.assign(conversation=talk.of("Dee"), to=bea, by=bea, at=NOW)
    inbox.claim(conversation=talk.of("Ann"), by=bea, at=NOW)
    assert names(day(talk, olga)) == ["Bob"]
    assert set(names(day(talk, bea))) == {"Ann", "Bob", "Dee"}


@pytest.mark.parametrize(("hold", "state"), [("", "by_hand"), ("a first answer", "held")])
def test_what_is_written_and_waits_in_the_outbox_is_not_written_again(talk, olga, hold, state):
    dee = talk.of("Dee")
    seen = thread_of(dee).seen
    sent = inbox.answer(conversation=dee, text="So sorry, Dee.", by=olga, at=NOW, seen=seen, hold=hold)
    assert sent.state == state
    assert "Dee" not in names(day(talk, olga))
    withdraw(outgoing=sent, by=olga, at=NOW)
    assert "Dee" in names(day(talk, olga))


def test_who_sits_in_a_department_sees_its_people_and_those_of_none(talk, olga):
    inbox.set_department(conversation=talk.of("Dee"), department="press", by=olga, at=NOW)
    Seat.objects.create(brand=talk.brand, member=olga, departments=["care"])
    assert "Dee" not in names(day(talk, olga))
    assert "Ann" in names(day(talk, olga))


def test_not_today_means_tomorrow(talk, olga, bea):
    actions.pass_over(member=olga, key=f"answer:{talk.of('Dee').pk}", at=NOW)
    actions.pass_over(member=olga, key=f"answer:{talk.of('Dee').pk}", at=NOW)
    assert "Dee" not in names(day(talk, olga))
    assert "Dee" in names(day(talk, bea))
    assert "Dee" in names(day(talk, olga, now=NOW + timedelta(days=1)))
    assert actions.tidy(at=NOW + timedelta(days=1)) == 1


def test_a_promise_stands_on_the_day_of_who_made_it_until_it_is_kept(talk, olga, bea):
    made = actions.promise(
        conversation=talk.of("Bob"), what="a price for Lille", due_at=NOW + 3 * HOUR, by=olga, at=NOW
    )
    kinds = [item.kind for item in day(talk, olga).items]
    assert "pledge" in kinds
    assert "pledge" not in [item.kind for item in day(talk, bea).items]
    for _ in range(2):
        actions.keep(pledge=made, by=bea, at=NOW + HOUR)
    assert "pledge" not in [item.kind for item in day(talk, olga).items]
    steps = talk.of("Bob").steps.order_by("at").values_list("what", flat=True)
    assert list(steps)[-2:] == ["promised", "promise_kept"]


def test_a_word_given_for_tonight_does_not_wait_behind_a_heap_of_late_answers(talk, olga):
    Conversation.objects.of(talk.brand).filter(waiting_since__isnull=False).update(due_at=NOW - HOUR)
    actions.promise(conversation=talk.of("Bob"), what="a price for Lille", due_at=NOW + 3 * HOUR, by=olga, at=NOW)
    assert next(item.kind for item in queries.today(talk.brand, olga, minutes=9, now=NOW).items) == "pledge"


def test_a_promise_taken_back_is_on_nobody_s_day(talk, olga):
    made = actions.promise(conversation=talk.of("Bob"), what="a price", due_at=NOW + HOUR, by=olga, at=NOW)
    actions.take_back(pledge=made, by=olga, at=NOW)
    assert queries.pledges(talk.brand) == []


def test_a_note_that_names_me_is_on_my_day_until_i_have_seen_it(talk, olga, bea):
    inbox.note(conversation=talk.of("Bob"), text="@bea do we ship there?", by=olga, at=NOW)
    assert "note" in [item.kind for item in day(talk, bea).items]
    assert "note" not in [item.kind for item in day(talk, olga).items]
    inbox.see_notes(member=bea, conversation=talk.of("Bob"))
    assert "note" not in [item.kind for item in day(talk, bea).items]


def test_another_brand_s_people_are_on_nobody_s_day_here(talk, olga):
    other = world.brand("coffee")
    stranger = world.member(other, "agent")
    assert day(talk, olga).items
    assert queries.today(other, stranger, minutes=60, now=NOW).items == ()


def test_the_day_asks_the_same_questions_for_three_people_and_for_thirty(talk, olga, django_assert_max_num_queries):
    with django_assert_max_num_queries(28):
        day(talk, olga)
    for number in range(30):
        talk.say(f"x{number} | 4 | Eve{number} | complaint | it leaks")
    talk.thread()
    with django_assert_max_num_queries(28):
        assert len(day(talk, olga, minutes=600).items) == 33


def test_how_long_an_answer_takes_is_learned_from_the_brand_s_own(talk, olga):
    it = talk.of("Bob")
    for number in range(20):
        inbox.step(it, "claimed", by=olga, at=NOW + number * HOUR)
        inbox.step(it, "answered", by=olga, at=NOW + number * HOUR + 9 * MINUTE)
    actions.measure_pace(brand=talk.brand, at=NOW + timedelta(days=2))
    assert day(talk, olga).items[0].minutes == pytest.approx(9.0)


def test_where_no_words_came_a_line_says_what_did(talk, olga):
    dee = talk.lines["d"]
    Activity.objects.of(talk.brand).filter(pk=dee.pk).update(text="")
    for place in range(2):
        Attachment.objects.create(brand=talk.brand, activity=dee.pk, place=place, kind="image/png")
    talk.thread()
    [item] = [item for item in day(talk, olga).items if item.conversation.person_name == "Dee"]
    assert Shown(item, NOW, 4.0).said == "2 pictures"
