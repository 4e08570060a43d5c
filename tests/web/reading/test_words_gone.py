"""A reading never outlives its words: the database keeps that, whoever changes them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.web import world
from tests.web.reading.talk import LEAKS, heard, posted

from entourage.web.core.models import AuditEvent
from entourage.web.listen.actions import mark_account
from entourage.web.listen.models import Activity
from entourage.web.people import actions as people
from entourage.web.people.models import Person
from entourage.web.reading import actions, bridge, queries
from entourage.web.reading.models import Label, Reading, Teaching

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea")


def written(who, text="Never again", sign=-1):
    return world.reading(world.act(who, text=text), sign, "complaint")


def labelled(reading):
    actions.correct(reading=reading, about="sentiment", value="neutral", by=None, at=world.AT)
    return reading


def kept(brand):
    return Reading.objects.of(brand).count(), Label.objects.of(brand).count()


@pytest.mark.parametrize(
    "change", [{"text": "Always again"}, {"text": "", "deleted_at": world.AT}, {"deleted_at": world.AT}]
)
def test_an_edit_or_a_deletion_takes_the_reading_and_its_label_away(tea, change):
    said = labelled(written(world.person(tea, "Dee")))
    Activity.objects.of(tea).filter(pk=said.pk).update(**change)
    assert kept(tea) == (0, 0)


@pytest.mark.parametrize("change", [{"url": "https://x.example/1"}, {"text": "Never again"}, {"rating": 2.0}])
def test_what_leaves_the_words_as_they_are_leaves_the_reading(tea, change):
    said = labelled(written(world.person(tea, "Dee")))
    Activity.objects.of(tea).filter(pk=said.pk).update(**change)
    assert kept(tea) == (1, 1)


def test_an_account_that_becomes_ours_has_nothing_read_any_more(tea):
    dee = world.person(tea, "Dee")
    written(dee)
    mark_account(account=world.account_of(dee), role="own", by=None, at=world.AT)
    assert kept(tea) == (0, 0)


def test_who_is_erased_leaves_no_reading_no_label_and_no_trace_on_the_trail(tea):
    dee, ann = world.person(tea, "Dee Vehement"), world.person(tea, "Ann")
    said, stays = labelled(written(dee)), written(ann, "Thanks", 1)
    people.erase(person=dee, by=None, at=world.AT)
    assert list(Reading.objects.of(tea).values_list("pk", flat=True)) == [stays.pk]
    assert kept(tea) == (1, 0)
    assert str(said.pk) not in json.dumps(list(AuditEvent.objects.of(tea).values("subject", "detail")))


def test_a_reader_that_learned_from_an_erased_person_is_taught_anew(tea, django_capture_on_commit_callbacks):
    dee = world.person(tea, "Dee Vehement")
    labelled(written(dee))
    with django_capture_on_commit_callbacks():
        people.erase(person=dee, by=None, at=world.AT)
    assert Teaching.objects.of(tea).get().state == "waiting"


def test_a_reader_that_holds_words_that_have_gone_is_outdated(tea):
    dee, ann = world.person(tea, "Dee"), world.person(tea, "Ann")
    said, _ = labelled(written(dee)), labelled(written(ann, "Thanks", 1))
    teaching = Teaching.objects.create(brand=tea, labels=2, upto=queries.newest_label(tea))
    assert not queries.outdated(tea, teaching)
    Activity.objects.of(tea).filter(pk=said.pk).update(text="")
    assert queries.outdated(tea, teaching)


def test_a_correction_stays_where_somebody_else_wrote_the_very_same_words(tea):
    dee, ann = world.person(tea, "Dee Vehement"), world.person(tea, "Ann")
    labelled(written(dee))
    same = written(ann)
    people.erase(person=dee, by=None, at=world.AT)
    label = Label.objects.of(tea).get()
    assert (label.activity_id, label.text_key) == (same.pk, same.text_key)


def test_who_is_left_alone_is_still_read_so_that_they_are_answered(tea):
    dee = world.person(tea, "Dee")
    said = written(dee)
    people.leave_alone(person=dee, by=None, at=world.AT)
    assert Reading.objects.of(tea).filter(pk=said.pk).exists()


def test_a_person_s_data_tell_what_was_read_in_their_messages(tea):
    dee = world.person(tea, "Dee")
    written(dee)
    world.reading(world.act(world.person(tea, "Ann"), text="Thanks"), 1)
    (read,) = people.access(person=dee, by=None, at=world.AT + timedelta(days=1))["read_in_their_messages"]
    assert (read["sign"], read["intent"], read["department"]) == (-1, "complaint", "care")


def test_a_person_s_data_tell_how_near_their_messages_are_and_what_they_stand_in(tea):
    told = heard(tea, LEAKS, lesson="defect")
    posted(tea)
    actions.give_words(brand=tea, words=["kettle"], by=None, at=world.AT)
    bridge.index(tea)
    bridge.gather(tea, now=world.AT + timedelta(days=2))
    ann = Person.objects.of(tea).get(name="Ann")
    data = people.access(person=ann, by=None, at=world.AT + timedelta(days=3))
    near = {one["activity__network_id"]: one["nearness"] for one in data["nearness_of_their_messages"]}
    assert set(near) == {told[place].network_id for place in (0, 4, 8)}
    assert all(isinstance(one, int) for one in near.values())
    leaks = {told[0].network_id, told[4].network_id}
    for place in ("topics_that_they_stand_in", "lessons_that_they_stand_in"):
        assert {one["activity__network_id"] for one in data[place]} == leaks
    assert "kettle" in data["topics_that_they_stand_in"][0]["topic__words"]
    assert data["lessons_that_they_stand_in"][0]["finding__kind"] == "defect"
