"""Into the outbox: queued, held, by hand, or refused with the way out."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.web import world
from tests.web.outbox.doors import connection, question

from entourage.web.core.models import AuditEvent
from entourage.web.outbox import actions, queries
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea")


def answered(brand, asked, **fields):
    given = {"deed": "reply", "purpose": "answer", "text": "It leaves today.", "by": None, "at": world.AT}
    return actions.queue(brand=brand, to=asked, **{**given, **fields})


def refusal(brand, asked, **fields):
    with pytest.raises(actions.Blocked) as blocked:
        answered(brand, asked, **fields)
    assert not Outgoing.objects.of(brand).exists()
    return str(blocked.value)


def test_an_answer_is_queued_by_the_connection_of_the_page_that_was_asked(tea):
    page, ann, asked = question(tea)
    connection(tea, world.account(tea, "another", network="bluesky", role="own"))
    ours = connection(tea, page)
    row = answered(tea, asked, conversation_id=7)
    assert (row.state, row.connection, row.person_id) == (Sending.QUEUED, ours, ann.pk)
    assert (row.to, row.context, row.account) == (asked.pk, asked.context, asked.account_id)
    assert AuditEvent.objects.of(tea).get().what == "outgoing.queued"


def test_another_page_s_connection_does_not_answer_in_its_place(tea):
    _page, _ann, asked = question(tea)
    connection(tea, world.account(tea, "another", network="bluesky", role="own"))
    row = answered(tea, asked)
    assert row.state == Sending.BY_HAND
    assert row.reason.startswith("Nothing is connected that can send on Bluesky")


def test_the_same_key_twice_is_one_row(tea):
    page, _ann, asked = question(tea)
    connection(tea, page)
    key = uuid4()
    assert answered(tea, asked, key=key) == answered(tea, asked, key=key, text="Again")
    assert Outgoing.objects.of(tea).get().text == "It leaves today."


def test_the_same_words_twice_under_one_message_are_a_slip(tea):
    _page, _ann, asked = question(tea)
    first = answered(tea, asked)
    with pytest.raises(actions.Blocked, match="These very words answer this message already"):
        answered(tea, asked)
    actions.withdraw(outgoing=first, by=None, at=world.AT)
    assert answered(tea, asked).state == Sending.BY_HAND


def test_what_needs_a_yes_is_held_with_its_reason(tea):
    page, _ann, asked = question(tea)
    connection(tea, page)
    row = answered(tea, asked, hold="A first week's answers are read by somebody else.")
    assert (row.state, row.reason) == (Sending.HELD, "A first week's answers are read by somebody else.")


def test_time_to_undo_delays_the_sending(tea):
    page, _ann, asked = question(tea)
    connection(tea, page)
    assert answered(tea, asked, undo_s=30).due_at == world.AT + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": " "}, "There is nothing to send yet"),
        ({"text": "é" * 301}, "The network takes 300 characters and this has 301: take away 1."),
        ({"enclosures": [actions.File(name=f"{n}.png", kind="image/png", content=b"x") for n in range(5)]}, "4 files"),
        ({"enclosures": [actions.File(name="a.png", kind="image/png", content=bytes(1_000_001))]}, "a.png is larger"),
    ],
)
def test_a_limit_of_the_network_is_told_with_its_cure(tea, fields, reason):
    page, _ann, asked = question(tea)
    connection(tea, page)
    assert reason in refusal(tea, asked, **fields)


def test_families_and_flags_are_one_character_each(tea):
    page, _ann, asked = question(tea)
    connection(tea, page)
    text = "👨‍👩‍👧‍👦" * 150 + "🇫🇷" * 150
    assert len(text) > 300
    assert queries.known(tea, asked).length == queries.measured(text, "graphemes") == 300
    assert answered(tea, asked, text=text).state == Sending.QUEUED


def test_after_the_window_nothing_is_sent(tea):
    page, ann, asked = question(tea, act="message", at=world.AT - timedelta(hours=25))
    connection(tea, page, limits={"answer_within_s": 86_400})
    assert "that ended on 16 March 2026, 08:00" in refusal(tea, asked, deed="message")
    assert not queries.known(tea, asked, at=world.AT).can_message
    world.act(ann, "message", world.AT - timedelta(hours=2), toward=page, text="Hello?")
    told = queries.known(tea, asked, at=world.AT)
    assert (told.can_message, told.closes_at) == (True, world.AT + timedelta(hours=22))
    assert answered(tea, asked, deed="message").state == Sending.QUEUED


def test_a_private_word_is_not_answered_in_public(tea):
    page, _ann, asked = question(tea, act="message")
    connection(tea, page)
    told = queries.known(tea, asked)
    assert (told.can_reply, told.can_message) == (False, True)
    assert refusal(tea, asked) == "They wrote to us in private: answer in private."


def test_a_message_taken_back_is_not_answered(tea):
    page, _ann, asked = question(tea, deleted_at=world.AT)
    connection(tea, page)
    assert "has taken this message back" in refusal(tea, asked)


def test_an_answer_without_a_message_is_no_way_around_the_rules(tea):
    page, ann, _asked = question(tea)
    connection(tea, page)
    assert "An answer needs the message" in refusal(tea, None, deed="message", person_id=ann.pk)


def test_a_paused_connection_is_told_before_typing_and_the_answer_waits(tea):
    page, _ann, asked = question(tea)
    connection(tea, page, state="paused")
    assert queries.known(tea, asked).reason == (
        "The connection teapage is paused: answers wait. Resume it to send them."
    )
    assert answered(tea, asked).state == Sending.QUEUED
