"""Staff, bots and objections: what stops, what goes on, and what the trail says."""

from __future__ import annotations

import pytest
from tests.web import world

from entourage.web.core.models import AuditEvent
from entourage.web.people import actions
from entourage.web.people.models import Person, Standing

pytestmark = pytest.mark.django_db


def trail(brand):
    return list(AuditEvent.objects.of(brand).order_by("pk").values_list("what", "subject"))


@pytest.fixture
def tea():
    return world.brand("tea")


@pytest.fixture
def ann(tea):
    ann = world.person(tea, "Ann")
    world.standing(ann)
    return ann


def now(person):
    return Person.objects.of(person.brand).get(pk=person.pk)


@pytest.mark.parametrize("kind", ["staff", "bot"])
def test_staff_and_bots_have_no_standing(tea, ann, kind):
    actions.mark_kind(person=ann, kind=kind, by=None, at=world.AT)
    assert now(ann).kind == kind
    assert not Standing.objects.of(tea).exists()


def test_marking_twice_is_one_line_of_the_trail(tea, ann):
    for _ in range(2):
        actions.mark_kind(person=ann, kind="staff", by=None, at=world.AT)
    assert trail(tea) == [("person.marked", str(ann.pk))]


def test_marking_back_keeps_what_somebody_else_decided_meanwhile(tea, ann):
    stale = now(ann)
    actions.leave_alone(person=ann, by=None, at=world.AT)
    actions.mark_kind(person=stale, kind="staff", by=None, at=world.AT)
    assert now(ann).left_alone_at == world.AT


def test_an_objection_ends_the_profile_and_keeps_the_messages(client, tea, ann):
    world.act(ann, "comment", text="I would like an answer, not a profile")
    actions.leave_alone(person=ann, by=None, at=world.AT)
    world.signed_in(client, world.member(tea))
    page = client.get(f"/b/tea/people/{ann.pk}/").content.decode()
    assert not Standing.objects.of(tea).exists()
    assert "I would like an answer" in page
    assert "Ann asked to be left alone" in page


def test_an_objection_twice_keeps_its_first_moment(tea, ann):
    actions.leave_alone(person=ann, by=None, at=world.AT)
    actions.leave_alone(person=ann, by=None, at=world.AT.replace(year=2027))
    assert now(ann).left_alone_at == world.AT
    assert trail(tea) == [("person.left-alone", str(ann.pk))]


def test_an_objection_can_be_taken_back(tea, ann):
    actions.leave_alone(person=ann, by=None, at=world.AT)
    for _ in range(2):
        actions.take_back(person=ann, by=None, at=world.AT)
    assert now(ann).left_alone_at is None
    assert [what for what, _ in trail(tea)] == ["person.left-alone", "person.objection-ended"]


@pytest.mark.parametrize(
    ("press", "role", "status"),
    [
        ("kind", "agent", 302),
        ("kind", "analyst", 403),
        ("leave-alone", "agent", 302),
        ("leave-alone", "analyst", 403),
        ("take-back", "manager", 302),
        ("take-back", "agent", 403),
    ],
)
def test_who_may_mark_a_person(client, ann, press, role, status):
    tea = ann.brand
    world.signed_in(client, world.member(tea, role))
    assert client.post(f"/b/tea/people/{ann.pk}/{press}/", {"kind": "staff"}).status_code == status


def test_the_same_person_at_another_brand_is_not_marked(client, tea, ann):
    ink = world.brand("ink")
    other = world.person(ink, "Ann")
    world.signed_in(client, world.member(tea))
    assert client.post(f"/b/tea/people/{other.pk}/leave-alone/").status_code == 404
    actions.leave_alone(person=ann, by=None, at=world.AT)
    assert now(other).left_alone_at is None
