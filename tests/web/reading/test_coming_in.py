"""What is coming in just now is read and threaded by the job that was called before it was kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world

from entourage.web.inbox import jobs as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.listen.actions import intake_lock, told
from entourage.web.listen.models import Activity
from entourage.web.reading import jobs
from entourage.web.reading.models import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db(transaction=True)
_BEGUN = "UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = %s AND args ->> 'brand_id' = %s::text"


def taken_in_while(brand: Brand, task: str, job: Callable[[int], None]) -> None:
    """Somebody writes to us while the job called for an earlier message waits; it begins before this one is kept."""
    page, ann = world.account(brand, "ourpage", role="own"), world.person(brand, "Ann")
    told(brand.pk, world.AT, world.AT)
    with transaction.atomic():
        intake_lock(brand)
        world.act(ann, toward=page, text="Where is my parcel?")
        told(brand.pk, world.AT, world.AT)  # no second job: one waits already
        at_work = threading.Thread(target=_done, args=(brand, task, job))
        at_work.start()
        while at_work.is_alive() and not somebody_waits():
            at_work.join(0.05)
    at_work.join()
    assert not ProcrastinateJob.objects.filter(task_name=task, status="todo", args__brand_id=brand.pk).exists()


def _done(brand: Brand, task: str, job: Callable[[int], None]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_BEGUN, [task, brand.pk])
        job(brand.pk)
    finally:
        connection.close()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
        return cursor.fetchone() != (0,)


def test_a_reading_that_begins_while_a_message_comes_in_reads_it():
    tea = world.brand("tea")
    taken_in_while(tea, "reading.read", jobs.read)
    assert Reading.objects.of(tea).count() == Activity.objects.of(tea).count() == 1


def test_a_threading_that_begins_while_a_message_comes_in_threads_it():
    tea = world.brand("tea")
    taken_in_while(tea, "inbox.thread", inbox.thread)
    assert Conversation.objects.of(tea).count() == 1
