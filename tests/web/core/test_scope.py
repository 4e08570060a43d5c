"""A query that has not said whose rows it wants does not run, however it is asked."""

from __future__ import annotations

import pytest
from tests.web import rooms, world

from entourage.web.core.models import Member
from entourage.web.core.scope import UnscopedQuery
from entourage.web.people.models import Person

pytestmark = pytest.mark.django_db

ASKED = {
    "list": list,
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(name="Ann"),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(Person.objects.everywhere()[0]),
    "in bulk": lambda rows: rows.in_bulk([1]),
    "values": lambda rows: list(rows.values_list("name", flat=True)),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(),
    "update": lambda rows: rows.update(name="Bob"),
    "delete": lambda rows: rows.delete(),
    "raw": lambda rows: list(rows.raw("SELECT * FROM people_person")),
    "dates": lambda rows: list(rows.dates("met_at", "day")),
    "latest": lambda rows: rows.latest("met_at"),
    "union": lambda rows: list(rows.union(Person.objects.all())),
}


@pytest.mark.parametrize("asked", ASKED)
def test_rows_of_nobody_in_particular_are_refused(asked):
    rooms.furnished("tea")
    with pytest.raises(UnscopedQuery, match="Person"):
        ASKED[asked](Person.objects.all())


def test_what_follows_a_row_of_a_brand_stays_with_it():
    tea, ink = rooms.furnished("tea"), rooms.furnished("ink")
    assert {person.brand_id for person in tea.people.all()} == {tea.pk}
    assert {one.brand_id for one in ink.accounts.all()} == {ink.pk}


def test_the_places_of_a_user_are_of_many_brands_and_must_be_asked_for():
    tea, ink = world.brand("tea"), world.brand("ink")
    user = world.member(tea, email="ann@example.org").user
    Member.objects.create(brand=ink, user=user, role="agent")
    with pytest.raises(UnscopedQuery):
        list(user.memberships.all())
    assert user.memberships.everywhere().count() == 2
