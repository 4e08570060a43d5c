"""What is known before one types, and what becomes of an answer that leaves by itself."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection as database
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import at, seen, text_of

from entourage.web.inbox import actions
from entourage.web.inbox.models import Draft
from entourage.web.inbox.views.writing import UNDO_S
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(talk):
    """A door by which our page answers, in public and alone, within a day and 40 characters."""
    limits = {"length": 40, "unit": "graphemes", "answer_within_s": 86_400}
    return Connection.objects.create(
        brand=talk.brand, network="x", name="ours", account=talk.page, can=["read", "reply", "message"], limits=limits
    )


@pytest.fixture
def bob(talk):
    """Bob's conversation, whose question was asked a moment ago."""
    key = talk.lines["e"].pk
    Activity.objects.of(talk.brand).filter(pk=key).update(at=timezone.now() - timedelta(hours=1))
    return talk.of("Bob")


def outgoing(talk) -> Outgoing:
    return Outgoing.objects.of(talk.brand).get()


def test_the_box_says_how_long_until_when_and_to_whom(page, connection, bob):
    shown = page.get(at(bob)).content.decode()
    assert 'data-most="40"' in shown
    assert 'data-unit="graphemes"' in shown
    told = text_of(page.get(at(bob)))
    for words in ("At most 40 characters.", "It can be sent until", "to Bob alone"):
        assert words in told
    assert re.search(r"for another 22 h 5\d min", told), "some minutes may pass while this runs"


def test_an_answer_in_public_or_alone_is_queued_and_can_be_taken_back(page, talk, connection, bob):
    for private, deed in (("", "reply"), ("1", "message")):
        before = timezone.now()
        page.post(at(bob, "answer"), {"text": "We do, Bob.", "private": private, "seen": seen(talk, "Bob")})
        out = outgoing(talk)
        assert (out.state, out.deed) == (Sending.QUEUED, deed)
        assert out.due_at >= before + timedelta(seconds=UNDO_S)
        assert "Undo" in text_of(page.get(at(bob)))
        page.post(f"/b/tea/inbox/outgoing/{out.pk}/undo/")
        assert outgoing(talk).state == Sending.WITHDRAWN
        out.delete()


class Killed(BaseException):
    """As a kill: no code of ours expects it."""


def test_killed_while_it_is_taken_back_the_words_are_an_answer_or_a_draft(page, talk, connection, bob, agent):
    """At each statement: what is written together is there, or none of it."""
    page.post(at(bob, "answer"), {"text": "We do, Bob.", "seen": seen(talk, "Bob")})
    undo, lives, deaths = f"/b/tea/inbox/outgoing/{outgoing(talk).pk}/undo/", False, 0
    while not lives:
        deaths += 1

        def killed(execute, *asked, left=[deaths]):  # noqa: B006 - counts down from call to call
            left[0] -= 1
            if not left[0]:
                raise Killed
            return execute(*asked)

        with suppress(Killed), database.execute_wrapper(killed):
            page.post(undo)
            lives = True
        is_draft = Draft.objects.of(talk.brand).filter(member=agent, text="We do, Bob.").exists()
        assert is_draft == (outgoing(talk).state == Sending.WITHDRAWN), f"killed at statement {deaths}"
    assert deaths > 10


def test_what_is_too_long_is_refused_with_its_reason_and_kept(page, talk, connection, bob, agent):
    long = "We do, Bob, and with great pleasure, from Monday on"
    shown = text_of(page.post(at(bob, "answer"), {"text": long, "seen": seen(talk, "Bob")}, follow=True))
    assert "40" in shown
    assert not Outgoing.objects.of(talk.brand).exists()
    assert Draft.objects.of(talk.brand).get(member=agent).text == long


def test_once_the_network_s_time_is_over_nothing_can_be_typed(page, talk, connection):
    shown = page.get(at(talk.of("Dee"))).content.decode()
    assert "The network lets us answer only for a while" in shown
    assert 'id="send-answer" name="resolve" value="" disabled' in shown


def test_answer_and_resolve_does_both(page, talk, connection, bob):
    page.post(at(bob, "answer"), {"text": "We do.", "resolve": "1", "seen": seen(talk, "Bob")})
    assert outgoing(talk).state == Sending.QUEUED
    assert talk.of("Bob").state == "resolved"


def test_what_waits_for_a_yes_is_let_go_by_a_manager_and_by_no_agent(page, talk, connection, bob, agent):
    now = timezone.now()
    out = actions.answer(conversation=bob, text="We do.", by=agent, at=now, seen=seen(talk, "Bob"), hold="new here")
    told = text_of(page.get(at(bob)))
    assert "waits for approval" in told
    assert "Approve" not in told
    approve = f"/b/tea/inbox/outgoing/{out.pk}/approve/"
    assert page.post(approve).status_code == 403
    world.signed_in(page, world.member(talk.brand, "manager"))
    assert "Approve" in text_of(page.get(at(bob)))
    page.post(approve)
    assert outgoing(talk).state == Sending.QUEUED


def test_a_failed_answer_says_why_and_is_tried_again(page, talk, connection, bob):
    page.post(at(bob, "answer"), {"text": "We do.", "seen": seen(talk, "Bob")})
    Outgoing.objects.of(talk.brand).update(state=Sending.FAILED, reason="The network was asleep.")
    assert "The network was asleep." in text_of(page.get(at(bob)))
    page.post(f"/b/tea/inbox/outgoing/{outgoing(talk).pk}/again/")
    assert outgoing(talk).state == Sending.QUEUED
