"""The inbox's pages: who waits, what was said, who it is, and what is kept for later."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.desk import at, inbox, text_of

from entourage.web.inbox.models import Macro, View

pytestmark = pytest.mark.django_db

COLD = {"warmth": -0.5, "warmth_low": -0.8, "warmth_high": -0.2, "temper": "hostile", "judged": 9, "negative": 7}


def test_the_list_says_who_waits_what_they_said_and_why_it_is_urgent(page, talk):
    world.standing(talk.people["Dee"], 7.0, name="hostile_regular", **COLD)
    shown = text_of(page.get(inbox()))
    for words in ("Ann", "it never came", "Dee", "this kettle leaks", "hostile regular", "vehement words", "complaint"):
        assert words in shown
    assert "where is my parcel?" not in shown


def test_a_list_costs_the_same_with_three_and_with_thirty_conversations(page, talk, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as few:
        page.get(inbox())
    for number in range(27):
        talk.one(f"z{number}", 4, f"Zoe {number}", intent="care_question", text=f"question {number}")
    talk.thread()
    with django_assert_max_num_queries(14) as many:
        assert "question 26" in text_of(page.get(inbox()))
    assert len(many) == len(few)


def test_a_conversation_costs_the_same_with_three_and_with_thirty_messages(page, talk, django_assert_max_num_queries):
    with django_assert_max_num_queries(37) as few:
        page.get(at(talk.of("Ann")))
    for number in range(27):
        talk.one(f"z{number}", 1, "Ann", "c", intent="complaint", text=f"and {number}")
    talk.thread()
    with django_assert_max_num_queries(37) as many:
        assert "and 26" in text_of(page.get(at(talk.of("Ann"))))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"q": "kettle"}, "Dee", "Ann"),
        ({"sign": "negative"}, "Dee", "Bob"),
        ({"box": "mine"}, "Nothing", "Dee"),
        ({"department": "care"}, "Bob", "Zoe"),
        ({"box": "resolved"}, "Nothing matches", "Dee"),
        ({"label": "no number", "waiting": "²", "after": "odd"}, "Dee", "Zoe"),
    ],
)
def test_filters_are_an_address(page, talk, asked, there, not_there):
    rows = page.get(inbox(**asked)).content.decode().partition('id="rows"')[2]
    assert there in rows
    assert not_there not in rows


def test_a_filter_that_is_set_says_so_and_is_taken_away_by_a_press(page, talk):
    shown = page.get(inbox(sign="negative", q="kettle", state="vehement")).content.decode()
    assert "Sign: negative" in shown
    assert 'href="/b/tea/inbox/?q=kettle&amp;state=vehement"' in shown


def test_an_empty_inbox_says_what_to_do(client):
    brand = world.brand("ink")
    world.signed_in(client, world.member(brand))
    shown = text_of(client.get("/b/ink/inbox/"))
    assert "Nobody has written yet" in shown
    assert "Import a file" in shown


def test_a_conversation_shows_its_thread_in_order_and_the_person_beside_it(page, talk):
    world.standing(talk.people["Ann"], 9.5, warmth=0.25, warmth_low=-0.1, warmth_high=0.6)
    shown = text_of(page.get(at(talk.of("Ann"))))
    places = [shown.index(words) for words in ("where is my parcel?", "on its way", "Answer Ann")]
    assert places == sorted(places)
    for words in ("inner circle", "9.5", "+0.25", "Which words decided", "Their whole story"):
        assert words in shown


def test_of_who_asked_to_be_left_alone_no_profile_is_shown_and_they_are_answered(page, talk):
    ann = talk.people["Ann"]
    world.standing(ann, 9.5)
    type(ann).objects.of(talk.brand).filter(pk=ann.pk).update(left_alone_at=world.AT)
    shown = text_of(page.get(at(talk.of("Ann"))))
    assert "asked to be left alone" in shown
    assert "9.5" not in shown
    assert "Answer Ann" in shown


def test_an_analyst_reads_and_has_no_box(client, talk):
    world.signed_in(client, world.member(talk.brand, "analyst"))
    shown = client.get(at(talk.of("Dee"))).content.decode()
    assert "this kettle leaks" in shown
    assert "answer-text" not in shown
    assert "do-note" not in shown


class TestMacros:
    def test_one_is_written_filled_in_and_thrown_away(self, page, talk):
        told = {"name": "Ships", "text": "Dear {name}, we do.", "department": "care", "language": ""}
        page.post("/b/tea/inbox/macros/add/", told)
        macro = Macro.objects.of(talk.brand).get()
        it = talk.of("Bob")
        assert text_of(page.get(f"{at(it, 'filled')}?macro={macro.pk}")) == "Dear Bob, we do."
        assert "Dear Bob, we do.</textarea>" in page.get(f"{at(it)}?macro={macro.pk}").content.decode()
        page.post(f"/b/tea/inbox/macros/{macro.pk}/", told | {"text": "Of course, {name}."})
        macro.refresh_from_db()
        assert macro.text == "Of course, {name}."
        page.post(f"/b/tea/inbox/macros/{macro.pk}/remove/")
        assert not Macro.objects.of(talk.brand).exists()

    def test_two_may_not_have_the_same_name(self, page, talk):
        for text in ("one", "two"):
            answer = page.post("/b/tea/inbox/macros/add/", {"name": "Ships", "text": text})
        assert answer.status_code == 422
        assert "Another macro has this name already" in answer.content.decode()
        assert Macro.objects.of(talk.brand).get().text == "one"


class TestViews:
    def test_filters_are_kept_under_a_name_for_oneself_or_for_everybody(self, page, client, talk, bea):
        for name, shared in (("Angry", ""), ("Ours", "1")):
            page.post("/b/tea/inbox/views/", {"name": name, "query": "sign=negative&odd=1", "shared": shared})
        assert {view.query for view in View.objects.of(talk.brand)} == {"sign=negative"}
        assert "Angry" in text_of(page.get(inbox()))
        world.signed_in(client, bea)
        others = text_of(client.get(inbox()))
        assert "Ours" in others
        assert "Angry" not in others
        mine = View.objects.of(talk.brand).get(name="Angry")
        assert client.post(f"/b/tea/inbox/views/{mine.pk}/remove/").status_code == 404

    def test_one_is_thrown_away(self, page, talk):
        page.post("/b/tea/inbox/views/", {"name": "Angry", "query": "sign=negative"})
        page.post(f"/b/tea/inbox/views/{View.objects.of(talk.brand).get().pk}/remove/")
        assert not View.objects.of(talk.brand).exists()
