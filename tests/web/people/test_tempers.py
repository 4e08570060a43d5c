"""From read messages to warmth and a named standing: what counts, what does not, and what the database never allows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.web import world
from tests.web.people.lives import crowd

from entourage.engine.log import MEANINGFUL
from entourage.web.people import actions, bridge, queries
from entourage.web.people.models import Standing
from entourage.web.people.queries.tempers import JUDGED, PURPOSES
from entourage.web.reading.bridge.waiting import WORDED
from entourage.web.reading.models import Intent, Reading

# Arrow reads and writes through a connection of its own: only what is committed is there.
pytestmark = pytest.mark.django_db(transaction=True)

NOW = world.AT + timedelta(days=1)


@pytest.fixture
def tea():
    return world.brand("tea")


@pytest.fixture
def page(tea):
    return crowd(tea)


def scored(brand):
    run = bridge.score(brand=brand, now=NOW)
    return run, {one.person.name: one for one in Standing.objects.of(brand).select_related("person")}


def test_an_angry_regular_is_no_ally_and_one_kind_word_makes_none(tea, page):
    ann, bob, cyd, dee = (world.person(tea, name) for name in ("Ann", "Bob", "Cyd", "Dee"))
    world.said(ann, "+++o++++++++", toward=page)
    world.said(bob, "+", toward=page, weeks=40)
    world.said(cyd, "-?oo-+-o+++-", toward=page)
    world.said(dee, "----o-------", toward=page)
    _, stands = scored(tea)
    assert {name: stands[name].name for name in ("Ann", "Bob", "Cyd", "Dee")} == {
        "Ann": "ally",
        "Bob": "passing",
        "Cyd": "regular",
        "Dee": "hostile_regular",
    }
    assert stands["Ann"].warmth_low > 0 > stands["Dee"].warmth_high
    assert (stands["Dee"].judged, stands["Dee"].positive, stands["Dee"].negative) == (12, 0, 11)
    assert (stands["Cyd"].judged, stands["Cyd"].neutral) == (11, 3)


def test_who_said_nothing_that_was_judged_has_no_warmth(tea, page):
    run, stands = scored(tea)
    assert {one.warmth for one in stands.values()} == {None}
    assert {one.name for one in stands.values()} == {"regular", "unknown"}
    assert run.counts["names"] == {
        "regular": sum(one.ring >= 2 for one in stands.values()),
        "unknown": sum(one.ring < 2 for one in stands.values()),
    }


def test_words_to_a_competitor_to_nobody_or_to_another_customer_tell_nothing_about_us(tea, page):
    dee = world.person(tea, "Dee")
    other = world.account(tea, "rival", role="competitor")
    world.said(dee, "---", toward=other)
    world.said(dee, "+", toward=page)
    for what in ("post", "help"):
        world.reading(world.act(dee, what, world.AT - timedelta(days=2), text="what a day"), -1)
    _, stands = scored(tea)
    assert (stands["Dee"].judged, stands["Dee"].positive, stands["Dee"].negative) == (1, 1, 0)


@pytest.mark.parametrize("intent", ["contest_entry", "job_seeker", "press_partner", "spam"])
def test_who_flatters_for_a_purpose_is_not_warm_for_it(tea, page, intent):
    bob = world.person(tea, "Bob")
    for day in range(5):
        told = world.act(bob, "comment", world.AT - timedelta(days=1 + day), toward=page, text="I love it, I take part")
        world.reading(told, 1, intent=intent)
    _, stands = scored(tea)
    assert (stands["Bob"].judged, stands["Bob"].warmth) == (0, None)
    assert queries.story(queries.person_or_404(tea, bob.pk), scoring=queries.latest_scoring(tea)).decided == []


def test_the_purposes_are_intents_of_the_reader():
    assert set(PURPOSES) <= set(Intent.values)


def test_of_the_acts_that_are_read_only_a_post_is_no_engagement():
    """The count of judged messages passes by posts, by help to other customers, and by what is turned to others."""
    assert set(WORDED) - set(MEANINGFUL) == {"post"}
    assert set(WORDED) - {"post", "help"} == set(JUDGED) & set(WORDED)


def test_what_was_said_after_the_moment_is_not_known_yet(tea, page):
    dee = world.person(tea, "Dee")
    world.said(dee, "++-----", toward=page)
    bridge.score(brand=tea, now=NOW, at=world.AT - timedelta(weeks=4, hours=1))
    stands = Standing.objects.of(tea).get(person=dee)
    assert (stands.positive, stands.negative) == (2, 1)


def test_two_accounts_of_one_person_are_added_up(tea, page):
    ann = world.person(tea, "Ann")
    second = world.account(tea, "ann.too", network="instagram", person=ann)
    world.said(ann, "+++", toward=page)
    world.reading(world.act(second, "comment", world.AT - timedelta(days=3), toward=page, text="fine"), 1)
    _, stands = scored(tea)
    assert stands["Ann"].positive == 4


def test_staff_and_who_is_left_alone_have_no_warmth(tea, page):
    ann, dee = world.person(tea, "Ann"), world.person(tea, "Dee")
    for who in (ann, dee):
        world.said(who, "+++++", toward=page)
    scored(tea)
    member = world.member(tea)
    actions.mark_kind(person=ann, kind="staff", by=member, at=NOW)
    actions.leave_alone(person=dee, by=member, at=NOW)
    run, stands = scored(tea)
    assert {"Ann", "Dee"}.isdisjoint(stands)
    assert run.tone["judged"] == 0


def test_two_brands_are_judged_apart(tea, page):
    ink = world.brand("ink")
    crowd(ink, seed=8)
    dee = world.person(ink, "Dee")
    world.said(dee, "-----", toward=None)
    run, _ = scored(tea)
    assert run.tone["judged"] == 0
    assert scored(ink)[0].tone["judged"] == 5


def test_scoring_twice_changes_no_warmth(tea, page):
    world.said(world.person(tea, "Ann"), "+++-o", toward=page)
    first, _ = scored(tea)
    before = list(Standing.objects.of(tea).order_by("person").values())
    second, _ = scored(tea)
    assert list(Standing.objects.of(tea).order_by("person").values()) == before
    assert first.tone == second.tone


def test_a_reading_that_goes_takes_its_share_of_warmth_along(tea, page):
    world.said(world.person(tea, "Ann"), "+++++", toward=page)
    scored(tea)
    Reading.objects.of(tea).order_by("at")[0].activity.delete()
    _, stands = scored(tea)
    assert stands["Ann"].positive == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "ally", "ring": 3, "warmth": 0.2, "warmth_low": -0.1, "warmth_high": 0.5},
        {"name": "ally", "ring": 3, "warmth": 0.2, "warmth_low": 0.0, "warmth_high": 0.5},
        {"name": "ally", "ring": 3},
        {"name": "ally", "ring": 1, "warmth": 0.5, "warmth_low": 0.2, "warmth_high": 0.7},
        {"name": "critic", "ring": 0, "warmth": -0.2, "warmth_low": -0.5, "warmth_high": 0.1},
        {"name": "hostile_regular", "ring": 3},
    ],
)
def test_the_database_keeps_that_an_ally_is_warm_and_a_critic_hostile(tea, wrong):
    with pytest.raises(IntegrityError, match=r"standing_(ally_is_warm|hostile_is_cold)"), transaction.atomic():
        world.standing(world.person(tea, "Ann"), **wrong)
