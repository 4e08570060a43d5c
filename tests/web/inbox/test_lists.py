"""The list, search and a thread: what is found, in which order, and at the same cost however much there is."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.inbox import actions, queries
from entourage.web.inbox.models import Conversation, Message
from entourage.web.inbox.queries import Filters, searching
from entourage.web.inbox.queries import listing as module
from entourage.web.outbox.models import Outgoing
from entourage.web.people.actions import erase, meet
from entourage.web.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Talk:
    made = Talk(world.brand("tea"))
    made.say("""
        a | 9   | Ann   | complaint     | The kettle leaks again
        b | 8   | Bob   | praise        | Le thé à la crème, délicieux
        c | 7   | Cyd   | care_question | Where are the kettles?
        d | 6   | us >c |               | In the shop
        e | 999 | Dee   | care_question | is anybody there?
    """)
    made.thread()
    return made


@pytest.fixture
def olga(talk):
    return world.member(talk.brand, "agent", "olga@example.org")


def names(talk, member, **asked):
    found = queries.listed(talk.brand, member, Filters.read(asked))
    return [one.account.name for one in found.conversations]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Bob", "Ann"]),
        ({"sort": "waiting"}, ["Ann", "Bob"]),
        ({"box": "waiting"}, ["Cyd"]),
        ({"box": "lapsed"}, ["Dee"]),
        ({"box": "all"}, ["Cyd", "Bob", "Ann", "Dee"]),
        ({"box": "mine"}, []),
        ({"box": "unassigned"}, ["Bob", "Ann"]),
        ({"department": "marketing"}, ["Bob"]),
        ({"sign": "negative"}, ["Ann"]),
        ({"intent": "praise"}, ["Bob"]),
        ({"state": "vehement"}, ["Ann"]),
        ({"network": "mastodon"}, []),
        ({"place": "direct"}, []),
        ({"language": "en"}, ["Bob", "Ann"]),
        ({"waiting": "1"}, ["Bob", "Ann"]),
        ({"box": "nonsense", "sort": "nonsense", "label": "x", "person": "1; drop"}, ["Bob", "Ann"]),
    ],
)
def test_filters_find_what_they_say_the_newest_words_first(talk, olga, asked, found):
    assert names(talk, olga, **asked) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kettle", ["Cyd", "Ann"]),  # of one stem
        ("creme", ["Bob"]),  # without accents
        ("delicieuses", ["Bob"]),  # a French stem
        ("shop", ["Cyd"]),  # our own words
        ('"kettle leaks"', ["Ann"]),
        ("kettle -leaks", []),  # the plain word: kettles are others
        ("bob", ["Bob"]),
        ("@dee", ["Dee"]),
        ("nothing at all", []),
        ("%_\\", []),
    ],
)
def test_words_are_found_in_any_stem_and_people_by_name(talk, olga, words, found):
    assert names(talk, olga, q=words, box="all") == found


@pytest.mark.parametrize("way", list(product((False, True), (1, 2, 300), (1, 2, 3, 60_000))))
@pytest.mark.parametrize("words", ["kettle", "kettle or the", "kettle -leaks", "la the is in", "nowhere"])
def test_however_words_are_looked_for_the_newest_that_hold_them_are_found(talk, monkeypatch, words, way):
    common, matched, looked = way
    ink = Talk(world.brand("ink"))
    ink.say("k | 5 | Ann | complaint | The kettle leaks in there, too")
    ink.thread()
    monkeypatch.setattr(searching, "MATCHED", 300)
    monkeypatch.setattr(searching, "LOOKED", 60_000)
    monkeypatch.setattr(searching, "_common", lambda *_: False)
    newest = Message.objects.of(talk.brand).order_by("-at")
    held = [one.conversation_id for one in newest if matches(one, words)]
    assert set(queries.found(talk.brand, words)) == set(held)
    monkeypatch.setattr(searching, "MATCHED", matched)
    monkeypatch.setattr(searching, "LOOKED", looked)
    monkeypatch.setattr(searching, "_common", lambda *_: common)
    assert sorted(queries.found(talk.brand, words)) == sorted(set(held[:matched]))


def matches(message, words):
    """What PostgreSQL says of the message by itself."""
    with connection.cursor() as cursor:
        query, _ = searching._read(cursor, words)
        cursor.execute("SELECT words @@ %s::tsquery FROM inbox_message WHERE activity_id = %s",
                       [query, message.activity_id])  # fmt: skip
        return cursor.fetchone()[0]


@pytest.fixture
def zoe(talk):
    """Somebody who has just written, and whom nobody has scored."""
    number = world.person(talk.brand, "nobody").pk + 1_000
    account = world.account(talk.brand, "zoe_l", name="Zoé Lefèvre", person_id=number)
    world.act(account, "mention", world.AT - timedelta(hours=1), toward=talk.page, text="bonjour")
    talk.thread()
    return account


@pytest.mark.parametrize("words", ["lefevre", "Zoé", "@zoe_l", "zoe_l"])
def test_who_was_never_scored_is_found_by_name_and_handle(talk, olga, zoe, words):
    assert names(talk, olga, q=words) == ["Zoé Lefèvre"]
    assert Person.objects.of(talk.brand).get(pk=zoe.person_id).name == "Zoé Lefèvre"


def test_a_scoring_finds_who_wrote_before_and_changes_nothing_about_them(talk, olga, zoe):
    def known():
        return Person.objects.of(talk.brand).filter(pk=zoe.person_id).values_list("name", "kind", "met_at").get()

    before = known()
    meet(brand=talk.brand)
    assert known() == before


def test_who_is_erased_is_not_met_again_by_threading_anew(talk, olga, zoe):
    erase(person=Person.objects.of(talk.brand).get(pk=zoe.person_id), by=None, at=NOW)
    talk.thread(anew=True)
    assert names(talk, olga, q="lefevre", box="all") == []
    assert not Person.objects.of(talk.brand).filter(pk=zoe.person_id).exists()


def test_what_was_edited_is_found_by_its_new_words_only(talk, olga):
    said = talk.lines["a"]
    type(said).objects.of(talk.brand).filter(pk=said.pk).update(text="The teapot drips")
    talk.thread()
    assert (names(talk, olga, q="leaks"), names(talk, olga, q="teapot")) == ([], ["Ann"])


def test_pages_follow_each_other_without_gap_or_double(talk, olga):
    for place in range(23):
        talk.one(f"m{place}", 3 + place // 4, "Ann")
    talk.thread()
    for box, sort in (("all", ""), ("", "waiting"), ("", "")):
        seen, after = [], ""
        while True:
            page = queries.listed(talk.brand, olga, Filters(box=box, sort=sort), after=after, size=5)
            seen += [one.pk for one in page.conversations]
            after = page.after
            if not after:
                break
        whole = queries.listed(talk.brand, olga, Filters(box=box, sort=sort), size=100)
        assert seen == [one.pk for one in whole.conversations]
        assert len(set(seen)) == len(seen) >= 25


def test_where_too_many_must_be_looked_through_the_next_page_looks_further(talk, olga, monkeypatch):
    monkeypatch.setattr(module, "LOOKED_THROUGH", 3)
    first = queries.listed(talk.brand, olga, Filters(box="all", intent="complaint"))
    assert ([one.account.name for one in first.conversations], first.looked_through) == (["Ann"], True)
    second = queries.listed(talk.brand, olga, Filters(box="all", intent="complaint"), after=first.after)
    assert (second.conversations, second.looked_through, second.after) == ([], False, "")


#: In no time zone of the database.
FAR = "9999-12-31T23:59:59-23:59_1"


@pytest.mark.parametrize("after", ["nonsense", "2026-03-16T09:00:00_1", "_", "2026-03-16T09:00:00+00:00_x", FAR])
def test_a_place_that_is_none_is_the_beginning(talk, olga, after):
    assert len(queries.listed(talk.brand, olga, Filters(), after=after).conversations) == 2


def test_the_list_and_the_thread_take_the_same_number_of_queries_whatever_they_show(talk, olga):
    def cost(asked):
        with CaptureQueriesContext(
            connection,
        ) as found:
            asked()
        return len(found)

    ask = [
        lambda: queries.listed(talk.brand, olga, Filters(box="all", q="kettle")),
        lambda: queries.counts(talk.brand, olga),
        lambda: queries.thread_of(talk.of("Cyd")),
    ]
    before = [cost(one) for one in ask]
    for place in range(12):
        talk.say(f"k{place} | 5 | Cyd >d | care_question | the kettle {place}")
    talk.thread()
    assert [cost(one) for one in ask] == before
    assert max(before) <= 8


def test_counts_are_those_of_the_boxes_and_stop_at_a_thousand(talk, olga, monkeypatch):
    actions.assign(conversation=talk.of("Ann"), to=olga, by=None, at=NOW)
    counted = {box: one.number for box, one in queries.counts(talk.brand, olga).items() if one.number}
    assert counted == {
        "open": 2, "waiting": 1, "lapsed": 1, "mine": 1, "unassigned": 1, "department:care": 1,
        "department:marketing": 1,
    }  # fmt: skip
    monkeypatch.setattr("entourage.web.inbox.queries.kept.MOST_COUNTED", 1)
    assert queries.counts(talk.brand, olga)["open"] == queries.Count(1, more=True)


def test_who_it_is_and_where_they_stand_is_told_with_the_list(talk, olga):
    world.standing(talk.people["Ann"], 9.0)
    found = {one.account.name: one for one in queries.listed(talk.brand, olga, Filters()).conversations}
    assert (found["Ann"].person_name, found["Ann"].standing["ring"], found["Bob"].standing) == ("Ann", 3, None)


def test_a_thread_shows_what_was_said_noted_done_and_sent_in_order(talk, olga):
    ann = talk.of("Ann")
    actions.claim(conversation=ann, by=olga, at=NOW)
    actions.note(conversation=ann, text="@olga they are right", by=olga, at=NOW + timedelta(seconds=1))
    Outgoing.objects.create(
        brand=talk.brand, network="x", conversation_id=ann.pk, state="queued", text="Sorry!",
        created_at=NOW + timedelta(seconds=2), due_at=NOW,
    )  # fmt: skip
    thread = queries.thread_of(ann)
    assert [item.kind for item in thread.items] == ["message", "step", "note", "outgoing"]
    assert (thread.items[0].reading.intent, thread.items[3].outgoing.text) == ("complaint", "Sorry!")


def test_a_long_thread_goes_back_a_page_at_a_time(talk, monkeypatch):
    monkeypatch.setattr("entourage.web.inbox.queries.threads.PAGE", 4)
    for place in range(9):
        talk.say(f"k{place} | {5 - place / 10} | Cyd >d | | more {place}")
    talk.thread()
    seen, before = [], None
    while True:
        thread = queries.thread_of(talk.of("Cyd"), before=before)
        seen = [item.message.activity.text for item in thread.items if item.kind == "message"] + seen
        before = thread.items[0].at
        if not thread.more:
            break
    assert seen == ["Where are the kettles?", "In the shop", *(f"more {place}" for place in range(9))]


def test_what_changed_after_a_moment_is_told_the_last_first(talk, olga):
    later = NOW + timedelta(minutes=1)
    assert queries.changed_since(talk.brand, later) == queries.Changed(None, [])
    actions.label(conversation=talk.of("Ann"), name="leaks", by=olga, at=later + timedelta(seconds=1))
    actions.resolve(conversation=talk.of("Bob"), by=olga, at=later + timedelta(seconds=2))
    changed = queries.changed_since(talk.brand, later)
    assert (changed.moment, changed.ids) == (later + timedelta(seconds=2), [talk.of("Bob").pk, talk.of("Ann").pk])


def test_one_brand_finds_nothing_of_another(talk, olga):
    ink = Talk(world.brand("ink"))
    ink.say("a | 9 | Ann | | The kettle leaks again")
    ink.thread()
    assert names(talk, olga, q="kettle", box="all") == ["Cyd", "Ann"]
    assert queries.conversation_of(talk.brand, ink.of("Ann").pk) is None
    assert queries.others_of(talk.of("Ann")) == []
    assert Conversation.objects.of(ink.brand).count() == 1
