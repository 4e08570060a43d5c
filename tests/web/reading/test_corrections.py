"""Corrections: they hold at once, wherever the same words stand, and can be put back."""

from __future__ import annotations

import pytest
from tests.web import world

from entourage.web.core.models import AuditEvent
from entourage.web.people import actions as people
from entourage.web.people.models import Person
from entourage.web.reading import actions, jobs, queries
from entourage.web.reading.models import Label, Reading, Teaching

pytestmark = pytest.mark.django_db

IRONY = "Bravo, another parcel lost, thanks"


@pytest.fixture
def tea():
    return world.brand("tea")


@pytest.fixture
def olga(tea):
    return world.member(tea, "agent")


def written(brand, name, text, intent="praise", **fields):
    person = world.person(brand, name)
    return world.reading(world.act(person, text=text), 1, intent, **fields)


def corrected(reading, by, **said):
    for about, value in said.items():
        actions.correct(reading=queries.find(reading.brand, reading.pk), about=about, value=value, by=by, at=world.AT)


def now(reading):
    return Reading.objects.of(reading.brand).get(pk=reading.pk)


def test_a_correction_holds_at_once(tea, olga):
    irony = written(tea, "Dee", IRONY)
    corrected(irony, olga, sentiment="negative", intent="complaint")
    told = now(irony)
    assert (told.sign, told.negative, told.positive, told.intent, told.department) == (-1, 1000, 0, "complaint", "care")
    assert told.corrected


def test_a_correction_holds_wherever_the_same_words_stand(tea, olga):
    """White space does not make other words; a brand's corrections are its own."""
    irony, again = written(tea, "Dee", IRONY), written(tea, "Cyd", f"  {IRONY.replace(' ', '  ')}\n")
    other, ink = written(tea, "Ann", "Bravo, thanks"), written(world.brand("ink"), "Dee", IRONY)
    corrected(irony, olga, sentiment="negative")
    assert [now(one).sign for one in (irony, again, other, ink)] == [-1, -1, 1, 1]


def test_what_is_not_negative_is_not_vehement(tea, olga):
    irony = written(tea, "Dee", IRONY, vehemence=60)
    corrected(irony, olga, sentiment="neutral")
    assert now(irony).vehemence == 0
    corrected(irony, olga, sentiment="negative")
    assert now(irony).vehemence == 60


def test_what_was_read_can_be_put_back(tea, olga):
    irony, again = written(tea, "Dee", IRONY), written(tea, "Cyd", IRONY)
    before = [(one.sign, one.positive, one.intent) for one in map(now, (irony, again))]
    corrected(irony, olga, sentiment="negative", intent="complaint", language="fr")
    actions.put_back(reading=now(again), by=olga, at=world.AT)
    assert [(one.sign, one.positive, one.intent) for one in map(now, (irony, again))] == before
    assert not Label.objects.of(tea).exists()
    assert not Reading.objects.of(tea).filter(corrected=True).exists()


def test_correcting_twice_changes_nothing_and_changing_one_s_mind_does(tea, olga):
    irony = written(tea, "Dee", IRONY)
    corrected(irony, olga, sentiment="negative")
    first = Label.objects.of(tea).get().pk
    corrected(irony, olga, sentiment="negative")
    assert Label.objects.of(tea).get().pk == first
    corrected(irony, olga, sentiment="neutral")
    label = Label.objects.of(tea).get()
    assert (label.value, label.pk > first) == ("neutral", True)
    assert now(irony).told["sign"] == 1, "what the reader itself said is kept through all corrections"


def test_an_intent_that_is_none_of_these_is_for_nobody(tea, olga):
    irony = written(tea, "Dee", IRONY, lesson="defect")
    corrected(irony, olga, intent="")
    assert (now(irony).intent, now(irony).department, now(irony).lesson) == ("", "", "")


@pytest.mark.parametrize(
    ("intent", "before", "after"),
    [("idea", "", "idea"), ("complaint", "defect", "defect"), ("complaint", "idea", ""), ("praise", "how_to", "")],
)
def test_what_a_message_teaches_follows_its_intent(tea, olga, intent, before, after):
    said = written(tea, "Dee", "The lid could be blue", intent="chatter", lesson=before)
    corrected(said, olga, intent=intent)
    assert now(said).lesson == after


def test_the_trail_tells_who_corrected_what_but_not_the_words(tea, olga):
    irony = written(tea, "Dee", IRONY)
    corrected(irony, olga, sentiment="negative")
    actions.put_back(reading=now(irony), by=olga, at=world.AT)
    made, undone = AuditEvent.objects.of(tea).filter(what__startswith="reading.").order_by("pk")
    assert (made.by, made.subject, made.detail) == (
        olga, str(irony.pk), {"about": "sentiment", "before": 1, "value": "negative"},
    )  # fmt: skip
    assert (undone.what, undone.by) == ("reading.put-back", olga)


def test_ten_answers_have_the_reader_taught(tea, olga, django_capture_on_commit_callbacks):
    said = [written(tea, f"Fan {n}", f"Message {n}") for n in range(10)]
    with django_capture_on_commit_callbacks() as asked:
        for one in said[:9]:
            corrected(one, olga, sentiment="negative")
    assert asked == []
    with django_capture_on_commit_callbacks() as asked:
        corrected(said[9], olga, sentiment="negative")
    assert len(asked) == 1
    assert Teaching.objects.of(tea).get().state == "waiting"


def test_words_that_stand_in_a_thousand_messages_are_told_anew_by_a_job(
    tea, olga, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("entourage.web.reading.actions.correcting.AT_ONCE", 5)
    person = world.person(tea, "Bob")
    said = [world.reading(world.act(person, text="Merci"), 0, "chatter") for _ in range(17)]
    with django_capture_on_commit_callbacks() as asked:
        corrected(said[0], olga, sentiment="positive")
    assert len(asked) == 1
    at_once = Reading.objects.of(tea).filter(sign=1).order_by("pk")
    assert said[0].pk in {one.pk for one in at_once}
    jobs.tell_anew(tea.pk, str(now(said[0]).text_key), str(max(at_once.values_list("pk", flat=True)[:5])))
    assert Reading.objects.of(tea).filter(sign=1, corrected=True).count() == 17


def test_labels_of_one_text_are_asked_for_in_one_query(tea, olga, django_assert_num_queries):
    irony = written(tea, "Dee", IRONY)
    corrected(irony, olga, sentiment="negative", intent="complaint")
    with django_assert_num_queries(1):
        found = queries.labels_of(tea, [irony.text_key])
    assert found == {irony.text_key: {"sentiment": "negative", "intent": "complaint"}}


def test_a_correction_of_a_message_that_has_gone_leaves_nothing(tea, olga):
    """The page still showed it; meanwhile Dee was erased."""
    irony = queries.find(tea, written(tea, "Dee", IRONY).pk)
    people.erase(person=Person.objects.of(tea).get(name="Dee"), by=None, at=world.AT)
    assert actions.correct(reading=irony, about="sentiment", value="negative", by=olga, at=world.AT) is None
    assert actions.put_back(reading=irony, by=olga, at=world.AT) is None
    assert not Label.objects.of(tea).exists()
    assert not AuditEvent.objects.of(tea).filter(what__startswith="reading.").exists()


def test_a_correction_lies_over_what_was_read_last_not_over_what_the_page_showed(tea, olga):
    irony = queries.find(tea, written(tea, "Dee", IRONY).pk)
    Reading.objects.of(tea).filter(pk=irony.pk).update(sign=-1, negative=900, positive=50, reader="taught")
    shown = actions.correct(reading=irony, about="intent", value="complaint", by=olga, at=world.AT)
    assert (shown.sign, shown.intent, shown.reader) == (-1, "complaint", "taught")
    Reading.objects.of(tea).filter(pk=irony.pk).update(told=now(irony).told | {"sign": 0})
    assert actions.put_back(reading=irony, by=olga, at=world.AT).sign == 0
    assert (now(irony).sign, now(irony).intent) == (0, "praise")


def test_the_page_of_a_message_that_went_meanwhile_is_not_there(tea, olga, client, monkeypatch):
    irony = queries.find(tea, written(tea, "Dee", IRONY).pk)
    people.erase(person=Person.objects.of(tea).get(name="Dee"), by=None, at=world.AT)
    # As if it had gone between the look at it and the writing.
    monkeypatch.setattr("entourage.web.reading.views.corrections.found_or_404", lambda _brand, _pk: irony)
    world.signed_in(client, olga)
    for path, said in (("correct", {"sentiment": "negative"}), ("confirm", {}), ("put-back", {})):
        assert client.post(f"/b/tea/reading/{irony.pk}/{path}/", said).status_code == 404
