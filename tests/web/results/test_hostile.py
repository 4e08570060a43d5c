"""What strangers wrote is shown, never run; odd addresses break nothing; the erased leave nothing behind."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.results import made

from entourage.web.listen.models import Activity
from entourage.web.people import actions as people
from entourage.web.people.models import Person
from entourage.web.results import jobs
from entourage.web.results.models import Audit, AuditedConversation

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def tea(client):
    brand = made.audited("tea").brand
    world.signed_in(client, world.member(brand))
    return brand


@pytest.mark.parametrize("page", ["audit/", "audit/conversations/"])
def test_a_link_that_is_none_of_the_web_is_not_offered(client, tea, page):
    Activity.objects.of(tea).update(url="javascript:alert(1)", text=SCRIPT)
    Person.objects.of(tea).update(name=SCRIPT)
    shown = client.get(f"/b/tea/{page}").content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert "javascript:" not in shown


@pytest.mark.parametrize("odd", ["2026-03-16T09:00:00+00:00," + "9" * 5000, "9" * 5000, "²", "2026-99-99T99,1"])
def test_an_odd_address_breaks_no_page_of_the_audit(client, tea, odd):
    asked = dict.fromkeys(("before", "after", "hour", "page", "network", "act", "language"), odd)
    for page in ("audit/", "audit/conversations/", "audit/progress/"):
        assert client.get(f"/b/tea/{page}", asked).status_code == 200


def test_who_is_erased_leaves_no_key_in_the_audit(tea, django_capture_on_commit_callbacks):
    ann = Person.objects.of(tea).get(name="Ann")
    account = world.account_of(ann).pk
    messages = list(Activity.objects.of(tea).filter(account=account).values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(person=ann, by=None, at=world.AT)
    _work()
    kept = AuditedConversation.objects.of(tea)
    assert kept.filter(answered_at=None).exists()
    assert not kept.filter(account=account).exists()
    assert not kept.filter(message__in=messages).exists()
    assert not kept.filter(person_id=ann.pk).exists()
    assert ann.pk not in _told(Audit.objects.of(tea).get().figures)


def _work() -> None:
    """Do what waits for the worker."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    for job in ProcrastinateJob.objects.filter(task_name="results.forget", status="todo"):
        jobs.forget(**job.args)


def _told(figures):
    lists = [*figures["monday"].values(), *(figures["people"][name] for name in ("closest", "drifting", "unanswered"))]
    return {one["person"] for people in lists for one in people}
