"""How promises were kept: every number is its rows, and the medians are the audit's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import Count
from tests.web import world
from tests.web.results import made
from tests.web.service.served import AT, HOUR, again, answers, asks

from entourage.engine.errors import NotEnoughData
from entourage.web.inbox.actions import thread
from entourage.web.inbox.models import Conversation
from entourage.web.service import actions
from entourage.web.service.bridge import make_report
from entourage.web.service.models import Promise, Report

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Brand:
    return world.brand("tea")


def report(brand: Brand, *, now=AT + HOUR) -> Report:
    thread(brand, now=now)
    return make_report(Report.objects.create(brand=brand, asked_at=now), now=now)


def test_each_number_is_its_rows(tea):
    actions.save_target(brand=tea, first=60, following=30, by=None, at=AT)
    answers(asks(tea, "Ann", at=AT - 9 * HOUR, intent="complaint"), at=AT - 9 * HOUR + timedelta(minutes=30))
    answers(asks(tea, "Bob", at=AT - 9 * HOUR), at=AT - 7 * HOUR)
    asks(tea, "Cyd", at=AT - 5 * HOUR, intent="job_seeker")
    asked = asks(tea, "Dee", at=AT - timedelta(minutes=10))
    answers(asked, at=AT - timedelta(minutes=5))
    again(asked, at=AT - timedelta(minutes=1))
    answers(asks(tea, "Ann", at=AT - 3 * HOUR), at=AT - 3 * HOUR, timing="after")
    made_of = report(tea)
    first = made_of.figures["promises"]["first"]
    assert {name: first[name] for name in first if name != "share"} == {
        "met": 1, "missed": 2, "early": 1, "running": 0, "cancelled": 0, "unknown": 1,
    }  # fmt: skip
    assert first["share"][0] == pytest.approx(1 / 3)
    assert made_of.figures["promises"]["next"]["running"] == 1
    assert made_of.figures["by_department"]["hr"]["first"]["missed"] == 1
    rows = Promise.objects.of(tea).filter(report=made_of, what="first")
    counted = dict(rows.filter(counted=True).values_list("state").annotate(n=Count("id")))
    assert counted == {"met": 1, "missed": 2}
    assert made_of.figures["rows"] == Promise.objects.of(tea).filter(report=made_of).count()


def test_a_report_replaces_the_one_before_and_twice_is_the_same(tea):
    actions.save_target(brand=tea, first=60, by=None, at=AT)
    asks(tea, "Ann", at=AT - 3 * HOUR)
    first = report(tea)
    second = report(tea)
    assert list(Report.objects.of(tea)) == [second]
    assert second.figures == first.figures
    again_made = make_report(second, now=AT + HOUR)
    assert again_made.figures == first.figures
    assert Promise.objects.of(tea).count() == first.figures["rows"]


def test_without_conversations_there_is_no_report(tea):
    with pytest.raises(NotEnoughData) as told:
        report(tea)
    assert "at least one conversation of tea" in str(told.value)


def test_what_goes_leaves_no_row(tea):
    asks(tea, "Ann", at=AT - 3 * HOUR)
    report(tea)
    Conversation.objects.of(tea).delete()
    assert not Promise.objects.of(tea).exists()


def test_the_medians_are_the_audits():
    audit = made.audited(asked=60, answered=40)
    ours, theirs = report(audit.brand, now=AT).figures["response"], audit.figures["service"]["ours"]
    assert ours == {name: theirs[name] for name in ours}
    networks = {one["network"]: one for one in audit.figures["service"]["networks"]}
    by_network = report(audit.brand, now=AT).figures["response_by_network"]
    assert {name: one["median_h"] for name, one in by_network.items()} == {
        name: one["median_h"] for name, one in networks.items()
    }
