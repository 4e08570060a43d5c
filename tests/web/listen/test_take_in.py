"""Taking in: once or ten times, late or out of order, the rows end the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from entourage.networks.activity import Account, Act, Activity
from entourage.web.core.models import Brand
from entourage.web.listen import actions
from entourage.web.listen.models import Account as Stored
from entourage.web.listen.models import Activity as Row

pytestmark = pytest.mark.django_db


def brand(slug: str = "tea") -> Brand:
    return Brand.objects.create(slug=slug, name=slug)


def act(line: str) -> Activity:
    """`id who act day [> to,to] [re id] ["text"]`"""
    head, _, text = line.partition('"')
    words = head.split()
    rest = dict(zip(words[4::2], words[5::2], strict=True))
    return Activity(
        network="x",
        id=words[0],
        actor=Account(id=words[1], handle=words[1]),
        act=Act(words[2]),
        at=datetime(2024, 3, int(words[3]), tzinfo=UTC),
        to=tuple(Account(id=who, handle=who) for who in rest.get(">", "").split(",") if who),
        in_reply_to=rest.get("re", ""),
        text=text.rstrip('"'),
    )


def log(table: str) -> list[Activity]:
    return [act(line.strip()) for line in table.strip().splitlines()]


def test_the_same_activities_twice_are_taken_once() -> None:
    tea = brand()
    acts = log("""
        1 ann mention 1 > tea "lovely"
        2 bob comment 2 > tea "win win"
    """)
    first = actions.take_in(brand=tea, activities=acts)
    again = actions.take_in(brand=tea, activities=acts)
    assert (first.accepted, first.repeated) == (2, 0)
    assert (again.accepted, again.repeated) == (0, 2)
    assert Row.objects.of(tea).count() == 2
    assert Stored.objects.of(tea).count() == 3
    assert Row.objects.of(tea).get(network_id="1").text == "lovely"
