"""The critics' ladder, drawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import NOW

from entourage.web.inbox import actions as inbox
from entourage.web.today import queries

pytestmark = pytest.mark.django_db
WEEKS = 24 * 7


def reached(talk, name, now=NOW):
    told = {one.it.person_name: one.rungs for one in queries.ladder(talk.brand, now=now).critics}
    return told[name]


def test_only_who_was_vehement_against_us_is_a_critic(talk):
    told = queries.ladder(talk.brand, now=NOW)
    assert {one.it.person_name for one in told.critics} == {"Ann", "Dee"}


def test_whom_nobody_heard_stands_on_no_rung(talk):
    assert reached(talk, "Dee") == ()
    assert queries.ladder(talk.brand, now=NOW).unheard == 1


def test_a_claim_or_a_note_is_hearing(talk, olga):
    inbox.claim(conversation=talk.of("Dee"), by=olga, at=NOW)
    assert reached(talk, "Dee") == ("heard",)


def test_an_answer_a_solution_a_good_word_and_coming_back_are_rungs_of_their_own(talk, olga):
    talk.say(f"p | {5 * WEEKS} | Eve   | complaint | it broke")
    talk.say(f"q | {5 * WEEKS - 5} | us >p | | we send another")
    talk.thread()
    assert reached(talk, "Eve") == ("heard", "answered")
    inbox.resolve(conversation=talk.of("Eve"), by=olga, at=NOW - timedelta(weeks=4))
    assert reached(talk, "Eve") == ("heard", "answered", "solved")
    talk.say(f"r | {5 * WEEKS - 9} | Eve >q | | thank you, perfect")
    world.reading(talk.lines["r"], 1, "thanks")
    assert reached(talk, "Eve") == ("heard", "answered", "solved", "confirmed")
    talk.say(f"s | {2 * WEEKS} | Eve | care_question | which tea goes with it?")
    assert reached(talk, "Eve") == ("heard", "answered", "solved", "confirmed", "back")


def test_who_comes_back_in_anger_has_not_come_back(talk):
    talk.say(f"p | {5 * WEEKS} | Eve   | complaint | it broke")
    talk.say(f"q | {5 * WEEKS - 5} | us >p | | we send another")
    talk.say(f"s | {2 * WEEKS} | Eve | complaint | it broke again")
    talk.thread()
    rungs = {
        one.it.asked_at: one.rungs for one in queries.ladder(talk.brand, now=NOW).critics if one.it.person_name == "Eve"
    }
    assert "back" not in rungs[min(rungs)]


def test_who_was_answered_this_week_is_not_asked_yet_whether_they_came_back(talk):
    talk.say("q | 1 | us >d | | we call you")
    talk.thread()
    rungs = {rung.key: rung for rung in queries.ladder(talk.brand, now=NOW).rungs}
    assert (rungs["answered"].reached, rungs["answered"].of) == (2, 2)
    assert rungs["back"].of == 0
    assert rungs["back"].share is None


def test_a_rung_leads_to_those_who_stand_on_it(talk, olga):
    inbox.claim(conversation=talk.of("Dee"), by=olga, at=NOW)
    told = queries.ladder(talk.brand, now=NOW, at="heard")
    assert [one.it.person_name for one in told.critics] == ["Dee"]


def test_the_ladder_asks_five_questions_for_any_number(talk, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        queries.ladder(talk.brand, now=NOW)
