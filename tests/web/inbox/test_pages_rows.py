"""What the keys do to a marked row: the list is drawn anew, and what is open beside it stays."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import at, inbox

from entourage.web.inbox import actions
from entourage.web.inbox.models import State

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def row_of(html, it):
    """One line of the list."""
    return next(part for part in html.split("<li data-row")[1:] if f'data-id="{it.pk}"' in part)


def keys_of(html, it):
    """What each key does to a row."""
    told = re.findall(r'data-key="(\w)" (?:hx-post|data-snooze)="[^"]*/(\w+)/"', row_of(html, it))
    return dict(told)


def pressed(page, it, deed, beside="", **fields):
    """A row's key was pressed while another conversation, or none, is open."""
    told = {"query": "", "open": beside.pk if beside else "", **fields}
    return page.post(at(it, deed), told, headers=HTMX).content.decode()


def test_each_row_says_what_its_keys_do_but_for_the_one_that_is_open(page, talk, agent, bea):
    actions.claim(conversation=talk.of("Dee"), by=bea, at=timezone.now())
    actions.claim(conversation=talk.of("Ann"), by=agent, at=timezone.now())
    shown = page.get(inbox()).content.decode()
    assert keys_of(shown, talk.of("Bob")) == {"c": "claim", "s": "snooze", "e": "resolve"}
    assert keys_of(shown, talk.of("Ann"))["c"] == "release"
    assert "c" not in keys_of(shown, talk.of("Dee"))
    assert keys_of(page.get(at(talk.of("Bob"))).content.decode(), talk.of("Bob")) == {}
    actions.resolve(conversation=talk.of("Bob"), by=agent, at=timezone.now())
    assert keys_of(page.get(inbox(box="all")).content.decode(), talk.of("Bob"))["e"] == "reopen"


def test_who_may_only_read_has_no_keys_on_rows(client, talk):
    analyst = world.signed_in(client, world.member(talk.brand, "analyst"))
    shown = analyst.get(inbox()).content.decode()
    assert keys_of(shown, talk.of("Bob")) == {}
    assert "row-snooze" not in shown


def test_with_nothing_open_a_row_s_deed_draws_the_list_alone(page, talk):
    answer = pressed(page, talk.of("Bob"), "claim")
    assert "you are on it" in row_of(answer, talk.of("Bob"))
    assert 'id="thread' not in answer
    assert 'id="toolbar"' not in answer


def test_what_is_open_beside_it_stays_open(page, talk):
    answer = pressed(page, talk.of("Bob"), "resolve", beside=talk.of("Ann"))
    assert talk.of("Bob").state == State.RESOLVED
    assert f'data-one="{talk.of("Ann").pk}"' in answer
    assert at(talk.of("Ann"), "resolve") in answer
    assert at(talk.of("Bob")) not in answer


def test_a_row_is_put_off_until_a_moment(page, talk):
    pressed(page, talk.of("Bob"), "snooze", **{"for": "tomorrow"})
    assert talk.of("Bob").state == State.SNOOZED


def test_why_a_row_was_refused_is_said_above_the_list_and_not_of_what_is_open(page, talk, bea):
    actions.claim(conversation=talk.of("Bob"), by=bea, at=timezone.now())
    answer = pressed(page, talk.of("Bob"), "claim", beside=talk.of("Ann"))
    rows, _, one = answer.partition('id="facts"')
    assert "Somebody else was faster" in rows
    assert "Somebody else was faster" not in one


@pytest.mark.parametrize("told", ["x", "9" * 40, "-1", "²"])
def test_nonsense_about_what_is_open_is_nothing_open(page, talk, told):
    answer = page.post(at(talk.of("Bob"), "claim"), {"open": told}, headers=HTMX)
    assert answer.status_code == 200
    assert b'id="toolbar"' not in answer.content
