"""What rests on readings follows them: search, topics and lessons after corrections, teaching, erasing."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world
from tests.web.reading.talk import LEAKS, heard

from entourage.web.listen import actions as listen
from entourage.web.listen import jobs as listen_jobs
from entourage.web.listen.models import AccountRole
from entourage.web.people import actions as people
from entourage.web.people.models import Person
from entourage.web.reading import actions, bridge, jobs, queries
from entourage.web.reading.models import Finding, Reading, Topic, Words

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


def waiting(brand):
    """The jobs in the worker's line, by name, with whether each waits for a moment to come."""
    rows = ProcrastinateJob.objects.filter(args__brand_id=brand.pk, status="todo").order_by("pk")
    return [(row.task_name, row.scheduled_at is not None) for row in rows]


def corrected(brand, told, **said):
    for act in told:
        for about, value in said.items():
            actions.correct(reading=queries.find(brand, act.pk), about=about, value=value, by=None, at=world.AT)


def test_a_lesson_goes_once_members_say_that_it_is_none(tea, django_capture_on_commit_callbacks):
    told = heard(tea, LEAKS, intent="complaint", lesson="defect")
    jobs.index(tea.pk)
    jobs.gather(tea.pk)
    assert Finding.objects.of(tea).get().messages == 6
    ProcrastinateJob.objects.filter(args__brand_id=tea.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        corrected(tea, told[:6], intent="praise")
    assert waiting(tea) == [("reading.index", True)], "once for all of them, after a while"
    jobs.index(tea.pk)
    assert ("reading.gather", False) in waiting(tea)
    jobs.gather(tea.pk)
    assert not Finding.objects.of(tea).exists()


def test_a_correction_that_moves_no_lesson_and_no_language_starts_nothing(tea, django_capture_on_commit_callbacks):
    told = heard(tea, LEAKS, lesson="defect", intent="complaint")
    with django_capture_on_commit_callbacks(execute=True):
        corrected(tea, told[:2], sentiment="negative", intent="complaint")
    assert waiting(tea) == []


def test_a_corrected_language_reaches_the_search_and_is_put_back(tea, django_capture_on_commit_callbacks):
    (told,) = heard(tea, "Ann | mes chevaux", language="en")
    bridge.index(tea)
    assert queries.matching(tea, "cheval") == []
    with django_capture_on_commit_callbacks(execute=True):
        corrected(tea, [told], language="fr")
    assert waiting(tea) == [("reading.index", True)]
    jobs.index(tea.pk)
    assert Words.objects.of(tea).get().language == "fr"
    assert queries.matching(tea, "cheval") == [told.pk]
    actions.put_back(reading=queries.find(tea, told.pk), by=None, at=world.AT)
    jobs.index(tea.pk)
    assert Words.objects.of(tea).get().language == "en"


def test_messages_read_again_are_indexed_and_gathered_again(tea):
    heard(tea, LEAKS)
    Reading.objects.of(tea).update(reader="one of before")
    jobs.read_again(tea.pk)
    assert waiting(tea) == [("reading.read_again", False)]
    ProcrastinateJob.objects.filter(args__brand_id=tea.pk).delete()
    jobs.read_again(tea.pk)
    assert waiting(tea) == [("reading.index", False)]


def test_topics_and_lessons_are_told_anew_without_who_is_erased(tea, django_capture_on_commit_callbacks):
    heard(tea, LEAKS)
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(person=Person.objects.of(tea).get(name="Ann"), by=None, at=world.AT)
    assert ("reading.gather", False) in waiting(tea)


def sides(brand, account, way):
    """The account becomes ours and then the public's again, by its page or by its name."""
    for role in (AccountRole.OWN, AccountRole.PUBLIC):
        if way == "page":
            listen.mark_account(account=account, role=role, by=None, at=world.AT)
            listen_jobs.turn(brand.pk)
        else:
            listen.mark_by_name(brand=brand, name=account.handle, role=role, by=None, at=world.AT)


@pytest.mark.parametrize("way", ["page", "name"])
def test_an_account_marked_public_again_is_read_again(tea, way, django_capture_on_commit_callbacks):
    told = heard(tea, "Ann | the new kettle leaks\nAnn | it still leaks\nAnn | where is my parcel?")
    with django_capture_on_commit_callbacks(execute=True):
        sides(tea, told[0].account, way)
    assert not Reading.objects.of(tea).exists()
    assert {"reading.read", "reading.gather"} <= {name for name, _ in waiting(tea)}
    jobs.read(tea.pk)
    assert Reading.objects.of(tea).count() == 3


@pytest.mark.parametrize("marked", ["left alone", "bot"])
def test_who_leaves_the_figures_leaves_topics_and_lessons_soon(tea, marked, django_capture_on_commit_callbacks):
    heard(tea, LEAKS, lesson="defect")
    jobs.index(tea.pk)
    jobs.gather(tea.pk)
    ProcrastinateJob.objects.filter(args__brand_id=tea.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        for ann_or_bob in Person.objects.of(tea).filter(name__in=["Ann", "Bob"]):
            if marked == "bot":
                people.mark_kind(person=ann_or_bob, kind="bot", by=None, at=world.AT)
            else:
                people.leave_alone(person=ann_or_bob, by=None, at=world.AT)
    assert waiting(tea) == [("reading.gather", False)]
    jobs.gather(tea.pk)
    assert not Topic.objects.of(tea).exists()
    left = Finding.objects.of(tea).get()
    assert (left.messages, left.people, left.words) == (2, 2, [])
