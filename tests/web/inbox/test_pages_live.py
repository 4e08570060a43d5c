"""A page that stays open: nothing is sent while nothing changes, and what changes comes at once."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.inbox.talk import Talk

from entourage.web.inbox import actions
from entourage.web.inbox.models import Conversation

pytestmark = pytest.mark.django_db

LIVE = "/b/tea/inbox/live/"


@pytest.fixture
def talk():
    made = Talk(world.brand("tea"))
    made.say("""
        a | 9 | Ann | care_question | where is my parcel?
        d | 5 | Dee | complaint     | this kettle leaks
    """)
    made.thread()
    return made


@pytest.fixture
def page(client, talk):
    return world.signed_in(client, world.member(talk.brand, "agent", email="olga@tea.example"))


@pytest.fixture
def standing(talk, monkeypatch):
    """A clock that stands: at the turn of a minute, what is told in minutes is drawn anew."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


def stamp(answer) -> str:
    return re.search(r'data-stamp="([^"]+)"', answer.content.decode())[1]


def settled(page, **asked):
    """The stamp of a page on which nothing moves: what the test itself has just written has been seen."""
    told = ""
    for _ in range(3):
        answer = page.get(LIVE, {**asked, "stamp": told})
        if answer.status_code == 204:
            break
        told = stamp(answer)
    return told


@pytest.mark.usefixtures("standing")
def test_while_nothing_changes_nothing_is_sent(page, talk):
    told = settled(page)
    answer = page.get(LIVE, {"stamp": told})
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.usefixtures("standing")
@pytest.mark.parametrize("beside", ["Ann", ""])
def test_a_look_at_nothing_new_asks_who_looks_and_whether_anything_changed_and_writes_nothing(
    page, talk, django_assert_num_queries, beside
):
    place = {"one": talk.of(beside).pk} if beside else {}
    told = settled(page, **place)
    # The session, its user, their place in the brand, what changed: each second of every page that stays open.
    with django_assert_num_queries(4) as asked:
        answer = page.get(LIVE, {**place, "stamp": told})
    assert answer.status_code == 204
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert not answer.cookies


def test_a_new_message_brings_the_rows_and_the_thread_that_it_is_in(page, talk):
    ann, dee = talk.of("Ann"), talk.of("Dee")
    beside = settled(page, one=dee.pk)
    open_one = settled(page, one=ann.pk)
    talk.one("b", 1, "Ann", "a", intent="complaint", text="still nothing")
    talk.thread(now=timezone.now())
    other = page.get(LIVE, {"one": dee.pk, "stamp": beside}).content.decode()
    assert 'id="rows"' in other
    assert "still nothing" in other
    assert 'id="thread"' not in other
    assert 'id="thread"' in page.get(LIVE, {"one": ann.pk, "stamp": open_one}).content.decode()


def test_a_claim_is_seen_by_the_others(page, talk):
    dee = talk.of("Dee")
    told = settled(page, one=dee.pk)
    bea = world.member(talk.brand, "agent", email="bea@tea.example")
    actions.claim(conversation=dee, by=bea, at=timezone.now())
    answer = page.get(LIVE, {"one": dee.pk, "stamp": told}).content.decode()
    assert "bea@tea.example has this conversation." in answer


def test_the_filters_of_the_page_hold_for_what_comes(page, talk):
    answer = page.get(LIVE, {"q": "kettle", "stamp": ""}).content.decode()
    assert "this kettle leaks" in answer
    assert "where is my parcel?" not in answer


@pytest.mark.parametrize("told", ["", "odd", "2026-99-99 1 1", "2001-01-01T00:00:00+00:00 1 0900", "9" * 300])
def test_an_odd_stamp_brings_everything(page, talk, told):
    answer = page.get(LIVE, {"one": talk.of("Ann").pk, "stamp": told})
    assert answer.status_code == 200
    assert "where is my parcel?" in answer.content.decode()


def test_who_has_a_conversation_open_that_is_erased_is_led_back_to_the_list(page, talk):
    ann = talk.of("Ann")
    Conversation.objects.of(talk.brand).filter(pk=ann.pk).delete()
    answer = page.get(LIVE, {"one": ann.pk, "stamp": ""})
    assert answer["HX-Redirect"] == "/b/tea/inbox/"


@pytest.mark.usefixtures("standing")
def test_what_goes_while_it_is_open_is_gone_from_the_page_at_the_next_look(page, talk):
    told, ann = settled(page), talk.of("Ann")
    assert page.get(LIVE, {"one": ann.pk, "stamp": told}).status_code == 204
    Conversation.objects.of(talk.brand).filter(pk=ann.pk).delete()
    assert page.get(LIVE, {"one": ann.pk, "stamp": told})["HX-Redirect"] == "/b/tea/inbox/"
