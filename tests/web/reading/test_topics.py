"""Topics of the week and what the public teaches: gathered, kept in place, shown; and said where there is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.web import world
from tests.web.reading.talk import APART, LATER, LEAKS, gathered, heard

from entourage.web.core.models import AuditEvent
from entourage.web.people.models import Person, Standing
from entourage.web.reading import actions, queries
from entourage.web.reading.models import Finding, Topic, TopicWeek

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 16)
#: The same leak, asked about by others, a week after.
MORE = """
    Eve  | the new kettle leaks on the table, what now?
    Flo  | my new kettle leaks on the table as well
"""


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


def test_six_messages_of_four_people_are_a_topic_under_its_telling_words(tea):
    heard(tea, LEAKS)
    gathered(tea)
    (topic,) = queries.topics_of(tea, MONDAY)
    assert (topic.row.messages, topic.row.people) == (6, 4)
    assert topic.row.different < 6, "some say nearly the same"
    assert set(topic.row.words) <= {"new", "kettle", "leaks", "table"}
    assert "kettle" in topic.title
    assert topic.text in LEAKS


def test_a_week_without_a_topic_says_so(tea):
    heard(tea, APART)
    gathered(tea)
    assert queries.topics_of(tea, MONDAY) == []
    assert TopicWeek.objects.of(tea).get().messages == 7


def test_what_staff_bots_and_other_people_s_pages_say_is_no_topic_of_ours(tea):
    heard(tea, LEAKS)
    Person.objects.of(tea).filter(name="Bob").update(kind="bot")
    rival = world.account(tea, "rival", role="competitor")
    for act in heard(tea, MORE):
        act.toward = rival
        act.save()
    gathered(tea)
    assert queries.topics_of(tea, MONDAY) == []


def test_gathering_twice_changes_nothing(tea):
    heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    before = (list(Topic.objects.of(tea).values()), list(Finding.objects.of(tea).values()))
    gathered(tea)
    gathered(tea, anew=True)
    assert (list(Topic.objects.of(tea).values()), list(Finding.objects.of(tea).values())) == before


def test_a_topic_keeps_its_address_when_more_join_it(tea):
    heard(tea, LEAKS)
    gathered(tea)
    number = Topic.objects.of(tea).get().pk
    heard(tea, MORE, at=world.AT + timedelta(days=1))
    gathered(tea, now=LATER)
    topic = Topic.objects.of(tea).get()
    assert (topic.pk, topic.messages, topic.people) == (number, 8, 6)


def test_a_topic_that_its_messages_left_is_gone(tea):
    told = heard(tea, LEAKS)
    gathered(tea)
    type(told[0]).objects.of(tea).filter(pk__in=[act.pk for act in told[:3]]).update(deleted_at=LATER, text="")
    gathered(tea, anew=True)
    assert not Topic.objects.of(tea).exists()


def test_a_topic_is_held_against_the_weeks_before(tea):
    heard(tea, LEAKS, at=world.AT - timedelta(weeks=1))
    heard(tea, APART, at=world.AT - timedelta(weeks=2))
    heard(tea, LEAKS)
    gathered(tea, now=world.AT + timedelta(days=7))
    (topic,) = queries.topics_of(tea, MONDAY)
    assert topic.row.weeks_before == pytest.approx(2, abs=0.3)
    assert topic.row.low < topic.row.times < topic.row.high
    (first,) = queries.topics_of(tea, MONDAY - timedelta(weeks=1))
    assert (first.row.times, first.row.high) == (None, None)


def test_what_fails_is_a_finding_with_its_people_and_weeks(tea):
    heard(tea, LEAKS, lesson="defect")
    heard(tea, APART, lesson="")
    gathered(tea)
    (finding,), more = queries.findings_of(tea, queries.Asked(kind="defect"))
    assert not more
    assert (finding.row.messages, finding.row.people, finding.row.weeks[-1]) == (6, 4, 6)
    assert (finding.row.state, finding.row.kind) == ("new", "defect")


def test_close_people_are_counted(tea):
    heard(tea, LEAKS, lesson="defect")
    for name, weeks in (("Ann", 9.0), ("Bob", 0.2), ("Cyd", 4.0)):
        world.standing(Person.objects.of(tea).get(name=name), weeks)
    gathered(tea)
    (finding,), _ = queries.findings_of(tea, queries.Asked())
    assert finding.close == 2
    assert Standing.objects.of(tea).count() == 3


def test_a_finding_takes_what_joins_it_and_keeps_its_title(tea):
    heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    found = Finding.objects.of(tea).get()
    told = {"title": "Leaking kettles", "state": "told", "told_to": "rnd", "link": ""}
    assert actions.change_finding(finding=found, by=None, at=LATER, **told)
    heard(tea, MORE, at=LATER, lesson="defect")
    gathered(tea, now=LATER + timedelta(days=1))
    found = Finding.objects.of(tea).get()
    assert (found.messages, found.title, found.state, found.told_to) == (8, "Leaking kettles", "told", "rnd")
    assert found.last_at.date() == LATER.date()


def test_what_a_member_worked_on_stays_when_nobody_says_it_any_more(tea):
    told = heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    kept = Finding.objects.of(tea).get()
    actions.change_finding(finding=kept, title="", state="noted", told_to="", link="", by=None, at=LATER)
    type(told[0]).objects.of(tea).filter(pk__in=[act.pk for act in told]).update(deleted_at=LATER, text="")
    gathered(tea, anew=True)
    assert (Finding.objects.of(tea).get().pk, Finding.objects.of(tea).get().messages) == (kept.pk, 0)


@pytest.mark.parametrize("given", [{"told_to": "rnd"}, {"link": "https://help.example/leaks"}])
def test_a_department_or_a_help_page_given_alone_is_work_that_stays_too(tea, given):
    told = heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    kept = Finding.objects.of(tea).get()
    said = {"title": "", "state": "new", "told_to": "", "link": ""} | given
    actions.change_finding(finding=kept, **said, by=None, at=LATER)
    type(told[0]).objects.of(tea).filter(pk__in=[act.pk for act in told]).update(deleted_at=LATER, text="")
    gathered(tea, anew=True)
    assert Finding.objects.of(tea).filter(pk=kept.pk, **given).exists()


def test_changing_a_finding_twice_is_one_line_of_the_trail(tea):
    heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    told = {"title": "Leaks", "state": "noted", "told_to": "care", "link": "https://help.example/leaks"}
    for _ in range(2):
        actions.change_finding(finding=Finding.objects.of(tea).get(), by=None, at=LATER, **told)
    (line,) = AuditEvent.objects.of(tea).filter(what="finding.changed")
    assert line.detail == {"settings": ["title", "state", "told_to", "link"], "state": "noted"}


def test_the_pages_show_topics_and_findings_with_their_messages(tea, client):
    heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    world.signed_in(client, world.member(tea, "agent"))
    topic, finding = Topic.objects.of(tea).get(), Finding.objects.of(tea).get()
    for path in ("topics/", f"topics/{topic.pk}/", "lessons/", f"lessons/{finding.pk}/"):
        page = client.get(f"/b/tea/{path}").content.decode()
        assert "kettle" in page, path
    assert page.count('class="said"') == 6
    assert "football" not in page


def test_the_page_of_a_week_without_a_topic_says_that_there_is_none(tea, client):
    heard(tea, APART)
    gathered(tea, now=world.AT + timedelta(days=7))
    world.signed_in(client, world.member(tea, "analyst"))
    assert "No topic this week" in client.get("/b/tea/topics/").content.decode()


def test_who_may_mark_says_what_becomes_of_a_finding_and_who_may_only_look_does_not(tea, client):
    heard(tea, LEAKS, lesson="defect")
    gathered(tea)
    path = f"/b/tea/lessons/{Finding.objects.of(tea).get().pk}/"
    told = {"title": "Leaking kettles", "state": "answered", "told_to": "rnd", "link": "https://help.example/leaks"}
    world.signed_in(client, world.member(tea, "analyst"))
    assert client.post(path, told).status_code == 403
    world.signed_in(client, world.member(tea, "agent"))
    assert client.post(path, told | {"link": "javascript:alert(1)"}).status_code == 200
    assert Finding.objects.of(tea).get().title == ""
    assert client.post(path, told).status_code == 302
    page = client.get(path).content.decode()
    assert "<h1>Leaking kettles</h1>" in page
    assert 'href="https://help.example/leaks"' in page


@pytest.mark.parametrize(("path", "most"), [("topics/", 10), ("lessons/", 9), ("territory/", 8), ("search/?q=tea", 8)])
def test_a_page_asks_as_often_for_many_as_for_few(tea, client, django_assert_max_num_queries, path, most):
    heard(tea, LEAKS, lesson="defect")
    heard(tea, LEAKS.replace("kettle", "teapot"), at=world.AT + timedelta(hours=3), lesson="how_to")
    gathered(tea)
    world.signed_in(client, world.member(tea))
    client.get(f"/b/tea/{path}")
    with django_assert_max_num_queries(most):
        client.get(f"/b/tea/{path}")
