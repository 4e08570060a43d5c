"""Rules bring a conversation to its department; a member's word stays; who is there, and has room, gets it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.web import world
from tests.web.service.served import AT, HOUR, again, agent, answers, asks, person, steps, threaded

from entourage.web.core.actions import change_role
from entourage.web.inbox.models import Conversation, Label
from entourage.web.service import actions
from entourage.web.service.actions.assigning import Waiting, fittest
from entourage.web.service.forms import DepartmentForm, RuleForm
from entourage.web.service.models import Rule, Seat
from entourage.web.service.queries import dry_run

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Brand:
    return world.brand("tea")


def rule(brand: Brand, name: str = "rule", **told) -> Rule:
    return actions.save_rule(rule=Rule(brand=brand, name=name, **told), by=None, at=AT)


def routed(brand: Brand) -> dict[str, str]:
    threaded(brand)
    actions.route(brand, now=AT + HOUR)
    return {name: one.department for name, one in threaded(brand).items()}


def test_without_a_rule_the_department_is_the_readings(tea):
    asks(tea, "Ann", intent="care_question")
    asks(tea, "Bob", intent="job_seeker")
    asks(tea, "Cyd")
    assert routed(tea) == {"Ann": "care", "Bob": "hr", "Cyd": ""}


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ({"words": ["refund"]}, {"Ann"}),
        ({"words": ["fund"]}, set()),
        ({"words": ["refund", "#tea"]}, {"Ann", "Cyd"}),
        ({"languages": ["fr"]}, {"Bob"}),
        ({"intents": ["complaint"]}, {"Ann", "Dee"}),
        ({"intents": ["uncertain"]}, {"Eva"}),
        ({"sign": -1}, {"Dee"}),
        ({"vehement": True}, {"Dee"}),
        ({"vehement": False}, {"Ann", "Bob", "Cyd", "Eva", "Fay"}),
        ({"standings": ["regular"]}, {"Ann"}),
        ({"standings": ["unknown"]}, {"Bob", "Cyd", "Dee", "Eva", "Fay"}),
        ({"networks": ["x"]}, {"Ann", "Bob", "Cyd", "Dee", "Eva", "Fay"}),
        ({"networks": ["mastodon"]}, set()),
        ({"intents": ["complaint"], "words": ["50 %", "a.b"]}, {"Dee"}),
    ],
)
def test_a_rule_fits_what_all_its_conditions_say_and_the_dry_run_says_the_same(tea, told, who):
    asks(tea, "Ann", "I want it refunded", intent="complaint", sign=0)
    asks(tea, "Bob", "Et alors ?", language="fr", intent="care_question")
    asks(tea, "Cyd", "I love #teatime", intent="praise", sign=1)
    asks(tea, "Dee", "You took 50 % more", intent="complaint", sign=-1)
    asks(tea, "Eva", "Hm", language="de")
    asks(tea, "Fay", "Not read yet")
    world.standing(person(tea, "Ann"), 8, name="regular")
    threaded(tea)
    tried = dry_run(tea, Rule(brand=tea, name="new", department="press", **told), until=AT + HOUR)
    assert {one.name for one in tried.rows} == who
    assert (tried.looked_at, tried.fits, tried.earlier) == (6, len(who), 0)
    rule(tea, department="press", **told)
    assert {name for name, department in routed(tea).items() if department == "press"} == who


def test_the_first_rule_that_fits_decides_and_the_dry_run_says_how_many_are_taken_before(tea):
    asks(tea, "Ann", "refund", intent="complaint")
    asks(tea, "Bob", "broken", intent="complaint")
    rule(tea, "refunds", words=["refund"], department="sales")
    late = rule(tea, "complaints", intents=["complaint"], department="press")
    threaded(tea)
    tried = dry_run(tea, late, until=AT + HOUR)
    assert (tried.fits, tried.earlier) == (2, 1)
    assert routed(tea) == {"Ann": "sales", "Bob": "press"}
    actions.move_rule(rule=late, up=True, by=None, at=AT)
    assert dry_run(tea, Rule.objects.of(tea).get(pk=late.pk), until=AT + HOUR).earlier == 0


def test_a_rule_labels_assigns_and_says_what_it_did(tea):
    gus = agent(tea, "gus")
    urgent = Label.objects.create(brand=tea, name="refund")
    asks(tea, "Ann", "refund please", intent="complaint")
    rule(tea, "refunds", words=["refund"], department="sales", label=urgent, assignee=gus, urgent=True)
    routed(tea)
    one = threaded(tea)["Ann"]
    assert (one.department, one.labels, one.assignee) == ("sales", [urgent.pk], gus)
    assert one.handling.urgent
    assert steps(one) == [
        ("routed", {"department": "sales", "rule": "refunds"}),
        ("labelled", {"label": "refund"}),
        ("assigned", {"to": gus.pk, "why": "rule"}),
    ]


def test_what_a_member_said_stays(tea):
    asks(tea, "Ann", "refund please", intent="complaint")
    one = threaded(tea)["Ann"]
    Conversation.objects.of(tea).filter(pk=one.pk).update(department="hr", department_said=True)
    rule(tea, words=["refund"], department="sales")
    assert routed(tea) == {"Ann": "hr"}


def test_routing_twice_changes_nothing_and_a_rule_is_asked_anew_when_they_write_again(tea):
    first = asks(tea, "Ann", "refund please", intent="complaint")
    rule(tea, "refunds", words=["refund"], department="sales")
    rule(tea, "and", words=["and?"], department="press")
    assert routed(tea) == {"Ann": "sales"}
    before = steps(threaded(tea)["Ann"])
    assert actions.route(tea, now=AT + HOUR) == 0
    assert steps(threaded(tea)["Ann"]) == before
    again(first, at=AT + timedelta(minutes=5))
    assert routed(tea) == {"Ann": "press"}


def test_a_rule_of_another_brand_does_nothing_here(tea):
    ink = world.brand("ink")
    rule(ink, words=["refund"], department="press")
    asks(tea, "Ann", "refund", intent="complaint")
    assert routed(tea) == {"Ann": "care"}


def test_routing_takes_the_same_number_of_queries_for_one_and_for_many(tea, django_assert_num_queries):
    rule(tea, words=["ask"], department="press")
    asks(tea, "Ann")
    threaded(tea)
    with django_assert_num_queries(10) as one:
        actions.route(tea, now=AT)
    for name in ("Bob", "Cyd", "Dee"):
        asks(tea, name)
    threaded(tea)
    with django_assert_num_queries(len(one)):
        actions.route(tea, now=AT)


def seat(brand, name, **told) -> Seat:
    given = {"departments": ["care"], "capacity": 2} | told
    return actions.save_seat(member=agent(brand, name), by=None, at=AT, **given)


def given(brand) -> dict[str, str]:
    threaded(brand)
    actions.route(brand, now=AT + HOUR)
    actions.assign(brand, now=AT + HOUR)
    return {
        name: one.assignee.user.email.split("@")[0] for name, one in threaded(brand).items() if one.assignee is not None
    }


def test_those_with_room_get_what_waits_and_nobody_gets_more_than_they_can_take(tea):
    seat(tea, "gus", capacity=1)
    seat(tea, "hal", capacity=2)
    for place, name in enumerate(("Ann", "Bob", "Cyd", "Dee")):
        asks(tea, name, at=AT + timedelta(minutes=place), intent="complaint")
    assert given(tea) == {"Ann": "gus", "Bob": "hal", "Cyd": "hal"}
    assert given(tea) == {"Ann": "gus", "Bob": "hal", "Cyd": "hal"}


def test_who_speaks_the_language_gets_it_and_a_language_that_nobody_speaks_is_anybodys(tea):
    seat(tea, "gus", languages=["en"])
    seat(tea, "hal", languages=["fr"], capacity=1)
    asks(tea, "Ann", intent="complaint", language="fr")
    asks(tea, "Bob", at=AT + timedelta(minutes=1), intent="complaint", language="fr")
    asks(tea, "Cyd", at=AT + timedelta(minutes=2), intent="complaint", language="de")
    assert given(tea) == {"Ann": "hal", "Cyd": "gus"}


def test_nobody_gets_what_is_not_for_their_department(tea):
    seat(tea, "gus", departments=["hr"])
    asks(tea, "Ann", intent="complaint")
    assert given(tea) == {}


def test_whoever_comes_back_meets_who_knows_them_if_they_are_there(tea):
    seat(tea, "gus")
    hal = seat(tea, "hal")
    old = asks(tea, "Ann", at=AT - timedelta(days=9), intent="complaint")
    answers(old, at=AT - timedelta(days=8))
    threaded(tea)
    Conversation.objects.of(tea).update(assignee=hal.member)
    asks(tea, "Ann", intent="complaint")
    assert given(tea) == {"Ann": "hal"}


def test_what_somebody_has_who_goes_away_goes_to_those_who_are_there(tea):
    gus, hal = seat(tea, "gus"), seat(tea, "hal")
    asks(tea, "Ann", intent="complaint")
    assert given(tea) == {"Ann": "gus"}
    actions.save_seat(
        member=gus.member, departments=["care"], by=None, at=AT, absent_until=AT + timedelta(days=1), capacity=2
    )
    assert given(tea) == {"Ann": "hal"}
    assert steps(threaded(tea)["Ann"])[-2:] == [
        ("unassigned", {"from": gus.member_id, "why": "away"}),
        ("assigned", {"to": hal.member_id, "why": "free"}),
    ]


def test_who_is_answering_this_minute_keeps_it_though_said_to_be_away(tea):
    gus = seat(tea, "gus")
    asks(tea, "Ann", intent="complaint")
    given(tea)
    Conversation.objects.of(tea).update(claimed_by=gus.member, claimed_until=AT + 2 * HOUR)
    Seat.objects.of(tea).update(absent_until=AT + timedelta(days=1))
    assert given(tea) == {"Ann": "gus"}


def test_who_may_not_answer_any_more_is_relieved_and_given_nothing(tea):
    gus, hal = seat(tea, "gus"), seat(tea, "hal")
    asks(tea, "Ann", intent="complaint")
    assert given(tea) == {"Ann": "gus"}
    change_role(member=gus.member, role="analyst", by=hal.member, at=AT)
    rule(tea, words=["tea"], assignee=gus.member)
    asks(tea, "Bob", "my tea", intent="complaint")
    assert given(tea) == {"Ann": "hal", "Bob": "hal"}
    assert set(Conversation.objects.of(tea).values_list("assignee", flat=True)) == {hal.member_id}


def test_whoever_comes_back_does_not_meet_who_may_not_answer_any_more(tea):
    gus, hal = agent(tea, "gus"), agent(tea, "hal")
    asks(tea, "Ann", intent="complaint", at=AT - timedelta(days=2))
    threaded(tea)
    Conversation.objects.of(tea).update(assignee=gus)
    change_role(member=gus, role="analyst", by=hal, at=AT)
    asks(tea, "Ann", "once more", intent="complaint")
    assert threaded(tea)["Ann"].assignee is None


def test_a_lead_who_may_not_answer_is_offered_nowhere(tea):
    gus, hal = agent(tea, "gus"), agent(tea, "hal")
    change_role(member=gus, role="analyst", by=hal, at=AT)
    desk = actions.save_desk(brand=tea, key="care", by=None, at=AT)
    offered = [
        DepartmentForm(desk=desk).fields["lead"].queryset,
        RuleForm(brand=tea, rule=Rule(brand=tea)).fields["assignee"].queryset,
    ]
    assert [list(rows) for rows in offered] == [[hal], [hal]]


def test_who_is_good_at_it_goes_before_who_has_more_room():
    gus = Seat(pk=1, member_id=1, departments=["care"], skills=["complaint", "vehement"], capacity=10)
    hal = Seat(pk=2, member_id=2, departments=["care"], skills=[], capacity=10)
    one = Waiting(7, "care", "en", "complaint", vehement=True, urgent=False, before=None)
    assert fittest(one, [gus, hal], [gus, hal], {1: 9, 2: 0}) == (gus, "free")
    assert fittest(one, [gus, hal], [gus, hal], {1: 10, 2: 0}) == (hal, "free")
    assert fittest(one, [gus, hal], [gus, hal], {1: 10, 2: 10}) is None
    urgent = Waiting(7, "care", "en", "complaint", vehement=True, urgent=True, before=2)
    assert fittest(urgent, [gus, hal], [gus, hal], {1: 10, 2: 10}) == (hal, "same")
