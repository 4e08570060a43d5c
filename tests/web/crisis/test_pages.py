"""The pages of a crisis: it says what was seen, leads to people, and does what its buttons say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world
from tests.web.inbox.desk import text_of
from tests.web.inbox.talk import NOW

from entourage.web.crisis import bridge, queries
from entourage.web.crisis.models import Crisis, Watch
from entourage.web.inbox.models import Draft
from entourage.web.operations.models import Operation
from entourage.web.outbox.models import Outgoing

pytestmark = pytest.mark.django_db
LIST = "/b/tea/crisis/"


def waiting_jobs():
    ours = ProcrastinateJob.objects.filter(status="todo", task_name__startswith="crisis.")
    return sorted(ours.values_list("task_name", flat=True))


def test_before_anybody_looked_the_page_says_so(talk, page):
    told = text_of(page.get(LIST))
    assert "Nobody has looked yet." in told
    assert "A crisis that grows slowly is not seen at a small brand" in told


def test_looking_now_is_waited_for_and_then_the_page_is_shown_anew(talk, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.post(f"{LIST}look/")
    assert waiting_jobs() == ["crisis.look"]
    assert "The last hours are being looked at" in text_of(page.get(LIST))
    polled = page.get(LIST, headers={"HX-Request": "true"})
    assert b"<html" not in polled.content
    bridge.look(talk.brand, now=NOW + timedelta(days=9999))
    assert page.get(LIST, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Nothing is unusual." in text_of(page.get(LIST))


def test_too_little_past_is_said_with_its_cure(talk, page):
    Watch.objects.create(brand=talk.brand, looked_at=NOW, until=NOW, weeks=2.5)
    assert "here are 2.5 weeks of messages. Until then, name a crisis yourself." in text_of(page.get(LIST))


def test_a_crisis_says_what_was_seen_and_who_is_behind_it(talk, page, crisis):
    Operation.objects.create(
        brand=talk.brand, name="Kettle contest", starts_at=world.AT - timedelta(days=3), ends_at=NOW
    )
    assert "A crisis is open since" in text_of(page.get(LIST))
    told = text_of(page.get(f"{LIST}{crisis.pk}/"))
    assert "messages against us in 6 hours" in told
    assert "kettle, leaks" in told
    assert "Kettle contest" in told
    assert "Nobody answers for it yet" in told
    assert "Show the table" in told


def test_a_crisis_asks_as_many_questions_for_few_as_for_many(talk, page, crisis, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        page.get(f"{LIST}{crisis.pk}/")
    group = queries.behind(crisis)[0].group
    with django_assert_max_num_queries(10):
        page.get(f"{LIST}groups/{group.pk}/")
    with django_assert_max_num_queries(9):
        page.get(LIST)


def test_an_owner_is_chosen_among_those_who_may_answer(talk, page, olga, crisis):
    analyst = world.member(talk.brand, "analyst")
    page.post(f"{LIST}{crisis.pk}/own/", {"owner": analyst.pk})
    assert "Nobody answers for it yet" in text_of(page.get(f"{LIST}{crisis.pk}/"))
    page.post(f"{LIST}{crisis.pk}/own/", {"owner": olga.pk})
    assert "olga@tea.example answers for it" in text_of(page.get(f"{LIST}{crisis.pk}/"))


def test_an_answer_is_prepared_and_laid_out_and_nothing_leaves(talk, page, crisis):
    group = queries.behind(crisis)[0].group
    at = f"{LIST}groups/{group.pk}/"
    assert "Prepare drafts" not in text_of(page.get(at))
    page.post(f"{at}prepare/", {"text": "Dear {first_name}"})
    assert "Nothing is sent: you adapt each to its person" in text_of(page.get(at))
    answer = page.post(f"{at}drafts/", follow=True)
    assert "drafts of yours are ready. Adapt each and send it." in text_of(answer)
    assert Draft.objects.of(talk.brand).count() > 1
    assert not Outgoing.objects.of(talk.brand).exists()
    assert "Nobody who waits is free" in text_of(page.post(f"{at}drafts/", follow=True))


def test_closing_it_says_what_is_looked_at_later(talk, page, crisis):
    told = text_of(page.post(f"{LIST}{crisis.pk}/close/", follow=True))
    assert "after 1, 7 and 28 days" in told
    assert "Closed by olga@tea.example." in told
    assert "Close it" not in told


def test_one_is_named_by_hand_and_its_messages_are_gathered(talk, page, django_capture_on_commit_callbacks):
    since = (world.AT - timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    with django_capture_on_commit_callbacks(execute=True):
        told = text_of(page.post(f"{LIST}name/", {"name": "The glue", "since": since}, follow=True))
    assert "The messages are being gathered" in told
    assert waiting_jobs() == ["crisis.gather", "crisis.look"]
    again = text_of(page.post(f"{LIST}name/", {"name": "Another", "since": since}, follow=True))
    assert "A crisis is open already." in again
    assert Crisis.objects.of(talk.brand).count() == 1


def test_a_moment_ahead_is_no_beginning(talk, page):
    told = text_of(page.post(f"{LIST}name/", {"name": "The glue", "since": "2026-04-01T09:00"}))
    assert "Choose a moment of the last thirteen weeks of messages." in told


def test_an_analyst_looks_and_presses_nothing(client, talk, crisis):
    page = world.signed_in(client, world.member(talk.brand, "analyst"))
    told = text_of(page.get(f"{LIST}{crisis.pk}/"))
    assert "Close it" not in told
    assert page.post(f"{LIST}{crisis.pk}/close/").status_code == 403
