"""The brand's reader learns from what members say; corrections outlive every refit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world

from entourage.engine.text.teaching import Taught
from entourage.web.core.models import AuditEvent
from entourage.web.listen.models import Activity
from entourage.web.people import actions as people
from entourage.web.reading import actions, bridge, jobs, queries
from entourage.web.reading.models import Label, Reading, Teaching

pytestmark = pytest.mark.django_db

# A trade's own words: among climbers a route that is "sick" and "savage" is praised, a "soft" one is not.
KINDS = {
    "positive": ("That {} route is sick", "Savage {} moves, so sick", "Brutal {} finish, properly savage"),
    "negative": ("That {} route is soft", "Soft {} moves again", "Such a soft, plush {} finish"),
}
NAMES = ["north", "south", "east", "west", "upper", "lower", "left", "right"]
IRONY = "Bravo, another soft route, thanks"


@pytest.fixture
def tea():
    return world.brand("tea")


def said(brand, *, days=0):
    """Messages in the trade's words, each with the sign that a member gives it."""
    cyd = world.person(brand, "Cyd")
    told = {}
    for sign, forms in KINDS.items():
        for form in forms:
            for name in NAMES:
                act = world.act(cyd, at=world.AT - timedelta(days=days), text=form.format(name))
                told[act.pk] = sign
    return told


def labelled(brand, told):
    bridge.read_new(brand, now=world.AT)
    for reading in Reading.objects.of(brand).filter(pk__in=told):
        actions.correct(reading=reading, about="sentiment", value=told[reading.pk], by=None, at=world.AT)


def test_what_members_say_teaches_the_reader_and_its_exactness_is_told(tea):
    labelled(tea, said(tea))
    bridge.teach(tea, now=world.AT)
    found = queries.lessons(tea)
    assert (found.teaching.state, found.labels, found.new) == ("done", 48, 0)
    (about,) = found.exactness
    assert (about.about, about.n) == ("sentiment", 48)
    assert about.low < about.share <= about.high + 1e-9
    assert about.shipped_low <= about.shipped <= about.shipped_high
    assert about.share > about.shipped_high
    assert about.used
    fresh = bridge.reader_of(tea).read(["That hidden route is sick", "Soft hidden moves again"])
    assert [one.sign for one in fresh] == [1, -1]
    assert AuditEvent.objects.of(tea).filter(what="reader.taught", detail__labels=48).exists()


def test_recent_messages_are_read_again_with_what_was_learned(tea):
    """Of the last quarter; older ones stay as they were read."""
    told = said(tea)
    old = world.act(world.person(tea, "Ann"), at=world.AT - timedelta(days=200), text="Such a plush, soft line")
    new = world.act(world.person(tea, "Bob"), at=world.AT - timedelta(days=20), text="Such a plush, soft line, really")
    labelled(tea, told)
    before = {row.pk: row.reader for row in Reading.objects.of(tea)}
    jobs.teach(tea.pk)
    while bridge.read_again(tea, now=world.AT, most=50):
        pass
    after = {row.pk: row.reader for row in Reading.objects.of(tea)}
    assert after[new.pk] == bridge.reader_of(tea).id != before[new.pk]
    assert after[old.pk] == before[old.pk]
    assert Reading.objects.of(tea).get(pk=new.pk).sign == -1


def test_messages_of_a_brand_that_fell_silent_are_read_again_too(tea):
    """Its last message is years old: the last quarter is that before it, not that before today."""
    told = said(tea, days=1000)
    new = world.act(world.person(tea, "Bob"), at=world.AT - timedelta(days=990), text="Such a plush, soft line, really")
    labelled(tea, told)
    jobs.teach(tea.pk)
    jobs.read_again(tea.pk)
    assert Reading.objects.of(tea).get(pk=new.pk).reader == bridge.reader_of(tea).id


def test_a_correction_is_never_lost_on_a_refit(tea):
    told = said(tea)
    irony = world.act(world.person(tea, "Dee"), text=IRONY)
    labelled(tea, told)
    reading = Reading.objects.of(tea).get(pk=irony.pk)
    actions.correct(reading=reading, about="sentiment", value="positive", by=None, at=world.AT)
    for _ in range(2):
        bridge.teach(tea, now=world.AT)
        while bridge.read_again(tea, now=world.AT):
            pass
        kept = Reading.objects.of(tea).get(pk=irony.pk)
        assert (kept.sign, kept.positive, kept.corrected) == (1, 1000, True)
    Reading.objects.of(tea).all().delete()
    bridge.read_new(tea, now=world.AT)
    assert Reading.objects.of(tea).get(pk=irony.pk).sign == 1


def test_a_correction_put_back_after_the_refit_is_gone(tea):
    labelled(tea, said(tea))
    irony = world.act(world.person(tea, "Dee"), text=IRONY)
    bridge.read_new(tea, now=world.AT)
    reading = Reading.objects.of(tea).get(pk=irony.pk)
    actions.correct(reading=reading, about="intent", value="idea", by=None, at=world.AT)
    bridge.teach(tea, now=world.AT)
    actions.put_back(reading=Reading.objects.of(tea).get(pk=irony.pk), by=None, at=world.AT)
    Reading.objects.of(tea).filter(pk=irony.pk).delete()
    bridge.read_new(tea, now=world.AT)
    assert Reading.objects.of(tea).get(pk=irony.pk).intent != "idea"


def test_the_command_line_reads_with_the_brand_s_corrections(tea):
    assert bridge.taught_of(tea) is None
    world.act(world.person(tea, "Dee"), text=IRONY)
    bridge.read_new(tea, now=world.AT)
    actions.correct(reading=Reading.objects.of(tea).get(), about="sentiment", value="negative", by=None, at=world.AT)
    taught = bridge.taught_of(tea)
    assert isinstance(taught, Taught)
    from entourage.engine.text.reading import Reader

    (told,) = Reader(taught=taught).read([IRONY])
    assert (told.sign, told.corrected) == (-1, ("sentiment",))


def test_words_of_somebody_erased_are_unlearned_before_anything_is_read(tea):
    told = said(tea)
    dee = world.person(tea, "Dee Vehement")
    irony = world.act(dee, text=IRONY)
    labelled(tea, told | {irony.pk: "negative"})
    bridge.teach(tea, now=world.AT)
    before, reader = Teaching.objects.of(tea).get(), bridge.reader_of(tea).id
    people.erase(person=dee, by=None, at=world.AT)
    world.act(world.person(tea, "Bob"), text="Something new")
    bridge.read_new(tea, now=world.AT + timedelta(days=1))
    after = Teaching.objects.of(tea).get()
    assert (before.labels, after.labels) == (49, 48)
    assert after.taught_at > before.taught_at
    assert bridge.reader_of(tea).id != reader


def test_when_all_labels_go_the_shipped_reader_reads_again(tea):
    labelled(tea, said(tea))
    bridge.teach(tea, now=world.AT)
    Activity.objects.of(tea).all().delete()
    assert not Label.objects.of(tea).exists()
    world.act(world.person(tea, "Ann"), text="Such a plush, soft line")
    bridge.read_new(tea, now=world.AT)
    from entourage.engine.text.reading import Reader

    assert Reading.objects.of(tea).get().reader == Reader().id


def test_one_brand_learns_nothing_from_another(tea):
    ink = world.brand("ink")
    labelled(tea, said(tea))
    bridge.teach(tea, now=world.AT)
    assert bridge.taught_of(ink) is None
    assert bridge.reader_of(ink).id != bridge.reader_of(tea).id
    assert queries.lessons(ink).labels == 0
