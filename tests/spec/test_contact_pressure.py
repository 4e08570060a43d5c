"""Contact pressure

Whether somebody may hear from the brand without having asked. In the drawings a line is a person and each number the
day of a contact, `+` a day to come; it is day 100. The rules are two contacts in thirty days, seven days apart, unless
the text says others.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world

from entourage.web.outbox.models import Outgoing, Pressure
from entourage.web.outbox.queries import Room, pressure_on

pytestmark = pytest.mark.django_db


def drawn(text: str, **rules: float) -> dict[str, Room]:
    tea = world.brand("tea")
    Pressure.objects.create(brand=tea, **{"most": 2, "days": 30, "apart_days": 7, "holdout": 0.0, **rules})
    people = {}
    for name, *days in (line.split() for line in text.strip().splitlines()):
        people[name] = world.person(tea, name)
        for day in days:
            at = world.AT + timedelta(days=int(day.lstrip("+")) - 100)
            Outgoing.objects.create(
                brand=tea, network="x", account=world.account_of(people[name]).pk, person_id=people[name].pk,
                purpose="thanks", state="queued" if day.startswith("+") else "sent", created_at=world.AT, due_at=at,
                sent_at=None if day.startswith("+") else at,
            )  # fmt: skip
    rooms = pressure_on(tea, [person.pk for person in people.values()], at=world.AT)
    return {name: rooms[person.pk] for name, person in people.items()}


def free_on(room: Room) -> int:
    """The day on which there is room again."""
    assert room.next_at is not None
    return 100 + (room.next_at - world.AT).days


def test_two_contacts_in_thirty_days_are_enough() -> None:
    """Ann is free again on day 102, when the older of her two is thirty days old; Bob's older one already is."""
    rooms = drawn("""
        Ann  72  90
        Bob  70  90
        Cyd  90
        Dee
    """)
    assert [name for name, room in rooms.items() if room.allowed] == ["Bob", "Cyd", "Dee"]
    assert free_on(rooms["Ann"]) == 102
    assert rooms["Ann"].contacts == 2


def test_a_week_lies_between_two_contacts() -> None:
    """Ann heard from us six days ago, Bob seven; Ann's turn comes tomorrow."""
    rooms = drawn("""
        Ann  94
        Bob  93
    """)
    assert (rooms["Ann"].allowed, free_on(rooms["Ann"])) == (False, 101)
    assert rooms["Bob"].allowed


def test_what_is_planned_leaves_no_room_before_it() -> None:
    """Ann will be written to on day 103: until a week after it nothing else is."""
    rooms = drawn("""
        Ann  +103
        Bob
    """)
    assert (rooms["Ann"].allowed, free_on(rooms["Ann"])) == (False, 110)
    assert rooms["Bob"].allowed


def test_a_brand_that_contacts_nobody_first_has_no_next_time() -> None:
    rooms = drawn("Ann", most=0)
    assert (rooms["Ann"].allowed, rooms["Ann"].next_at) == (False, None)


def test_the_held_out_hear_nothing_first_whatever_the_count() -> None:
    rooms = drawn("Ann", holdout=1.0)
    assert (rooms["Ann"].allowed, rooms["Ann"].held_out, rooms["Ann"].contacts) == (False, True, 0)
