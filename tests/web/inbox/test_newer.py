"""They write more while an answer waits for a yes: whoever says it has read that first."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import answered, at, text_of

from entourage.web.inbox.models import Conversation, Step
from entourage.web.listen.models import Activity, Attachment
from entourage.web.outbox import actions as outbox
from entourage.web.outbox import queries
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = pytest.mark.django_db

MORE = "They have written more since this was written"


@pytest.fixture
def waits(held, agent):
    """An answer to Bob that waits for a yes."""
    return answered(held, agent)


def writes(talk, name: str, text: str, below: str = "e", ago: float = 0.5) -> None:
    """Who it is says one more thing, so many hours before the brand's moment."""
    talk.one(text, ago, name, below, text=text)
    talk.thread()


def approved(row, by, seen=None):
    return outbox.approve(outgoing=row, by=by, at=timezone.now(), seen=seen)


def now_of(row):
    return Outgoing.objects.of(row.brand_id).get(pk=row.pk)


def newest(row):
    """What the page says back for somebody who sees all that is there."""
    return queries.newer_than([now_of(row)])[row.pk].seen


def test_what_waits_is_not_approved_before_their_newer_words_are_read(talk, waits, zoe):
    writes(talk, "Bob", "Never mind, I bought another one")
    with pytest.raises(outbox.Blocked, match=MORE):
        approved(waits, zoe)
    # Why it waits stays what it was: a rule wants a yes.
    assert (now_of(waits).state, now_of(waits).reason) == (Sending.HELD, waits.reason)
    assert not Step.objects.of(talk.brand).filter(what="approved").exists()
    assert approved(waits, zoe, newest(waits)).state == Sending.QUEUED


def test_who_has_read_one_of_two_newer_messages_is_told_again(talk, waits, zoe):
    writes(talk, "Bob", "Hello?")
    seen = newest(waits)
    # Its network told it late: it is older than the one that was read.
    writes(talk, "Bob", "Never mind", ago=1.0)
    with pytest.raises(outbox.Blocked, match=MORE):
        approved(waits, zoe, seen)
    assert approved(waits, zoe, newest(waits)).state == Sending.QUEUED


def test_what_was_there_before_and_what_others_say_holds_nothing_back(talk, held, agent, zoe):
    writes(talk, "Bob", "To Lille, I mean")
    waits = answered(held, agent)
    writes(talk, "Dee", "Me too")
    assert approved(waits, zoe).state == Sending.QUEUED


def test_words_that_were_taken_back_need_no_reading(talk, waits, zoe):
    writes(talk, "Bob", "Never mind")
    Activity.objects.of(talk.brand).filter(pk=talk.lines["Never mind"].pk).update(deleted_at=timezone.now(), text="")
    talk.thread()
    assert approved(waits, zoe).state == Sending.QUEUED


def seen_on(html: str, row) -> str:
    """What the form beside the answer says back."""
    form = re.search(rf'action="[^"]*{row.pk}/approve/".*?</form>', html, re.DOTALL)
    assert form is not None
    found = re.search(r'name="seen" value="([^"]*)"', form[0])
    return found[1] if found else ""


@pytest.mark.parametrize("room", ["outbox", "inbox/outgoing"])
def test_the_page_says_so_and_shows_their_words_before_the_yes_leaves(client, talk, waits, zoe, room):
    world.signed_in(client, zoe)
    page = "/b/tea/outbox/" if room == "outbox" else at(talk.of("Bob"))
    press = f"/b/tea/{room}/{waits.pk}/approve/"
    old = client.get(page)
    assert MORE not in text_of(old)
    writes(talk, "Bob", "Never mind, I bought another one")
    told = text_of(client.post(press, {"seen": seen_on(old.content.decode(), waits), "back": page}, follow=True))
    assert MORE in told
    assert now_of(waits).state == Sending.HELD
    shown = client.get(page)
    assert MORE in text_of(shown)
    assert "Never mind, I bought another one" in text_of(shown)
    client.post(press, {"seen": seen_on(shown.content.decode(), waits)})
    assert now_of(waits).state == Sending.QUEUED


def test_an_address_that_names_no_key_has_seen_nothing(client, talk, waits, zoe):
    writes(talk, "Bob", "Hello?")
    world.signed_in(client, zoe)
    assert MORE in text_of(client.post(f"/b/tea/outbox/{waits.pk}/approve/", {"seen": "all of it"}, follow=True))
    assert now_of(waits).state == Sending.HELD


def test_the_outbox_shows_the_newest_and_says_that_there_are_more(client, talk, waits, zoe):
    for number in range(queries.NEWEST + 2):
        writes(talk, "Bob", f"Word {number:02}", ago=1.0 - number / 100)
    Activity.objects.of(talk.brand).filter(pk=talk.lines["Word 20"].pk).update(text="")
    Attachment.objects.create(brand=talk.brand, activity=talk.lines["Word 20"].pk, place=0, kind="image/png")
    world.signed_in(client, zoe)
    told = text_of(client.get("/b/tea/outbox/"))
    assert [number for number in range(queries.NEWEST + 2) if f"Word {number:02}" in told] == [*range(2, 20), 21]
    assert "They wrote: Picture" in told
    assert "What was said before" in told
    assert approved(waits, zoe, newest(waits)).state == Sending.QUEUED


def test_however_many_wait_their_newer_words_cost_one_query(talk, held, agent, zoe, django_assert_num_queries):
    answered(held, agent)
    writes(talk, "Bob", "Hello?")
    with CaptureQueriesContext(connection) as one:
        queries.listing(talk.brand)
    Conversation.objects.of(talk.brand).update(hold="Press")
    for name, below in (("Dee", "d"), ("Ann", "c")):
        answered(talk.of(name), agent, f"Here, {name}.")
        writes(talk, name, f"{name} again", below)
    with django_assert_num_queries(len(one)):
        lines = queries.listing(talk.brand).lines
    assert sorted(said for line in lines for said in line.since) == ["Ann again", "Dee again", "Hello?"]


def test_what_is_on_its_way_is_not_asked_about(talk, door, agent):
    sent = answered(talk.of("Bob"), agent)
    writes(talk, "Bob", "Hello?")
    assert sent.state == Sending.QUEUED
    assert queries.newer_than([now_of(sent)]) == {}
