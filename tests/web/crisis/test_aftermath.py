"""What came of a crisis: answered, how soon, confirmed, came back; at its end and 1, 7 and 28 days later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.crisis.burst import HOUR, later
from tests.web.inbox.talk import NOW

from entourage.web.crisis import actions, queries
from entourage.web.crisis.models import Aftermath, Crisis

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reply(talk, name, *, hours):
    """We answer somebody so many hours after the brand's moment."""
    talk.one(f"to-{name}", -hours, "us", name, text="we are sorry")
    talk.thread(now=world.AT + 40 * DAY)


def closed(talk, crisis, olga):
    actions.close(crisis=crisis, by=olga, at=NOW)
    return Crisis.objects.of(talk.brand).get(pk=crisis.pk)


def days(talk):
    return list(Aftermath.objects.of(talk.brand).order_by("day").values_list("day", flat=True))


def test_while_it_lasts_there_is_one_look_that_is_made_anew(talk, crisis):
    for _ in range(2):
        actions.measure(crisis=crisis, until=NOW)
    assert days(talk) == [Aftermath.OPEN]
    told = Aftermath.objects.of(talk.brand).get().figures
    assert (told["people"], told["talks"], told["answered"], told["median_s"]) == (25, 25, 0, None)


def test_after_its_end_it_is_looked_at_at_once_and_after_1_7_and_28_days(talk, crisis, olga):
    actions.measure(crisis=crisis, until=NOW)
    ended = closed(talk, crisis, olga)
    actions.measure(crisis=ended, until=NOW)
    assert days(talk) == [0]
    actions.measure(crisis=ended, until=NOW + 8 * DAY)
    assert days(talk) == [0, 1, 7]
    actions.measure(crisis=ended, until=NOW + 90 * DAY)
    assert days(talk) == [0, 1, 7, 28]
    assert Aftermath.objects.of(talk.brand).get(day=7).at == ended.until + 7 * DAY


def test_who_was_answered_and_how_soon(talk, crisis):
    reply(talk, "burst1", hours=1.5)
    reply(talk, "burst2", hours=3.5)
    told = queries.figures(crisis, at=NOW + DAY)
    assert (told["answered"], told["talks"]) == (2, 25)
    assert told["median_s"] == pytest.approx(3 * 3600, rel=0.02)
    assert queries.figures(crisis, at=NOW + 2 * HOUR)["answered"] == 1


def test_who_said_something_good_and_who_came_back_are_told_apart(talk, crisis):
    for name in ("burst1", "burst2", "burst3"):
        reply(talk, name, hours=1)
    talk.one("thanks", -5, "Eve1", text="thank you, that was quick")
    world.reading(talk.lines["thanks"], 1, "thanks")
    talk.one("again", -24 * 9, "Eve2", intent="care_question", text="which tea goes with it")
    talk.one("angry", -24 * 9, "Eve3", intent="complaint", text="it leaks once more")
    told = queries.figures(crisis, at=NOW + 28 * DAY)
    assert (told["answered"], told["confirmed"], told["due"], told["back"]) == (3, 1, 3, 1)
    assert queries.figures(crisis, at=NOW + 2 * DAY)["due"] == 0


def test_anger_before_during_and_after_is_told_beside_each_other(talk, crisis, olga):
    ended = closed(talk, crisis, olga)
    later(talk, 24)
    talk.one("calm", -5, "Eve1", intent="care_question", text="which tea")
    told = queries.figures(ended, at=NOW + DAY)
    assert told["before"][1] / told["before"][0] == pytest.approx(0.25, abs=0.01)
    assert told["during"][1] / told["during"][0] > 0.9
    assert told["after"] == [1, 0]


def test_the_aftermath_is_two_questions_for_any_number(talk, crisis, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.figures(crisis, at=NOW)
