"""Starting jobs by name: the very same one waits once, and a refusal spoils no transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world

from entourage.web.core.jobs import defer, defer_live, defer_once
from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea")


def waiting(tea):
    return list(ProcrastinateJob.objects.filter(args__brand_id=tea.pk).order_by("pk"))


@pytest.mark.parametrize("start", [defer_once, defer_live])
def test_the_very_same_job_waits_once_and_what_is_written_around_it_stays(tea, start):
    for crisis in (1, 1, 2):
        start("crisis.gather", brand_id=tea.pk, crisis_id=crisis)
    assert [job.args["crisis_id"] for job in waiting(tea)] == [1, 2]
    assert Brand.objects.filter(pk=tea.pk).exists()


def test_one_that_waits_for_its_hour_keeps_none_from_being_done_now(tea):
    for _ in range(2):
        defer_once("reading.index", brand_id=tea.pk, later=timedelta(minutes=5))
        defer_once("reading.index", brand_id=tea.pk)
    assert [job.scheduled_at is not None for job in waiting(tea)] == [True, False]


def test_what_is_live_waits_in_a_line_of_its_own_and_alone_in_its_thing(tea):
    defer_live("reading.read", alone="the very thing", brand_id=tea.pk)
    (job,) = waiting(tea)
    assert (job.queue_name, job.lock) == ("live", "the very thing")


def test_what_somebody_waits_for_goes_before_the_rest(tea):
    defer("crisis.gather", brand_id=tea.pk, crisis_id=1)
    defer("crisis.gather", first=True, brand_id=tea.pk, crisis_id=2)
    usual, first = waiting(tea)
    assert first.priority > usual.priority
