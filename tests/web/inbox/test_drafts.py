"""What is kept while one writes: the same conversation open twice, what has left does not come back as a draft."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import at, seen
from tests.web.inbox.talk import NOW, Talk

from entourage.web.inbox import actions, queries
from entourage.web.inbox.models import Draft
from entourage.web.outbox import actions as outbox
from entourage.web.outbox.models import Outgoing

LEFT = "You have answered from another page"


@pytest.fixture
def tabs(page, talk):
    """Two pages of the same agent, both drawn before she answers Dee: what each says to have been drawn after."""
    return [drawn(page, talk.of("Dee")) for _ in range(2)]


def drawn(page, it):
    return re.search(r'data-after="([^"]*)"', page.get(at(it)).content.decode())[1]


def left(page, it):
    """When the answer left of which the part says that is drawn anew every second."""
    told = page.get("/b/tea/inbox/live/", {"one": it.pk}).content.decode()
    return re.search(r'id="send"[^>]* data-left="([^"]*)"', told)[1]


def kept(page, it, text, after):
    """What the browser does while one writes: whether it was told that the words are kept."""
    code = page.post(at(it, "draft"), {"text": text, "after": after}).status_code
    assert code in {204, 409}
    return code == 204


def answered(it, by, moment, text="Sorry."):
    return actions.answer(conversation=it, text=text, by=by, at=moment, seen=queries.thread_of(it).seen)


@pytest.mark.django_db
def test_a_second_page_does_not_bring_back_what_has_left(page, talk, agent, tabs):
    it = talk.of("Dee")
    assert kept(page, it, "Sorry.", tabs[0])
    page.post(at(it, "answer"), {"text": "Sorry.", "seen": seen(talk, "Dee")})
    assert not kept(page, it, "Sorry, Dee", tabs[1])
    # Nor does it take the conversation again.
    assert (Draft.objects.of(talk.brand).exists(), talk.of("Dee").claimed_by) == (False, None)
    assert left(page, it) > tabs[1]
    assert LEFT in page.get(at(it)).content.decode()


@pytest.mark.django_db
def test_a_page_drawn_after_the_answer_keeps_what_is_written_then(page, talk, agent, tabs):
    it = talk.of("Dee")
    answered(it, agent, timezone.now())
    assert kept(page, it, "And by the way", drawn(page, it))
    # Emptied, the older page does not throw away what the newer one has.
    assert not kept(page, it, "", tabs[1])
    assert queries.draft_of(it, agent) == "And by the way"


@pytest.mark.django_db
def test_an_answer_taken_back_has_not_left_whichever_page_one_writes_on(page, talk, agent, tabs):
    it = talk.of("Dee")
    out = answered(it, agent, timezone.now())
    newer = drawn(page, it)
    outbox.withdraw(outgoing=out, by=agent, at=timezone.now())
    assert left(page, it) == ""
    assert kept(page, it, "So sorry.", tabs[1])
    assert kept(page, it, "So sorry, Dee.", newer)


@pytest.mark.django_db
def test_a_colleagues_answer_and_ones_thanks_leave_ones_draft_alone(page, talk, agent, bea, tabs):
    it = talk.of("Dee")
    answered(it, bea, timezone.now())
    thanks = answered(it, agent, timezone.now(), "Thank you.")
    Outgoing.objects.of(talk.brand).filter(pk=thanks.pk).update(purpose="thanks")
    assert kept(page, it, "Sorry, Dee", tabs[1])


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["yesterday", "2026-99-99", "\0"])
def test_what_says_oddly_after_what_it_was_drawn_is_refused(page, talk, after):
    assert page.post(at(talk.of("Dee"), "draft"), {"text": "Sorry", "after": after}).status_code == 422
    assert not Draft.objects.of(talk.brand).exists()


@pytest.mark.django_db(transaction=True)
def test_words_that_are_kept_while_the_answer_leaves_do_not_outlive_it():
    talk = Talk(world.brand("tea"))
    talk.say("d | 5 | Dee | complaint | this kettle leaks")
    talk.thread()
    it, olga = talk.of("Dee"), world.member(talk.brand, "agent")
    told = []

    def second():
        told.append(actions.keep(conversation=it, text="Sorry", after=None, by=olga, at=NOW))
        connection.close()

    page = threading.Thread(target=second)
    with transaction.atomic():
        answered(it, olga, NOW)
        page.start()
        # It waits for this transaction; where it did not, it would be done by then.
        page.join(timeout=0.5)
    page.join()
    assert (told, Draft.objects.of(talk.brand).exists()) == ([False], False)
