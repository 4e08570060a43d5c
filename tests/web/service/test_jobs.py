"""What the service does by itself, as the worker does it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world
from tests.web.service.served import agent, asks, steps, threaded

from entourage.web.service import actions, jobs
from entourage.web.service.models import Promise, Report, Rule

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Brand:
    return world.brand("tea")


def waiting(name: str) -> list[tuple[str, int]]:
    found = ProcrastinateJob.objects.filter(task_name=name, status="todo")
    return [(job.queue_name, job.args["brand_id"]) for job in found]


def test_a_message_is_ruled_given_a_clock_and_somebody_in_one_go(tea, django_capture_on_commit_callbacks):
    now = timezone.now()
    gus = agent(tea, "gus")
    actions.save_seat(member=gus, departments=["sales"], by=None, at=now)
    actions.save_target(brand=tea, first=60, by=None, at=now)
    actions.save_rule(rule=Rule(brand=tea, name="refunds", words=["refund"], department="sales"), by=None, at=now)
    asks(tea, "Ann", "a refund please", at=now - timedelta(minutes=30), intent="complaint")
    threaded(tea, now=now)
    jobs.route(tea.pk)
    one = threaded(tea, now=now)["Ann"]
    assert (one.department, one.assignee, one.due_what) == ("sales", gus, "first")
    assert one.due_at == one.asked_at + timedelta(hours=1)
    done = steps(one)
    jobs.route(tea.pk)
    assert steps(threaded(tea, now=now)["Ann"]) == done


def test_what_was_due_is_escalated_by_the_clock_alone(tea):
    now = timezone.now()
    actions.save_target(brand=tea, first=60, by=None, at=now)
    asks(tea, "Ann", at=now - timedelta(minutes=90))
    threaded(tea, now=now)
    jobs.route(tea.pk)
    assert [what for what, _ in steps(threaded(tea, now=now)["Ann"])] == ["escalated"]


def test_each_minute_a_brand_that_set_anything_up_is_looked_at_once(tea):
    ink = world.brand("ink")
    actions.save_target(brand=tea, first=60, by=None, at=timezone.now())
    jobs.minute(0)
    jobs.minute(60)
    assert waiting("service.route") == [("live", tea.pk)]
    assert ink.pk not in dict(waiting("service.route"))


def test_a_setting_that_changes_has_the_service_look_again(tea, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.save_target(brand=tea, first=60, by=None, at=timezone.now())
    assert waiting("service.route") == [("live", tea.pk)]


def test_a_report_that_can_say_nothing_goes_and_one_of_a_brand_that_is_gone_is_no_error(tea):
    asked = actions.ask_report(brand=tea, by=None, at=timezone.now())
    jobs.report(asked.pk)
    assert not Report.objects.of(tea).exists()
    jobs.report(asked.pk)


def test_a_report_is_made_once_however_often_its_job_runs(tea):
    asks(tea, "Ann", at=timezone.now() - timedelta(hours=3))
    threaded(tea, now=timezone.now())
    asked = actions.ask_report(brand=tea, by=None, at=timezone.now())
    jobs.report(asked.pk)
    before = list(Promise.objects.of(tea).values_list("conversation", "what", "state"))
    jobs.report(asked.pk)
    assert before
    assert list(Promise.objects.of(tea).values_list("conversation", "what", "state")) == before
