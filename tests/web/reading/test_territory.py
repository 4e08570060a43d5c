"""The brand's territory: drawn from its posts and words, measured on every message, shown beside chatter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world
from tests.web.reading.talk import LEAKS, POSTS, heard, posted

from entourage.web.core.models import AuditEvent
from entourage.web.people.models import Person
from entourage.web.reading import actions, bridge, queries
from entourage.web.reading.bridge import measuring, territories
from entourage.web.reading.models import Territory, Vector
from entourage.web.reading.views.risen import near

pytestmark = pytest.mark.django_db

#: Half of it is about what a tea brand does, half is chatter.
TALK = """
    Ann | how hot should the water be for a green tea?
    Ann | the infuser of my teapot is broken, and the tea is full of leaves
    Ann | which black tea do you recommend for the morning?
    Bob | LOL
    Bob | so cute
    Bob | happy birthday grandma
"""


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC", languages=["en"])


#: What it does in words, for a brand that has not posted anything.
WORDS = (
    "green tea", "black tea", "teapot", "kettle", "infuser", "matcha", "linden", "herbal tea", "tea caddy", "mint tea",
    "loose leaf tea", "brewing temperature", "tea tasting",
)  # fmt: skip


def drawn(brand, words=()):
    posted(brand) if not words else None
    actions.give_words(brand=brand, words=words, by=None, at=world.AT)
    bridge.index(brand)
    bridge.gather(brand, now=world.AT + timedelta(days=1))
    return queries.territory_of(brand)


def test_talk_about_what_the_brand_does_is_told_apart_from_chatter(tea):
    told = heard(tea, TALK)
    territory = drawn(tea)
    assert territory.texts == len(POSTS)
    near = dict(Vector.objects.of(tea).values_list("pk", "nearness"))
    edge = queries.about_from(territory)
    assert [near[act.pk] >= edge for act in told] == [True, True, True, False, False, False]


def test_a_brand_that_said_too_little_has_none_and_says_why(tea):
    heard(tea, TALK)
    territory = drawn(tea, words=("tea", "teapot"))
    assert (territory.texts, territory.counts) == (0, {})
    assert "at least 12 different posts and words" in territory.error
    assert set(Vector.objects.of(tea).values_list("nearness", flat=True)) == {None}


def test_the_post_that_was_missing_draws_it(tea):
    """Ten of twelve were there: the twelfth is less than a quarter more."""
    page = world.account(tea, "ourpage", role="own")
    told = heard(tea, TALK)
    for text in POSTS[:11]:
        world.act(page, "post", text=text)
    bridge.index(tea)
    assert queries.territory_of(tea).texts == 0
    world.act(page, "post", text=POSTS[11])
    bridge.index(tea)
    assert queries.territory_of(tea).texts == 12
    assert Vector.objects.of(tea).get(pk=told[0].pk).nearness is not None


def test_a_brand_with_more_texts_than_are_read_draws_it_anew_when_it_has_said_a_quarter_more(tea, monkeypatch):
    monkeypatch.setattr(territories, "READ", 12)
    page = world.account(tea, "ourpage", role="own")
    for text in POSTS[:14]:
        world.act(page, "post", text=text)
    bridge.index(tea)
    drawn_at = queries.territory_of(tea).made_at
    world.act(page, "post", text=POSTS[14])
    bridge.index(tea)
    assert queries.territory_of(tea).made_at == drawn_at
    for text in POSTS[15:18]:
        world.act(page, "post", text=text)
    bridge.index(tea)
    assert queries.territory_of(tea).made_at > drawn_at


def test_a_brand_that_took_its_words_back_measures_nothing_any_more(tea):
    heard(tea, LEAKS, lesson="defect")
    drawn(tea, words=WORDS)
    assert None not in set(Vector.objects.of(tea).values_list("nearness", flat=True))
    actions.give_words(brand=tea, words=["tea"], by=None, at=timezone.now())
    bridge.index(tea)
    territory = queries.territory_of(tea)
    assert (territory.texts, territory.most, territory.unmeasured) == (0, 0, None)
    assert set(Vector.objects.of(tea).values_list("nearness", flat=True)) == {None}
    (topic,) = queries.topics_of(tea, (world.AT - timedelta(days=world.AT.weekday())).date())
    assert topic.row.nearness is not None, "found when there was a territory"
    assert near(topic, territory) == ""


def test_a_territory_drawn_anew_is_measured_in_turns_from_where_it_stopped(tea, monkeypatch):
    heard(tea, LEAKS)
    heard(tea, TALK, at=world.AT + timedelta(hours=1))
    drawn(tea, words=WORDS)
    monkeypatch.setattr(measuring, "BATCH", 3)
    Vector.objects.of(tea).update(nearness=-1)
    actions.give_words(brand=tea, words=[*WORDS, "rooibos"], by=None, at=timezone.now())
    heard(tea, "Eve | which tea for the evening?")
    steps = []
    for done, left in ((5, 12), (5, 7), (5, 2), (2, 0)):
        assert bridge.index(tea, most=5, progress=lambda *told: steps.append(told)) == done
        assert Vector.objects.of(tea).filter(nearness=-1).count() == left
    assert steps == [(1, 5), (4, 5), (5, 5), (3, 5), (5, 5), (3, 5), (5, 5), (2, 2)]
    assert Territory.objects.of(tea).get().unmeasured is None
    assert bridge.index(tea, most=5) == 0


def test_a_measuring_that_was_killed_goes_on_from_its_place(tea, monkeypatch):
    heard(tea, LEAKS)
    drawn(tea, words=WORDS)
    monkeypatch.setattr(measuring, "BATCH", 3)
    Vector.objects.of(tea).update(nearness=-1)
    actions.give_words(brand=tea, words=[*WORDS, "rooibos"], by=None, at=timezone.now())

    def killed(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bridge.index(tea, progress=killed)
    assert Vector.objects.of(tea).filter(nearness=-1).count() == 7
    assert bridge.index(tea) == 7
    assert not Vector.objects.of(tea).filter(nearness=-1).exists()


def test_own_posts_and_answers_are_its_texts_and_a_slogan_counts_once(tea):
    posted(tea)
    page = world.account(tea, "otherpage", role="own")
    for text in POSTS:
        world.act(page, "reply", text=text + "!")
    assert drawn(tea, words=WORDS).texts == len(POSTS) + len(WORDS)


def test_other_words_draw_it_anew_and_measure_every_message_again(tea):
    told = heard(tea, TALK)
    drawn(tea, words=WORDS)
    before = Vector.objects.of(tea).get(pk=told[0].pk).nearness
    assert not actions.give_words(brand=tea, words=WORDS, by=None, at=world.AT)
    cars = ["engine", "gear box", "tyres", "diesel car", "car battery", "brakes", "windscreen", "motorway", "garage",
            "driving licence", "car insurance", "speed limit", "parking"]  # fmt: skip
    later = world.AT + timedelta(days=700)
    assert actions.give_words(brand=tea, words=cars, by=None, at=later)
    bridge.index(tea)
    assert Vector.objects.of(tea).get(pk=told[0].pk).nearness < before
    assert Territory.objects.of(tea).get().given == cars


def test_words_given_are_on_the_trail_and_start_a_job(tea, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.give_words(brand=tea, words=["  green   tea ", "", "green tea"], by=None, at=world.AT)
    assert Territory.objects.of(tea).get().given == ["green tea"]
    assert AuditEvent.objects.of(tea).get(what="territory.changed").detail == {"words": 1}
    assert ProcrastinateJob.objects.filter(task_name="reading.index", args__brand_id=tea.pk).exists()


def test_talk_is_counted_by_ring_and_by_person_with_intervals(tea):
    heard(tea, TALK)
    for name, weeks in (("Ann", 9.0), ("Bob", 0.2)):
        world.standing(Person.objects.of(tea).get(name=name), weeks)
    territory = drawn(tea)
    assert [(one.ring, one.messages, one.about) for one in queries.by_ring(territory)] == [(3, 3, 3), (0, 3, 0)]
    ann, bob = queries.closest_talk(tea, territory)
    assert (ann.name, ann.share, bob.name, bob.share) == ("Ann", 1.0, "Bob", 0.0)
    assert 0 < ann.low < 100 == ann.high
    assert queries.talk_of(tea, ann.person).about == 3
    assert [week.messages for week in queries.by_week(territory)] == [0] * 12 + [6]


def test_a_person_s_page_says_how_much_of_their_talk_is_about_what_the_brand_does(tea, client):
    heard(tea, TALK)
    ann = Person.objects.of(tea).get(name="Ann")
    world.standing(ann)
    drawn(tea)
    world.signed_in(client, world.member(tea))
    assert "3 of 3 messages, as read" in client.get(f"/b/tea/people/{ann.pk}/").content.decode()
    Person.objects.of(tea).filter(pk=ann.pk).update(left_alone_at=world.AT)
    assert "as read" not in client.get(f"/b/tea/people/{ann.pk}/").content.decode()


def test_who_is_left_alone_is_in_no_figure(tea):
    heard(tea, TALK)
    world.standing(Person.objects.of(tea).get(name="Ann"), 9.0)
    Person.objects.of(tea).filter(name="Ann").update(left_alone_at=world.AT)
    territory = drawn(tea)
    assert sum(one.messages for one in queries.by_ring(territory)) == 3
    assert queries.closest_talk(tea, territory) == []


def test_the_page_asks_for_words_where_there_is_no_territory_and_shows_it_where_there_is(tea, client):
    heard(tea, TALK)
    drawn(tea, words=("tea", "teapot"))
    world.signed_in(client, world.member(tea, "manager"))
    assert "You have said too little yet" in client.get("/b/tea/territory/").content.decode()
    answer = client.post("/b/tea/territory/words/", {"given": "\n".join(WORDS)})
    assert answer.status_code == 302
    drawn(tea)
    page = client.get("/b/tea/territory/").content.decode()
    assert "50% of the 6 messages of the last quarter are about what you do" in page


def test_an_agent_sees_the_words_and_does_not_change_them(tea, client):
    drawn(tea, words=WORDS)
    world.signed_in(client, world.member(tea, "agent"))
    assert "loose leaf tea" in client.get("/b/tea/territory/").content.decode()
    assert client.post("/b/tea/territory/words/", {"given": "cars"}).status_code == 403


def test_a_word_that_is_a_text_is_refused(tea, client):
    world.signed_in(client, world.member(tea))
    client.post("/b/tea/territory/words/", {"given": "a" * 81})
    assert not Territory.objects.of(tea).exists()


def test_one_territory_measures_no_other_brand_s_messages(tea):
    ink = world.brand("ink", languages=["en"])
    heard(ink, LEAKS)
    heard(tea, TALK)
    drawn(tea)
    bridge.index(ink)
    assert set(Vector.objects.of(ink).values_list("nearness", flat=True)) == {None}
