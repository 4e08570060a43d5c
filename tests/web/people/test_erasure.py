"""Erasing: gone here, gone after the next import, intact at another brand, and nobody can tell who it was."""

from __future__ import annotations

import json

import pytest
from tests.web import world

from entourage.networks.activity import Account as Told
from entourage.networks.activity import Act
from entourage.networks.activity import Activity as Happened
from entourage.web.core.models import AuditEvent
from entourage.web.listen.actions import take_in
from entourage.web.listen.models import Account, Activity, Tie
from entourage.web.people import actions
from entourage.web.people.models import Person, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea")


def said_by_ann():
    """Two comments of Ann on our page, as a network tells them."""
    ann, page = Told(id="ann.levasseur", handle="ann.levasseur", name="Ann Levasseur"), Told(id="ourpage", kind="own")
    return [
        Happened(network="x", id=f"c{n}", act=Act.COMMENT, actor=ann, at=world.AT, to=(page,), text=f"comment {n}")
        for n in range(2)
    ]


def taken_in(brand):
    take_in(brand=brand, activities=said_by_ann())
    actions.meet(brand=brand)
    return Person.objects.of(brand).get(sort_name="ann levasseur")


def erased(person):
    return actions.erase(person=person, by=None, at=world.AT)


def test_all_that_is_theirs_goes(tea):
    ann = taken_in(tea)
    world.standing(ann)
    done = erased(ann)
    assert (done.accounts, done.activities) == (1, 2)
    for model in (Person, Standing, Activity):
        assert not model.objects.of(tea).exists()
    assert list(Account.objects.of(tea).values_list("handle", "role")) == [("", "own")]


def test_a_later_import_does_not_bring_them_back(tea):
    erased(taken_in(tea))
    taken = take_in(brand=tea, activities=said_by_ann())
    assert actions.meet(brand=tea) == 0
    assert taken.accepted == 0
    assert not Activity.objects.of(tea).exists()


def test_at_another_brand_they_are_untouched(tea):
    ink = world.brand("ink")
    ann = taken_in(tea)
    taken_in(ink)
    erased(ann)
    take_in(brand=ink, activities=said_by_ann())
    assert Activity.objects.of(ink).count() == 2
    assert Person.objects.of(ink).get().name == "Ann Levasseur"


@pytest.mark.parametrize(
    ("we_wrote", "it_stays_as"),
    [
        ("@ann.levasseur thank you", "[…] thank you"),
        ("Thank you, Ann Levasseur!", "Thank you, […]!"),
        ("@ANN.LEVASSEUR, sorry", "[…], sorry"),
        ("@ann.levasseur2 is somebody else", "@ann.levasseur2 is somebody else"),
        ("Ann is a common name", "Ann is a common name"),
    ],
)
def test_what_we_wrote_to_them_stays_without_their_name(tea, we_wrote, it_stays_as):
    ann = taken_in(tea)
    page = Account.objects.of(tea).get(role="own")
    answer = world.act(page, "reply", toward=world.account_of(ann), text=we_wrote)
    erased(ann)
    kept = Activity.objects.of(tea).get(pk=answer.pk)
    assert kept.text == it_stays_as
    # Turned to nobody any more; and not to us, or it would count as ours.
    assert kept.toward_id.int == 0


def test_ties_from_and_to_them_go(tea):
    ann, bob = taken_in(tea), world.person(tea, "Bob")
    pair = (world.account_of(ann), world.account_of(bob))
    for source, target in (pair, pair[::-1]):
        Tie.objects.create(brand=tea, source=source, target=target, kind="follow")
    erased(ann)
    assert not Tie.objects.of(tea).exists()
    assert Person.objects.of(tea).get() == bob


def test_the_trail_says_that_somebody_was_erased_and_never_who(tea):
    ann = taken_in(tea)
    erased(ann)
    event = AuditEvent.objects.of(tea).get()
    assert event.what == "person.erased"
    assert "nn" not in json.dumps([event.subject, event.detail])


def test_erasing_twice_changes_nothing(tea):
    ann = taken_in(tea)
    copy = Person.objects.of(tea).select_related("brand").get(pk=ann.pk)
    erased(ann)
    assert erased(copy).accounts == 0
    assert AuditEvent.objects.of(tea).count() == 1


def test_a_slip_erases_nobody(client, tea):
    ann = taken_in(tea)
    world.signed_in(client, world.member(tea))
    answer = client.post(f"/b/tea/people/{ann.pk}/erase/", {"name": "Anne"})
    assert answer.status_code == 422
    assert "must be the person" in answer.content.decode()
    assert Person.objects.of(tea).exists()


def test_the_name_written_out_erases(client, tea):
    ann = taken_in(tea)
    world.signed_in(client, world.member(tea, "manager"))
    answer = client.post(f"/b/tea/people/{ann.pk}/erase/", {"name": " ann levasseur "}, follow=True)
    assert answer.redirect_chain[-1][0] == "/b/tea/privacy/"
    assert "Erased: 1 accounts, 2 activities" in answer.content.decode()
    assert not Person.objects.of(tea).exists()


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_who_may_not_erase(client, tea, role):
    ann = taken_in(tea)
    world.signed_in(client, world.member(tea, role))
    for path in (f"people/{ann.pk}/erase/", f"people/{ann.pk}/data.json", "privacy/"):
        assert client.get(f"/b/tea/{path}").status_code == 403


def test_a_person_gets_all_that_is_kept_about_them(client, tea):
    ann = taken_in(tea)
    page = Account.objects.of(tea).get(role="own")
    first = Activity.objects.of(tea).order_by("network_id")[0]
    world.act(page, "reply", toward=world.account_of(ann), text="our answer", reply_to=first)
    world.standing(ann, 5.5)
    world.signed_in(client, world.member(tea))
    told = client.get(f"/b/tea/people/{ann.pk}/data.json").json()
    assert told["person"]["name"] == "Ann Levasseur"
    assert [one["network_id"] for one in told["accounts"]] == ["ann.levasseur"]
    assert {one["text"] for one in told["activities"]} == {"comment 0", "comment 1"}
    assert [one["text"] for one in told["answered_by_the_brand"]] == ["our answer"]
    assert told["standing"]["weeks"] == 5.5
    assert AuditEvent.objects.of(tea).get().what == "person.exported"


def test_the_privacy_page_finds_by_handle_and_lists_objections(client, tea):
    ann = taken_in(tea)
    world.signed_in(client, world.member(tea))
    assert "Ann Levasseur" in client.get("/b/tea/privacy/?q=@ann.lev").content.decode()
    actions.leave_alone(person=ann, by=None, at=world.AT)
    assert "Ann Levasseur" in client.get("/b/tea/privacy/").content.decode()
    erased(ann)
    page = client.get("/b/tea/privacy/?q=ann").content.decode()
    assert "Nobody of that name" in page
    assert "1 account has been erased for good" in page
