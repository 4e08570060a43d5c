"""An open crisis stands on the Today of who answers for it, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.desk import text_of
from tests.web.inbox.talk import NOW

from entourage.web.crisis import actions, queries
from entourage.web.inbox import actions as inbox
from entourage.web.outbox.models import Pressure
from entourage.web.today import actions as day
from entourage.web.today.queries import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_held_out(talk):
    Pressure.objects.create(brand=talk.brand, holdout=0)


@pytest.fixture
def owned(crisis, olga):
    actions.own(crisis=crisis, owner=olga, by=olga, at=NOW)
    return crisis


def asked(talk, member, minutes=60, now=NOW):
    return [item.errand for item in today(talk.brand, member, minutes=minutes, now=now).items if item.errand]


def test_it_stands_first_on_the_day_of_who_answers_for_it_with_how_many_wait(talk, owned, olga):
    first = today(talk.brand, olga, minutes=60, now=NOW).items[0]
    assert first.errand is not None
    waits = len(set().union(*(one.waiting for one in queries.behind(owned))))
    assert first.errand.why[0] == "you answer for it"
    assert first.errand.why[-1] == f"{waits} wait for an answer"
    assert (first.errand.verb, first.errand.url) == ("Look after the crisis", f"/b/tea/crisis/{owned.pk}/")


def test_it_is_on_nobody_else_s_day_and_gone_once_it_is_closed(talk, owned, olga, bea):
    manager = world.member(talk.brand, "manager", email="zoe@tea.example")
    assert asked(talk, bea) == asked(talk, manager) == []
    actions.close(crisis=owned, by=bea, at=NOW)
    assert asked(talk, olga) == []


def test_while_nobody_answers_for_it_owners_and_managers_are_asked_to_name_somebody(talk, crisis, olga):
    manager = world.member(talk.brand, "manager", email="zoe@tea.example")
    assert [one.verb for one in asked(talk, manager)] == ["Name who answers for it"]
    assert asked(talk, olga) == []


def test_who_put_off_naming_somebody_sees_it_again_once_it_is_theirs(talk, crisis):
    manager = world.member(talk.brand, "manager", email="zoe@tea.example")
    day.pass_over(member=manager, key=asked(talk, manager)[0].key, at=NOW)
    assert asked(talk, manager) == []
    actions.own(crisis=crisis, owner=manager, by=manager, at=NOW)
    (mine,) = asked(talk, manager)
    day.pass_over(member=manager, key=mine.key, at=NOW)
    assert asked(talk, manager) == []
    assert asked(talk, manager, now=NOW + timedelta(days=1))


def test_it_is_worth_what_waits_in_it_and_a_colleague_s_question_at_least(talk, owned, olga):
    before = asked(talk, olga)[0].worth
    world.standing(talk.people["Eve1"], weeks=12.0)
    assert asked(talk, olga)[0].worth > before
    for conversation in talk.all:
        inbox.resolve(conversation=conversation, by=olga, at=NOW)
    assert asked(talk, olga)[0].worth == pytest.approx(8.0)


def test_it_is_no_promise_that_has_ended_and_no_person(talk, owned, olga):
    told = today(talk.brand, olga, minutes=5, now=NOW)
    assert [item.kind for item in told.items] == ["errand"]
    assert (told.late, told.people) == (0, 0)


def test_its_line_says_what_was_seen_and_leads_to_it(talk, owned, page):
    told = text_of(page.get("/b/tea/today/?minutes=5"))
    assert "You have 5 minutes." in told
    assert "Nobody waits for you." not in told
    assert "messages against us in 6 hours" in told
    assert "Look after the crisis" in told


def test_it_asks_as_many_questions_for_few_as_for_many(talk, owned, olga, bea, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        assert asked(talk, olga)
    with django_assert_max_num_queries(29):
        assert not asked(talk, bea)


def test_another_brand_s_crisis_is_on_nobody_s_day_here(talk, owned):
    other = world.brand("coffee")
    assert today(other, world.member(other, "owner"), minutes=60, now=NOW).items == ()
