"""Topics and lessons are looked at again: when a week has ended, when somebody has gone, over what there was before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.web import world
from tests.web.reading.talk import APART, LATER, LEAKS, STEADY, gathered, heard

from entourage.web.listen.actions import mark_account
from entourage.web.people import actions as people
from entourage.web.people.models import Person
from entourage.web.reading.bridge import weeks as of_weeks
from entourage.web.reading.models import Finding, Topic, TopicMessage, TopicWeek
from entourage.web.reading.views.risen import risen

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 16)


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


def test_who_is_left_alone_is_in_no_topic_and_no_finding(tea):
    """Ann and Bob wrote four of the six about the kettle: two messages of two people are no topic."""
    heard(tea, LEAKS, lesson="defect")
    Person.objects.of(tea).filter(name__in=["Ann", "Bob"]).update(left_alone_at=world.AT)
    gathered(tea)
    assert not Topic.objects.of(tea).exists()
    assert not Finding.objects.of(tea).exists()
    assert TopicWeek.objects.of(tea).get().messages == 4


def test_a_week_that_ended_is_looked_at_again(tea):
    """On Monday evening a tenth of it had passed; what was said then is not held against that for ever."""
    heard(tea, STEADY, at=world.AT - timedelta(weeks=1))
    heard(tea, LEAKS)
    gathered(tea)
    early, begun = Topic.objects.of(tea).get(week=MONDAY), TopicWeek.objects.of(tea).get(week=MONDAY)
    heard(tea, "Eve | what a lovely evening", at=world.AT + timedelta(weeks=1))
    gathered(tea, now=LATER + timedelta(weeks=1))
    late, ended = Topic.objects.of(tea).get(week=MONDAY), TopicWeek.objects.of(tea).get(week=MONDAY)
    assert begun.share < 0.5 < ended.share == 1
    assert late.pk == early.pk
    assert late.times == pytest.approx(early.times * begun.share, rel=0.01)


def test_who_is_erased_leaves_a_topic_of_two_people_to_nobody(tea):
    heard(tea, LEAKS, at=world.AT - timedelta(weeks=1))
    heard(tea, APART)
    gathered(tea)
    for name in ("Ann", "Bob"):
        people.erase(person=Person.objects.of(tea).get(name=name), by=None, at=LATER)
    gathered(tea)
    assert not Topic.objects.of(tea).exists(), "the week is over, and had no new message"
    assert sum(TopicWeek.objects.of(tea).values_list("messages", flat=True)) == 7


def test_who_is_left_alone_leaves_a_topic_that_was_found(tea):
    heard(tea, LEAKS, at=world.AT - timedelta(weeks=1))
    heard(tea, APART)
    gathered(tea)
    for name in ("Ann", "Bob"):
        people.leave_alone(person=Person.objects.of(tea).get(name=name), by=None, at=LATER)
    gathered(tea)
    assert not Topic.objects.of(tea).exists()


def test_a_week_whose_people_all_became_ours_has_no_topic_any_more(tea):
    told = heard(tea, LEAKS)
    gathered(tea)
    for account in {act.account for act in told}:
        mark_account(account=account, role="own", by=None, at=LATER)
    gathered(tea, anew=True)
    assert not Topic.objects.of(tea).exists()
    assert TopicWeek.objects.of(tea).get().messages == 0


def test_topics_are_kept_for_eight_weeks(tea):
    heard(tea, LEAKS)
    gathered(tea)
    heard(tea, APART, at=world.AT + timedelta(weeks=7))
    gathered(tea, now=LATER + timedelta(weeks=7))
    assert Topic.objects.of(tea).get().week == MONDAY
    heard(tea, "Eve | what a lovely evening", at=world.AT + timedelta(weeks=8))
    gathered(tea, now=LATER + timedelta(weeks=8))
    assert not Topic.objects.of(tea).exists()
    assert not TopicMessage.objects.of(tea).exists()
    assert not TopicWeek.objects.of(tea).filter(week=MONDAY).exists()


def test_one_week_at_a_time_is_in_memory(tea, monkeypatch):
    """Sixteen weeks of a large brand would not fit; what they share is the same."""
    for week in range(1, 9):
        heard(tea, APART, at=world.AT - timedelta(weeks=week))
    heard(tea, LEAKS, at=world.AT - timedelta(weeks=3))
    heard(tea, LEAKS)
    spans = []

    def watched(brand, reader, *, since, until, real=of_weeks.heap):
        spans.append(until - since)
        return real(brand, reader, since=since, until=until)

    monkeypatch.setattr(of_weeks, "heap", watched)
    gathered(tea)
    assert max(spans) <= timedelta(weeks=1)
    topic = Topic.objects.of(tea).get(week=MONDAY)
    assert (topic.messages, topic.weeks_before) == (6, pytest.approx(8, abs=0.3))
    share = TopicWeek.objects.of(tea).get(week=MONDAY).share
    assert topic.times == pytest.approx(topic.weeks_before / share), "as many as three weeks ago, in less than a week"


def test_six_weeks_of_steady_talk_do_not_rise(tea):
    """Held against the two weeks before the last four that there are, not against nine."""
    asked = STEADY.strip().splitlines()
    for place in range(30):
        heard(tea, asked[place % 5], at=world.AT - timedelta(weeks=place / 5), lesson="defect")
    gathered(tea)
    finding = Finding.objects.of(tea).get()
    assert finding.messages > 20
    assert finding.rising == 0
    assert finding.weeks_before == pytest.approx(1.8, abs=0.1)
    assert finding.times == pytest.approx(1, abs=0.3)


@pytest.mark.parametrize(
    ("weeks", "told"),
    [(2, "nothing earlier to compare with"), (6, "not heard in the 2 weeks before the last four")],
)
def test_a_finding_is_new_only_beside_what_was_said_before(tea, weeks, told):
    heard(tea, APART, at=world.AT - timedelta(weeks=weeks))
    heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    finding = Finding.objects.of(tea).get()
    assert finding.times is None
    assert risen(finding) == told
