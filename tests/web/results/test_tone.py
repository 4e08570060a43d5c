"""The audit hears the tone: who is angry is named apart, answered sooner, and thanked by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.results import made

from entourage.web.listen.models import Account
from entourage.web.people.models import Person, Scoring
from entourage.web.results.bridge import build
from entourage.web.results.queries.printed import printed
from entourage.web.results.queries.report import report
from entourage.web.results.queries.summary import summary

pytestmark = pytest.mark.django_db
AT = world.AT
WARM = {"warmth": 0.62, "warmth_low": 0.41, "warmth_high": 0.78, "temper": "warm", "judged": 14, "positive": 12}
COLD = {"warmth": -0.5, "warmth_low": -0.71, "warmth_high": -0.2, "temper": "hostile", "judged": 6, "negative": 5}


@pytest.fixture
def tea():
    """A brand that answers everybody; its audit is made anew by ``told``."""
    return made.audited(asked=60, answered=60).brand


@pytest.fixture
def ours(tea):
    return Account.objects.of(tea).get(role="own")


def standing(brand, called, weeks, **fields):
    """Somebody who asked twice and was answered."""
    who = world.person(brand, called)
    world.standing(who, weeks, asked=2, answered=2, **fields)
    return who


def told(brand, **names):
    """The audit after a run of the scores that counted these names and judged some messages."""
    counted = {**made.COUNTS, "names": names}
    Scoring.objects.of(brand).update(tone={"judged": 20}, counts=counted)
    return build(brand=brand, now=AT)


def lists(audit, key):
    section = next(one for one in report(audit).sections if one.key == key)
    return {one.key: one for one in section.lists}


def names(audit, name):
    people = dict(Person.objects.of(audit.brand).values_list("pk", "name"))
    return [people[one["person"]] for one in audit.figures["monday"][name]]


def test_an_angry_regular_is_named_apart_and_not_among_the_closest(tea):
    standing(tea, "Eve Ally", 12.5, name="ally", **WARM)
    standing(tea, "Max Angry", 12.9, name="hostile_regular", **COLD)
    audit = told(tea, ally=1, hostile_regular=1)
    people = lists(audit, "people")
    assert "Max Angry" not in [line.name for line in people["closest"].lines]
    assert [(line.name, line.standing) for line in people["angry"].lines] == [("Max Angry", "hostile regular")]
    assert people["angry"].lines[0].why.startswith("Against us in 5 of 6 judged messages, for us in 0; expected in")
    first = people["closest"].lines[0]
    assert (first.name, first.standing) == ("Eve Ally", "ally")
    assert [one["name"] for one in summary(audit)["people"]["angry"]] == ["Max Angry"]


def test_allies_and_angry_regulars_are_counted_with_a_link_to_them(tea):
    section = next(
        one for one in report(told(tea, ally=3, hostile_regular=1, critic=7)).sections if one.key == "people"
    )
    found = {figure.label: (figure.value, figure.href.partition("?")[2]) for figure in section.figures}
    assert found["Allies"] == ("3", "standing=ally")
    assert found["Angry regulars"] == ("1", "standing=hostile_regular")
    assert found["Critics"] == ("7", "standing=critic")
    assert section.lead[0] == (
        "3 of the close are allies, 1 is an angry regular; of the others, what they say does not tell for certain."
    )
    assert section.todo == ""


def test_where_nothing_was_judged_nobody_is_called_for_or_against(tea):
    audit = build(brand=tea, now=AT)
    section = next(one for one in report(audit).sections if one.key == "people")
    assert "Allies" not in [figure.label for figure in section.figures]
    assert "angry" not in lists(audit, "people")


def asked(who, ours, days, *, vehemence=0, messages=1, sign=0, intent=""):
    for again in range(messages):
        at = AT - timedelta(days=days, minutes=messages - again)
        one = world.act(who, "comment", at, toward=ours, text=f"Where is it, {who.name}?")
        world.reading(one, sign, intent=intent, vehemence=vehemence)


def test_the_vehement_the_close_and_those_who_wait_longest_are_answered_first(tea, ours):
    calm, vehement, close, waiting = (
        standing(tea, name, weeks)
        for name, weeks in (("Calm", 2.0), ("Vehement", 2.0), ("Close", 8.0), ("Waiting", 2.0))
    )
    asked(calm, ours, 2)
    asked(vehement, ours, 2, vehemence=900, sign=-1)
    asked(close, ours, 2)
    asked(waiting, ours, 12)
    audit = told(tea)
    # 1 x 3 x 1.3; 3.7 x 3 x 1.3; 1 x 9 x 1.3; 1 x 3 x 2.7
    assert names(audit, "answer") == ["Vehement", "Close", "Waiting", "Calm"]
    first = lists(audit, "monday")["answer"].lines[0]
    assert first.why.startswith("Vehement (90%); ")


def test_stale_questions_come_after_the_fresh_however_vehement(tea, ours):
    asked(standing(tea, "Fresh", 0.5), ours, 20)
    asked(standing(tea, "Stale", 9.0), ours, 40, vehemence=1000, sign=-1)
    assert names(told(tea), "answer") == ["Fresh", "Stale"]


def test_the_most_vehement_message_of_the_last_weeks_is_shown(tea, ours):
    who = standing(tea, "Eve", 4.0)
    asked(who, ours, 60, vehemence=1000, sign=-1)
    angry = world.act(who, "comment", AT - timedelta(days=9), toward=ours, text="Scandalous, I want my money back!")
    world.reading(angry, -1, vehemence=900)
    asked(who, ours, 2)
    first = lists(told(tea), "monday")["answer"].lines[0]
    assert "Scandalous" in first.said
    assert first.why.startswith("Vehement (90%)")


def test_praise_is_thanked_and_does_not_wait_for_an_answer(tea, ours):
    asked(standing(tea, "Eve", 4.0), ours, 3, sign=1, intent="praise")
    asked(standing(tea, "Fay", 3.0), ours, 3, sign=1, intent="thanks")
    asked(standing(tea, "Gus", 2.0), ours, 3, sign=None, intent="praise")
    audit = told(tea)
    assert names(audit, "thank") == ["Eve", "Fay"]
    assert names(audit, "answer") == ["Gus"], "praise that is not for certain is answered"
    assert [line.why for line in lists(audit, "monday")["thank"].lines] == [
        "Praised us; close: expected in 4.0 of the next 13 weeks",
        "Thanked us; close: expected in 3.0 of the next 13 weeks",
    ]


def test_nobody_who_is_against_us_is_thanked_and_nothing_said_in_anger_is_a_deed(tea, ours):
    for name, kind, cold in (("Max", "hostile_regular", COLD), ("Ned", "critic", COLD), ("Eve", "regular", {})):
        who = standing(tea, name, 0.5 if kind == "critic" else 7.0, name=kind, **cold)
        world.act(who, "purchase", AT - timedelta(days=2), text="Order 42")
    angry = world.act(standing(tea, "Oda", 8.0), "idea", AT - timedelta(days=2), toward=None, text="Sack them all")
    world.reading(angry, -1, intent="idea")
    assert names(told(tea), "thank") == ["Eve"]


def test_the_goals_hear_what_was_said(tea, ours):
    tea.goals = ["image", "innovation", "recruitment"]
    tea.save()
    asked(standing(tea, "Eve", 4.0), ours, 3, messages=2, sign=1, intent="idea")
    asked(standing(tea, "Fay", 4.0), ours, 3, sign=-1, intent="job_seeker")
    section = next(one for one in report(told(tea)).sections if one.key == "goals")
    lines = dict(section.lines)
    # What is written for a purpose of its own is not judged, as in warmth: the job seeker is not against us.
    assert lines["A better image: of 2 judged messages, 2 for us and 0 against."].endswith("reading/?sign=negative")
    assert lines["Innovation: 2 messages were read as ideas, from 1 person."].endswith("reading/?intent=idea")
    assert "Recruitment: 1 person asked about working here." in lines


def goal_lines(audit):
    return [line for line, _ in next(one for one in report(audit).sections if one.key == "goals").lines]


def test_the_goals_leave_out_whom_the_audit_leaves_out_and_what_warmth_does_not_judge(tea, ours):
    tea.goals = ["image", "innovation"]
    tea.save()
    asked(standing(tea, "Eve", 4.0), ours, 3, sign=1)
    asked(world.person(tea, "Left Alone", left_alone_at=AT), ours, 3, sign=-1, intent="idea")
    helper = world.person(tea, "Hal")
    world.reading(world.act(helper, "help", AT - timedelta(days=3), toward=world.account_of(helper), text="No!"), -1)
    world.reading(world.act(helper, "post", AT - timedelta(days=3), toward=ours, text="Never again"), -1)
    asked(standing(tea, "Sam", 4.0), ours, 3, sign=1, intent="spam")
    assert goal_lines(told(tea)) == [
        "A better image: of 1 judged message, 1 for us and 0 against.",
        "Innovation: no message of this period was marked or read as an idea.",
    ]


def test_ideas_that_the_log_marks_stand_beside_those_that_were_read(tea, ours):
    tea.goals = ["innovation"]
    tea.save()
    eve, fay = standing(tea, "Eve", 4.0), standing(tea, "Fay", 4.0)
    for days in range(1, 8):
        world.act(eve, "idea", AT - timedelta(days=days), toward=ours, text="Open on Sundays")
    asked(fay, ours, 3, sign=0, intent="idea")
    marked, read = goal_lines(told(tea))
    assert marked.startswith("Innovation: 7 ideas from 1 person.")
    assert read == "Innovation: 1 message was read as an idea, from 1 person."


def advice(audit):
    return next(one for one in report(audit).sections if one.key == "people").todo


def test_nobody_is_sent_to_call_who_was_erased_or_left_alone_and_both_advices_are_given(tea, ours):
    angry = standing(tea, "Max Angry", 12.9, name="hostile_regular", **COLD)
    silent = world.person(tea, "Ivy Silent")
    world.standing(silent, 8.0, asked=4, answered=0)
    audit = told(tea, hostile_regular=1)
    assert [len(lists(audit, "people")[key].lines) for key in ("angry", "unanswered")] == [1, 1]
    call, write = "Call the angry regulars, in person", "Write to the regulars whom we do not answer"
    assert call in advice(audit)
    assert write in advice(audit)
    angry.left_alone_at = AT
    angry.save()
    assert call not in advice(audit)
    silent.delete()
    assert advice(audit) == ""


def test_the_page_and_the_print_show_the_names(client, tea):
    standing(tea, "Max Angry", 12.9, name="hostile_regular", **COLD)
    audit = told(tea, hostile_regular=1)
    world.signed_in(client, world.member(tea, "agent"))
    page = client.get("/b/tea/audit/").content.decode()
    assert '<span class="tag name-hostile_regular">hostile regular</span>' in page
    assert printed(audit).startswith(b"%PDF")
