"""Search: exact words, other words, copies, brands, and a page that waits for a worker."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.reading.talk import LEAKS, heard

from entourage.engine.text.encoder import fast
from entourage.web.listen.models import Activity
from entourage.web.reading import actions, bridge, jobs, queries
from entourage.web.reading.bridge import looked_through
from entourage.web.reading.models import Search, Words

pytestmark = pytest.mark.django_db

FRENCH = """
    Ann  | Mes théières sont arrivées cassées
    Bob  | Où est ma commande passée lundi ?
    Cyd  | J'ai commandé une théière, toujours rien reçu
"""


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


def told(brand, found):
    return [hit.activity.text for hit in queries.hits(brand, [one.as_row() for one in found], limit=50)]


def test_words_match_without_accents_and_in_any_ending(tea):
    heard(tea, FRENCH, language="fr")
    bridge.index(tea)
    for words in ("theiere", "théières", "THÉIÈRE"):
        assert len(queries.matching(tea, words)) == 2
    assert len(queries.matching(tea, "commandes")) == 2


def test_a_language_that_nobody_stems_matches_by_whole_words(tea):
    heard(tea, "Ann | merhaba arkadaşlar", language="tr")
    bridge.index(tea)
    assert Words.objects.of(tea).get().language == "tr"
    assert len(queries.matching(tea, "arkadaslar")) == 1


def test_messages_in_the_words_asked_for_come_first(tea):
    heard(tea, LEAKS)
    bridge.index(tea)
    found = bridge.search(tea, "kettle leaks", limit=10)
    assert all("leak" in text for text in told(tea, found)[:5])
    assert found[0].matched
    assert found[0].cosine is not None


def test_a_phrase_and_a_minus_are_asked_exactly(tea):
    heard(tea, LEAKS)
    bridge.index(tea)
    assert told(tea, bridge.search(tea, '"second new kettle"')) == ["the second new kettle leaks on the table too"]
    without = told(tea, bridge.search(tea, "kettle -warranty"))
    assert len(without) >= 4
    assert not any("warranty" in text for text in without)
    assert bridge.search(tea, '"kettle of fish"') == []


def test_what_means_the_same_as_a_message_is_found_without_the_message_itself(tea):
    acts = heard(tea, LEAKS)
    bridge.index(tea)
    found = bridge.search(tea, "", like=acts[0].pk, limit=3)
    assert acts[0].pk not in {one.activity for one in found}
    assert all("leak" in text for text in told(tea, found))


def test_copies_stand_behind_the_best_of_them(tea):
    heard(tea, "\n".join(f"Ann | Win a free kettle now, number {number}!" for number in range(5)))
    bridge.index(tea)
    (one,) = bridge.search(tea, "free kettle")
    assert one.copies == 4


def test_a_search_since_a_moment_leaves_the_older_out(tea):
    heard(tea, LEAKS, at=world.AT - timedelta(weeks=30))
    new = heard(tea, "Eve | my kettle leaks today")
    bridge.index(tea)
    assert told(tea, bridge.search(tea, "kettle leaks", since=world.AT - timedelta(weeks=1))) == [new[0].text]


def test_a_process_that_keeps_vectors_finds_what_came_and_not_what_went(tea):
    """Search, then an edit, a deletion and a new message: the next search knows."""
    acts = heard(tea, LEAKS)
    bridge.index(tea)
    assert bridge.search(tea, "kettle leaks")
    Activity.objects.of(tea).filter(pk=acts[1].pk).update(deleted_at=world.AT, text="")
    Activity.objects.of(tea).filter(pk=acts[5].pk).update(text="who goes to the cinema tonight?")
    world.reading(Activity.objects.of(tea).get(pk=acts[5].pk), None)
    new = heard(tea, "Eve | our old kettle leaks over the cooker")
    bridge.index(tea)
    after = {one.activity for one in bridge.search(tea, "kettle leaks")}
    assert new[0].pk in after
    assert not {acts[1].pk, acts[5].pk} & after


def test_vectors_are_kept_for_one_brand_and_not_for_long(tea, monkeypatch):
    heard(tea, LEAKS)
    bridge.index(tea)
    read = []
    monkeypatch.setattr(
        looked_through, "_read", lambda *asked, real=looked_through._read: read.append(1) or real(*asked)
    )
    bridge.search(tea, "kettle")
    first = len(read)
    bridge.search(tea, "table")
    assert len(read) == first + 1, "only what is new is asked for"
    monkeypatch.setattr(looked_through, "KEPT_S", -1.0)
    bridge.search(tea, "leaks")
    assert len(read) == first + 1 + first


def test_a_search_looks_through_all_messages_however_few_fit_into_memory(tea, monkeypatch):
    """The last block is smaller than the one that did not fit: kept, it would hide those between."""
    heard(tea, LEAKS)
    bridge.index(tea)
    monkeypatch.setattr(looked_through, "_kept", looked_through._Kept())
    monkeypatch.setattr(looked_through, "BLOCK", 4)
    monkeypatch.setattr(looked_through, "MOST", 800)
    looked = [sum(len(block.told) for block in looked_through.blocks(tea, fast())) for _ in range(3)]
    assert looked == [10, 10, 10]
    assert looked_through._kept.blocks, "one of them fits"


def test_what_a_search_read_leaves_memory_though_nobody_searches_again(tea, monkeypatch):
    heard(tea, LEAKS)
    bridge.index(tea)
    monkeypatch.setattr(looked_through, "_kept", looked_through._Kept())
    monkeypatch.setattr(looked_through, "KEPT_S", 3.0)  # longer than a search takes where much else runs
    bridge.search(tea, "kettle")
    assert looked_through._kept.blocks
    until = time.monotonic() + 60
    while looked_through._kept.blocks and time.monotonic() < until:
        time.sleep(0.05)
    assert not looked_through._kept.blocks


def test_one_brand_finds_nothing_of_the_other(tea):
    heard(world.brand("ink"), LEAKS)
    bridge.index(tea)
    assert bridge.search(tea, "kettle leaks") == []
    assert queries.matching(tea, "kettle") == []


@pytest.mark.parametrize("odd", ["", "   ", '"', "-", "' or 1=1 --", "😀", "\ud800", "a" * 5000, "( & | ! :*", "<b>"])
def test_no_question_breaks_a_search(tea, odd):
    heard(tea, LEAKS)
    bridge.index(tea)
    if "\ud800" not in odd:
        assert isinstance(bridge.search(tea, odd), list)


def test_the_page_shows_exact_words_at_once_and_meaning_when_a_worker_has_looked(tea, client):
    heard(tea, LEAKS)
    bridge.index(tea)
    world.signed_in(client, world.member(tea, "analyst"))
    first = client.get("/b/tea/search/", {"q": "new kettle leaks"}).content.decode()
    assert "the new kettle leaks on the table" in first
    assert "likeness of meaning" not in first
    assert "Look for the same in other words" in first
    assert not Search.objects.of(tea).exists()
    answer = client.post("/b/tea/search/look/", {"q": "new kettle leaks"})
    assert answer["Location"] == "/b/tea/search/?q=new+kettle+leaks"
    waiting = client.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    bridge.answer(Search.objects.of(tea).get().pk, now=timezone.now())
    done = client.get(answer["Location"]).content.decode()
    assert "every 1s" not in done
    assert "likeness of meaning" in done
    assert "nearly the same" in done, "copies stand behind the best of them"


def test_the_same_question_is_asked_once(tea, client):
    world.signed_in(client, world.member(tea))
    for _ in range(3):
        client.post("/b/tea/search/look/", {"q": "kettle"})
    assert Search.objects.of(tea).count() == 1


def test_an_answer_is_stale_once_newer_messages_are_indexed(tea):
    heard(tea, LEAKS)
    bridge.index(tea)
    asked = actions.ask(brand=tea, words="kettle", by=None, at=timezone.now())
    bridge.answer(asked.pk, now=timezone.now())
    wanted = {"words": "kettle", "like": None, "since": None, "at": timezone.now()}
    assert queries.fresh_search(tea, **wanted) == asked
    heard(tea, "Eve | my kettle leaks today")
    bridge.index(tea)
    assert queries.fresh_search(tea, **wanted) is None


def test_searches_are_kept_for_an_hour_though_nobody_searches_again(tea):
    actions.ask(brand=tea, words="old", by=None, at=timezone.now() - timedelta(minutes=61))
    actions.ask(brand=tea, words="new", by=None, at=timezone.now() - timedelta(minutes=59))
    jobs.tidy(0)
    assert list(Search.objects.of(tea).values_list("words", flat=True)) == ["new"]


def test_markup_in_a_message_reaches_no_page(tea, client):
    heard(tea, "Ann | <script>alert('x')</script> kettle <b>leaks</b>")
    bridge.index(tea)
    world.signed_in(client, world.member(tea))
    page = client.get("/b/tea/search/", {"q": "kettle"}).content.decode()
    assert "&lt;script&gt;alert(" in page
    assert "<script>alert(" not in page
