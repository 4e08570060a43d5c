"""Pages that wait for a worker: they follow it, stop when it is done or dead, and ask for no more than they need."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.reading.talk import LEAKS, heard

from entourage.web.reading import actions, bridge
from entourage.web.reading.models import Indexing, Search, Territory

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}
POLL = {**HX, "HX-Trigger": "found", "HX-Target": "found"}


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


@pytest.fixture
def olga(tea, client):
    return world.signed_in(client, world.member(tea, "owner"))


def indexing(brand, *, ago=timedelta(0), total=10):
    Indexing.objects.of(brand).update_or_create(
        brand=brand, defaults={"done": 4, "total": total, "moved_at": timezone.now() - ago}
    )


def shown(client, path):
    return client.get(f"/b/tea/{path}").content.decode()


@pytest.mark.parametrize("path", ["topics/", "lessons/", "search/", "territory/"])
def test_a_page_follows_the_indexing_while_it_moves(tea, olga, path):
    indexing(tea)
    page = shown(olga, path)
    assert "Messages are being indexed" in page
    assert 'hx-get="/b/tea/search/indexing/"' in page
    indexing(tea, ago=timedelta(days=3))
    assert "Messages are being indexed" not in shown(olga, path), "whoever was killed three days ago runs no more"


def test_the_bar_says_when_all_is_indexed_and_not_between_two_turns(tea, olga):
    heard(tea, LEAKS)
    indexing(tea)
    assert 'value="4"' in olga.get("/b/tea/search/indexing/", headers=HX).content.decode()
    bridge.index(tea, most=5)
    between = olga.get("/b/tea/search/indexing/", headers=HX).content.decode()
    assert "every 1s" in between
    bridge.index(tea)
    done = olga.get("/b/tea/search/indexing/", headers=HX).content.decode()
    assert "every 1s" not in done
    assert "All messages are indexed" in done
    indexing(tea, ago=timedelta(days=3))
    assert olga.get("/b/tea/search/indexing/", headers=HX).content.decode().strip() == ""


def test_a_page_that_waits_for_a_search_does_not_match_words_each_second(tea, olga, monkeypatch):
    heard(tea, LEAKS)
    bridge.index(tea)
    matched = []
    matching = "entourage.web.reading.views.looking.queries.matching"
    from entourage.web.reading.queries import matching as real

    monkeypatch.setattr(matching, lambda *given, **named: matched.append(1) or real(*given, **named))
    olga.post("/b/tea/search/look/", {"q": "kettle"})
    assert "the new kettle leaks" in shown(olga, "search/?q=kettle")
    assert len(matched) == 1
    polled = olga.get("/b/tea/search/?q=kettle", headers=POLL)
    assert (polled.status_code, polled.content, len(matched)) == (204, b"", 1)
    bridge.answer(Search.objects.of(tea).get().pk, now=timezone.now())
    done = olga.get("/b/tea/search/?q=kettle", headers=POLL)
    assert done.status_code == 200
    assert "every 1s" not in done.content.decode()


def test_what_was_typed_stays_when_one_word_is_too_long(tea, olga):
    actions.give_words(brand=tea, words=["oolong"], by=None, at=world.AT)
    answer = olga.post("/b/tea/territory/words/", {"given": "green tea\n" + "a" * 81})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "green tea" in page
    assert "at most 80 letters" in page
    assert Territory.objects.of(tea).get().given == ["oolong"]


def test_a_refusal_is_seen_where_it_was_pressed(tea, olga):
    """htmx shows no answer that is called an error: the sentence comes with the message."""
    (told,) = heard(tea, "Dee | Bravo")
    answer = olga.post(f"/b/tea/reading/{told.pk}/correct/", {"sentiment": "furious"}, headers=HX)
    assert answer.status_code == 200
    assert "Choose among the words of the list." in answer.content.decode()
