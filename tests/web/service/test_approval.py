"""Rules that have answers wait for somebody's yes: whichever fits may ask, and the dry run says how many wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web import world
from tests.web.service.served import AT, HOUR, again, agent, answers, asks, threaded

from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.inbox.queries import thread_of
from entourage.web.service import actions
from entourage.web.service.models import Rule
from entourage.web.service.queries import dry_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea")


def rule(brand, name, **told):
    return actions.save_rule(rule=Rule(brand=brand, name=name, **told), by=None, at=AT)


def held(brand):
    threaded(brand)
    actions.route(brand, now=AT + HOUR)
    return told(brand)


def told(brand):
    return {name: one.hold for name, one in threaded(brand).items()}


def test_any_rule_that_fits_may_ask_and_the_first_one_still_decides(tea):
    asks(tea, "Ann", "refund, says the lawyer", intent="complaint")
    asks(tea, "Bob", "the lawyer again", intent="complaint")
    asks(tea, "Cyd", "refund", intent="complaint")
    asks(tea, "Dee", "nice", intent="praise")
    rule(tea, "Refunds", words=["refund"], department="sales")
    rule(tea, "Law", words=["lawyer"], department="press", approve=True)
    rule(tea, "Anger", words=["lawyer", "sue"], approve=True)
    assert held(tea) == {"Ann": "Law", "Bob": "Law", "Cyd": "", "Dee": ""}
    departments = {name: one.department for name, one in threaded(tea).items()}
    assert (departments["Ann"], departments["Bob"]) == ("sales", "press")


def test_whoever_is_faster_than_the_routing_waits_for_a_yes_all_the_same(tea):
    asks(tea, "Ann", "my lawyer writes to you")
    asks(tea, "Bob", "hello")
    rule(tea, "Law", words=["lawyer"], approve=True)
    talks = threaded(tea)
    assert {one.hold for one in talks.values()} == {""}
    made = {
        name: inbox.answer(conversation=it, text="Hello!", by=gus, at=AT + HOUR, seen=thread_of(it).seen).state
        for gus in [agent(tea, "gus")]
        for name, it in talks.items()
    }
    assert made == {"Ann": "held", "Bob": "by_hand"}
    assert told(tea) == {"Ann": "Law", "Bob": ""}


def test_it_holds_until_what_a_rule_is_about_is_answered_whatever_they_say_next(tea):
    first = asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    rule(tea, "Law", words=["lawyer"], approve=True)
    assert held(tea) == {"Ann": "Law"}
    more = again(first, at=AT + timedelta(minutes=5))
    assert held(tea) == {"Ann": "Law"}
    answers(more, at=AT + timedelta(minutes=6))
    again(more, at=AT + timedelta(minutes=7))
    assert held(tea) == {"Ann": ""}


def test_of_rules_that_fit_different_messages_of_theirs_the_first_one_asks(tea):
    first = asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    again(first, at=AT + timedelta(minutes=5), text="the press will hear of it")
    asks(tea, "Bob", "the press will hear of it")
    rule(tea, "Law", words=["lawyer"], approve=True)
    rule(tea, "Press", words=["press"], approve=True)
    assert held(tea) == {"Ann": "Law", "Bob": "Press"}


def test_a_changed_rule_and_a_fast_agent_find_what_was_said_before_the_newest_message_too(tea):
    first = asks(tea, "Ann", "my lawyer writes to you")
    again(first, at=AT + timedelta(minutes=5))
    threaded(tea)
    rule(tea, "Law", words=["lawyer"], approve=True)
    it = threaded(tea)["Ann"]
    made = inbox.answer(conversation=it, text="Hello!", by=agent(tea, "gus"), at=AT + HOUR, seen=thread_of(it).seen)
    assert made.state == "held"
    Conversation.objects.of(tea).update(hold="")
    assert actions.hold_again(tea, now=AT + HOUR) == 1
    assert told(tea) == {"Ann": "Law"}


def test_what_nobody_has_answered_costs_no_query_more_however_much_it_is(tea, django_assert_num_queries):
    rule(tea, "Law", words=["lawyer"], approve=True)
    first = asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    threaded(tea)
    with CaptureQueriesContext(connection) as one:
        actions.route(tea, now=AT + HOUR)
    for minute in range(1, 6):
        again(first, at=AT + timedelta(minutes=minute))
        asks(tea, f"Bob{minute}", "the lawyer again")
    threaded(tea)
    with django_assert_num_queries(len(one)):
        actions.route(tea, now=AT + HOUR)
    assert set(told(tea).values()) == {"Law"}


def test_a_rule_that_changes_is_asked_of_what_is_there_already(tea, django_capture_on_commit_callbacks):
    asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    assert held(tea) == {"Ann": ""}
    law = rule(tea, "Law", words=["lawyer"], department="press", approve=True)
    assert actions.hold_again(tea, now=AT + HOUR, most=1) == 1
    assert told(tea) == {"Ann": "Law"}
    # Only the yes is asked for anew: what was routed stays where it is.
    assert threaded(tea)["Ann"].department == "care"
    assert actions.hold_again(tea, now=AT + HOUR) == 0
    law.active = False
    with django_capture_on_commit_callbacks() as later:
        actions.save_rule(rule=law, by=None, at=AT)
    assert len(later) == 1
    actions.hold_again(tea, now=AT + HOUR)
    assert told(tea) == {"Ann": ""}


def test_what_is_over_is_let_go_too_and_what_may_be_opened_again_is_held(tea):
    asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    asks(tea, "Bob", "the lawyer", at=AT - timedelta(days=90), intent="complaint")
    threaded(tea)
    Conversation.objects.of(tea).update(state="resolved", state_said=True)
    law = rule(tea, "Law", words=["lawyer"], approve=True)
    actions.hold_again(tea, now=AT + HOUR)
    assert told(tea) == {"Ann": "Law", "Bob": ""}
    actions.remove_rule(rule=law, by=None, at=AT)
    actions.hold_again(tea, now=AT + timedelta(days=90))
    assert told(tea) == {"Ann": "", "Bob": ""}


def test_a_rule_of_another_brand_holds_nothing_here(tea):
    rule(world.brand("ink"), "Law", approve=True)
    asks(tea, "Ann", "my lawyer", intent="complaint")
    assert held(tea) == {"Ann": ""}
    assert actions.hold_again(tea, now=AT + HOUR) == 0


def test_the_dry_run_says_how_many_answers_of_a_month_would_have_waited(tea):
    ann = asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    answers(ann, at=AT + timedelta(minutes=1))
    more = again(ann, at=AT + timedelta(minutes=2))
    answers(more, at=AT + timedelta(minutes=3))
    answers(asks(tea, "Bob", "lawyer?", at=AT - timedelta(days=40)), at=AT - timedelta(days=39))
    asks(tea, "Cyd", "lawyer, unanswered")
    threaded(tea)
    law = Rule(brand=tea, name="Law", words=["lawyer"], approve=True)
    tried = dry_run(tea, law, until=AT + HOUR)
    assert (tried.answers, tried.waited, tried.fits) == (2, 1, 2)
    dee = asks(tea, "Dee", "my lawyer")
    answers(again(dee, at=AT + timedelta(minutes=1)), at=AT + timedelta(minutes=2))
    threaded(tea)
    tried = dry_run(tea, law, until=AT + HOUR)
    assert (tried.answers, tried.waited) == (3, 2)
    law.approve = False
    assert dry_run(tea, law, until=AT + HOUR).answers == 0


def test_one_says_so_in_a_rule_tries_it_and_reads_it_in_the_list(tea, client):
    ann = asks(tea, "Ann", "my lawyer writes to you", intent="complaint")
    answers(ann, at=AT + timedelta(minutes=1))
    threaded(tea)
    world.signed_in(client, world.member(tea, "manager"))
    new = reverse("service:rule-new", args=["tea"])
    law = {"name": "Law", "words": "lawyer", "approve": "on", "active": "on"}
    shown = client.post(new, law | {"try": "1"}).content.decode()
    assert "1 of 1 answer of that month would have waited for a yes" in shown
    assert not Rule.objects.of(tea).exists()
    assert client.post(new, law).status_code == 302
    assert Rule.objects.of(tea).get().approve
    assert "answers wait for a yes" in client.get(reverse("service:rules", args=["tea"])).content.decode()
    del law["approve"]
    assert "or that answers wait for a yes" in client.post(new, law).content.decode()
