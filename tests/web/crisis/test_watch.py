"""A crisis is seen within the hour, once, goes on, and ends in calm or by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.crisis.burst import HOUR, burst, later, quiet
from tests.web.inbox.talk import NOW, Talk

from entourage.web.core.models import AuditEvent
from entourage.web.crisis import actions, bridge, queries
from entourage.web.crisis.models import Crisis, Watch

pytestmark = pytest.mark.django_db


def look(talk, now=NOW):
    return bridge.look(talk.brand, now=now)


def all_of(talk):
    return list(Crisis.objects.of(talk.brand).order_by("starts_at"))


def doors(talk):
    talk.brand.refresh_from_db()
    return talk.brand.alarms


def test_a_usual_week_is_no_crisis(talk):
    assert look(talk) is None
    told = queries.watch(talk.brand)
    assert (told.enough, round(told.weeks)) == (True, 13)
    assert told.hours["against"][-1][0] <= told.hours["against"][-1][2]


def test_a_burst_is_seen_within_the_hour(talk):
    burst(talk)
    seen = look(talk)
    assert (seen.measure, seen.window) == ("against", 6)
    assert seen.seen >= 24 > seen.high > seen.expected
    assert timedelta() < world.AT - seen.starts_at <= 6 * HOUR
    assert doors(talk) == ["crisis:list"]


def test_watching_twice_is_watching_once(talk):
    burst(talk)
    first = look(talk)
    assert look(talk) == first
    assert all_of(talk) == [first]
    assert doors(talk) == ["crisis:list"]


def test_entries_of_a_contest_and_spam_are_no_crisis(talk):
    for number in range(40):
        said = talk.one(f"c{number}", 0.5, f"Eve{number}", text=f"I take part {number}")
        world.reading(said, 0, "contest_entry" if number % 2 else "spam")
    assert look(talk) is None


def test_what_staff_and_those_left_alone_write_is_no_crisis(talk):
    burst(talk)
    for number, person in enumerate(one for name, one in talk.people.items() if name.startswith("Eve")):
        person.kind, person.left_alone_at = ("staff", None) if number % 2 else ("public", world.AT)
        person.save()
    assert look(talk) is None


def test_many_calm_messages_are_seen_as_many_not_as_against_us(talk):
    for number in range(40):
        talk.one(f"c{number}", 0.5, f"Eve{number}", intent="care_question", text=f"is this tea new {number}")
    assert look(talk).measure == "messages"


def test_three_weeks_of_past_are_too_little_and_said_to_be(db):
    talk = Talk(world.brand("tea"))
    quiet(talk, weeks=3)
    burst(talk)
    assert look(talk) is None
    assert (queries.watch(talk.brand).enough, queries.watch(talk.brand).hours) == (False, {})


def test_a_brand_that_nobody_wrote_to_has_no_past(db):
    talk = Talk(world.brand("tea"))
    assert look(talk) is None
    assert queries.watch(talk.brand).enough is False


def test_it_goes_on_while_it_goes_on_and_ends_a_day_after_its_last_unusual_hour(talk):
    burst(talk)
    seen = look(talk)
    assert look(talk, later(talk, 12)) == seen
    # The long window looks back two days: calm is a day after that.
    assert look(talk, later(talk, 100)) is None
    [ended] = all_of(talk)
    assert (ended.closed_by, ended.until) == (None, ended.last_at)
    assert doors(talk) == []
    assert look(talk, later(talk, 101)) is None
    assert all_of(talk) == [ended]


def test_what_a_member_closed_is_not_opened_again_by_the_same_hours(talk, olga):
    burst(talk)
    seen = look(talk)
    for _ in range(2):
        actions.close(crisis=seen, by=olga, at=NOW)
    assert look(talk, later(talk, 1)) is None
    assert [one.closed_by for one in all_of(talk)] == [olga]


def test_a_second_burst_a_week_later_is_another_crisis(talk, olga):
    burst(talk)
    actions.close(crisis=look(talk), by=olga, at=NOW)
    moved = timedelta(days=7)
    for number in range(30):
        said = world.act(talk.who(f"Fay{number}"), "mention", world.AT + moved, toward=talk.page, text="it leaks")
        world.reading(said, -1, "complaint")
    assert look(talk, later(talk, 7 * 24 + 1)) is not None
    assert len(all_of(talk)) == 2


def test_a_slow_one_is_named_by_hand_and_ends_by_hand(talk, olga):
    made = actions.name(brand=talk.brand, name="The glue", since=world.AT - timedelta(days=9), by=olga, at=NOW)
    with pytest.raises(actions.AlreadyOpen, match="open already"):
        actions.name(brand=talk.brand, name="Again", since=world.AT, by=olga, at=NOW)
    assert look(talk, later(talk, 200)) == made
    actions.close(crisis=made, by=olga, at=NOW + 201 * HOUR)
    assert look(talk, later(talk, 202)) is None


def test_what_is_seen_meanwhile_belongs_to_the_one_that_was_named(talk, olga):
    made = actions.name(brand=talk.brand, name="The glue", since=world.AT - timedelta(days=2), by=olga, at=NOW)
    burst(talk)
    assert look(talk) == made
    made.refresh_from_db()
    assert (made.name, made.measure) == ("The glue", "against")
    assert made.starts_at == world.AT - timedelta(days=2)


def test_two_brands_never_mix(talk):
    other = Talk(world.brand("ink"))
    quiet(other)
    burst(other)
    assert look(talk) is None
    assert look(other) is not None
    assert all_of(talk) == []
    assert queries.crises(talk.brand) == []


def test_an_owner_is_named_once(talk, olga, bea):
    burst(talk)
    seen = look(talk)
    for owner in (bea, bea, None):
        actions.own(crisis=seen, owner=owner, by=olga, at=NOW)
    assert AuditEvent.objects.of(talk.brand).filter(what="crisis.owned").count() == 2
    seen.refresh_from_db()
    assert seen.owner is None


def test_a_look_that_is_asked_for_is_waited_for(talk, olga):
    actions.ask_look(brand=talk.brand, at=NOW)
    assert Watch.objects.of(talk.brand).get().looked_at is None
    look(talk)
    assert Watch.objects.of(talk.brand).get().looked_at == NOW
