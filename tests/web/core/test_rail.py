"""The rail shows behind which door one stands."""

from __future__ import annotations

import re

import pytest
from tests.web import world
from tests.web.service import served

from entourage.web.core.actions import alarm
from entourage.web.core.models import Brand, Member
from entourage.web.service import actions
from entourage.web.service.models import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    brand = world.brand("tea")
    owner = world.member(brand)
    actions.save_desk(brand=brand, key="ateliers", name="Ateliers de thé", by=owner, at=served.AT)
    actions.save_seat(member=owner, departments=["ateliers"], by=owner, at=served.AT)
    return world.signed_in(client, owner)


def lit(page, address: str) -> list[str]:
    shown = page.get(f"/b/tea/{address}").content.decode()
    return re.findall(r'data-go="." aria-current="page">([^<]*)<', shown)


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("service/", "Service"),
        ("service/departments/ateliers/", "Service"),
        ("service/rules/", "Service"),
        ("service/rules/new/", "Service"),
        ("service/promises/", "Promises"),
        ("service/promises/rows/", "Promises"),
        ("inbox/macros/", "Inbox"),
        ("connections/", "Connections"),
        ("connections/new/?network=bluesky", "Connections"),
        ("people/", "People"),
    ],
)
def test_one_door_is_lit_and_it_is_the_right_one(page, address, door):
    assert lit(page, address) == [door]


def test_a_rule_and_a_seat_stand_behind_service(page):
    brand = Brand.objects.get()
    owner, rule = Member.objects.of(brand).get(), Rule.objects.create(brand=brand, name="Angry first", place=1)
    for address in (f"service/rules/{rule.pk}/", f"service/people/{owner.pk}/"):
        assert lit(page, address) == ["Service"]


def test_each_door_s_alarm_stands_once_and_goes_alone():
    world.brand("tea")
    brands = Brand.objects.all()
    for door in ("crisis:list", "listen:connections", "crisis:list"):
        alarm(brands, door, on=True)
    assert brands.get().alarms == ["crisis:list", "listen:connections"]
    for _twice in range(2):
        alarm(brands, "crisis:list", on=False)
    assert brands.get().alarms == ["listen:connections"]
