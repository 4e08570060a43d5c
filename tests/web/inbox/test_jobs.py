"""What happens by itself: threading after an import, what a reading changes, what time brings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.worker import Worker
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.core.models import Brand
from entourage.web.inbox import actions, jobs, queries
from entourage.web.inbox.models import Conversation, Step, Unthreaded
from entourage.web.listen.actions import new_import, options
from entourage.web.listen.jobs import take_in_file
from entourage.web.reading.jobs import read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
FILE = """\
id,at,author,to,text
1,2026-03-16T08:00:00Z,ann,ourpage,"My parcel never came, this is unacceptable!"
2,2026-03-16T08:30:00Z,bob,ourpage,Do you deliver to Lyon?
"""


@pytest.fixture
def talk() -> Talk:
    return Talk(world.brand("tea"))


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def nothing_waits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_file_taken_in_becomes_conversations_and_what_is_read_in_it_shows_on_them(tmp_path: Path):
    brand = world.brand("tea")
    (tmp_path / "talk.csv").write_text(FILE)
    mapping = {}
    begun = new_import(
        brand=brand, path=tmp_path / "talk.csv", filename="talk.csv", options=options(own=["ourpage"], network="x"),
        by=None, at=world.AT, mapping=mapping,
    )  # fmt: skip
    take_in_file(begun.pk)
    assert {"inbox.thread", "reading.read"} <= set(waiting())
    jobs.thread(brand.pk)
    assert Conversation.objects.of(brand).count() == 2
    assert "service.route" in waiting()
    nothing_waits()
    read(brand.pk)
    assert waiting().count("inbox.thread") == 1
    jobs.thread(brand.pk)
    jobs.thread(brand.pk)
    assert set(Conversation.objects.of(brand).values_list("language", flat=True)) == {"en"}


def test_a_job_that_an_earlier_version_left_under_its_old_name_threads_too(talk):
    talk.say("a | 9 | Ann | | hello")
    app.perform_import_paths()
    left = Worker(app).find_task("inbox.refresh")
    left(brand_id=talk.brand.pk)
    assert len(talk.all) == 1
    left.defer(brand_id=talk.brand.pk)
    assert waiting() == ["service.route", "inbox.thread"]


def test_what_was_snoozed_wakes_at_its_moment_and_its_thread_says_so(talk):
    olga = world.member(talk.brand, "agent")
    talk.say("a | 9 | Ann | | hello")
    talk.thread()
    actions.snooze(conversation=talk.of("Ann"), until=NOW + timedelta(hours=1), by=olga, at=NOW)
    actions.tidy_up(at=NOW)
    assert talk.of("Ann").state == "snoozed"
    actions.tidy_up(at=NOW + timedelta(hours=1))
    actions.tidy_up(at=NOW + timedelta(hours=1))
    assert (talk.of("Ann").state, talk.of("Ann").waiting_since) == ("open", talk.lines["a"].at)
    assert [step.what for step in Step.objects.of(talk.brand).order_by("pk")] == ["snoozed", "woken"]


def test_new_words_bring_back_what_was_snoozed(talk):
    olga = world.member(talk.brand, "agent")
    talk.say("a | 9 | Ann | | hello")
    talk.thread()
    actions.snooze(conversation=talk.of("Ann"), until=NOW + timedelta(days=9), by=olga, at=NOW)
    talk.say("b | 0 | Ann >a | | are you there?")
    talk.thread()
    assert (talk.of("Ann").state, talk.of("Ann").snoozed_until) == ("open", None)


def test_every_minute_claims_run_out_and_what_nobody_threaded_is_threaded(talk):
    olga = world.member(talk.brand, "agent")
    talk.say("a | 9 | Ann | | hello")
    talk.thread()
    actions.claim(conversation=talk.of("Ann"), by=olga, at=timezone.now() - timedelta(minutes=11))
    talk.say("b | 8 | Bob | | hello")
    for _ in range(2):
        jobs.wake(0)
    assert talk.of("Ann").claimed_by is None
    assert waiting().count("inbox.thread") == 1
    jobs.thread(talk.brand.pk)
    assert len(talk.all) == 2


def test_the_queue_of_a_brand_that_is_gone_goes_too(talk):
    brand = Brand.objects.create(slug="gone", name="Gone")
    Unthreaded.objects.create(brand=brand)
    number = brand.pk
    Brand.objects.filter(pk=number).delete()
    Unthreaded.objects.create(brand_id=number)
    jobs.wake(0)
    assert not Unthreaded.objects.everywhere().filter(brand=number).exists()


def test_two_accounts_that_are_one_person_have_their_conversations_together(talk):
    talk.say("a | 9 | Ann | | hello \n b | 8 | Bob | | hello, it is Ann again")
    talk.thread()
    bob = talk.who("Bob")
    type(bob).objects.of(talk.brand).filter(pk=bob.pk).update(person_id=talk.people["Ann"].pk)
    talk.thread()
    ours, other = talk.all
    assert (ours.person_id, queries.others_of(ours)) == (other.person_id, [other])


class Killed(Exception):  # noqa: N818 - it names what happens
    pass


@pytest.mark.parametrize("statement", range(1, 40, 3))
def test_killed_at_any_statement_and_run_again_the_conversations_are_the_same(talk, statement):
    def killed(execute, *asked, left=[statement]):  # noqa: B006 - counts down from call to call
        left[0] -= 1
        if not left[0]:
            raise Killed
        return execute(*asked)

    talk.say("""
        a | 9 | Ann   | care_question | where is my parcel?
        b | 8 | us >a |               | on its way
        c | 7 | Bob>a |               | mine too
        d | 6 | Ann>b | thanks        | thank you
    """)
    with pytest.raises(Killed), connection.execute_wrapper(killed):
        talk.thread(most=2)
    talk.thread(most=2)
    assert [(one.account.name, one.state, one.messages) for one in talk.all] == [
        ("Ann", "resolved", 3), ("Bob", "open", 1),
    ]  # fmt: skip
    assert not Unthreaded.objects.of(talk.brand).exists()
