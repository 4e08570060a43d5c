"""Operations: marked, counted, suggested, and who stayed after them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.web import world

from entourage.web.core.models import AuditEvent
from entourage.web.operations.actions import mark_operation, read_the_log, remove_operation
from entourage.web.operations.models import Operation
from entourage.web.operations.queries import acts_of, count_in_log, suggested
from entourage.web.results.bridge import build
from entourage.web.results.bridge.staying import staying

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db
AT = world.AT
day = timedelta(days=1)
STARTS, ENDS = AT - 120 * day, AT - 110 * day


def operation(brand: Brand, name: str = "Contest", **mark: str) -> Operation:
    return mark_operation(brand=brand, name=name, starts_at=STARTS, ends_at=ENDS, by=None, at=AT, **mark)


@pytest.fixture
def brand() -> Brand:
    """Ann and Bob answered the contest's post with its hashtag, Cyd the post alone, Dee came by herself."""
    brand = world.brand("tea", time_zone="Europe/Paris")
    page = world.account(brand, "maisontilleul", role="own")
    post = world.act(page, "post", STARTS, url="https://x.example/contest", network_id="post-9")
    within = STARTS + 2 * day
    ann, bob, cyd, dee = (world.person(brand, name) for name in ("Ann", "Bob", "Cyd", "Dee"))
    for one in (ann, bob):
        world.act(one, "comment", within, toward=page, reply_to=post, tags=["win"], origin="contest", text="Me!")
    world.act(bob, "like", within, toward=page, tags=["win"])
    world.act(cyd, "comment", within, toward=page, reply_to=post, text="Me too")
    world.act(dee, "comment", within, toward=page, text="Hello")
    for one, days in ((ann, (45, 60, 75)), (dee, (45, 47))):
        for later in days:
            world.act(one, "comment", ENDS + later * day, toward=page, text="Again")
    world.act(bob, "comment", ENDS + 50 * day, toward=page, text="Once")
    world.act(page, "post", AT - timedelta(seconds=1))
    return brand


@pytest.mark.parametrize(
    ("mark", "people"),
    [
        ({"hashtag": "#WIN"}, 2),
        ({"origin": "contest"}, 2),
        ({"post": "post-9"}, 3),
        ({"post": "https://x.example/contest"}, 3),
        ({"hashtag": "win", "post": "post-9"}, 3),
        ({}, 4),
        ({"hashtag": "other"}, 0),
    ],
)
def test_people_are_told_by_the_dates_and_the_mark(brand, mark, people):
    assert count_in_log(operation(brand, **mark))[0] == people


def test_who_stayed_is_counted_beside_who_came_by_themselves(brand):
    """Of Ann and Bob, Ann came back in two weeks; of Cyd and Dee, nobody did: Dee's two acts stand in one week."""
    assert staying(brand, at=AT) == []
    operation(brand, hashtag="win")
    (told,) = staying(brand, at=AT)
    assert (told["state"], told["entrants"]) == ("kept", 2)
    assert (told["recruits"]["people"], told["recruits"]["kept"]) == (2, 1)
    assert (told["organic"]["people"], told["organic"]["kept"]) == (2, 0)
    assert told["label"] == "associated"


def test_the_number_who_stayed_leads_to_just_them(client, brand):
    one = operation(brand, hashtag="win")
    build(brand=brand, now=AT)
    world.signed_in(client, world.member(brand, "agent"))
    address = reverse("results:stayed", args=["tea", one.pk])
    page = client.get(address).content.decode()
    assert (page.count("data-row"), "Ann" in page, "Bob" in page) == (1, True, False)
    assert "Nobody stayed" in client.get(address, {"group": "organic"}).content.decode()


def test_staff_and_who_asked_to_be_left_alone_are_in_no_group(brand):
    from entourage.web.people.models import Person

    operation(brand, hashtag="win")
    Person.objects.of(brand).filter(name="Ann").update(left_alone_at=AT)
    Person.objects.of(brand).filter(name="Bob").update(kind="staff")
    (told,) = staying(brand, at=AT)
    assert told["recruits"]["people"] == 0


def test_marking_the_same_name_again_changes_it_and_removing_twice_is_one_line_of_the_trail(brand):
    first, again = operation(brand, hashtag="win"), operation(brand, hashtag="won")
    assert (first.pk, again.hashtag) == (again.pk, "won")
    for _ in range(2):
        remove_operation(operation=again, by=None, at=AT)
    trail = AuditEvent.objects.of(brand).filter(what__startswith="operation.").order_by("pk")
    assert [one.what for one in trail] == ["operation.marked", "operation.changed", "operation.removed"]


def test_a_burst_of_a_hashtag_is_suggested_until_it_is_marked(brand):
    page = world.account(brand, "ourshop", role="own")
    for place in range(24):
        fan = world.person(brand, f"Fan {place}")
        world.act(fan, "comment", AT - timedelta(days=20, hours=place), toward=page, tags=["summer"])
    read_the_log(brand=brand, until=AT)
    (one,) = suggested(brand)
    assert (one.hashtag, one.people, one.ends_at - one.starts_at) == ("summer", 24, timedelta(hours=23))
    mark_operation(
        brand=brand, name="Summer", starts_at=one.starts_at, ends_at=one.ends_at, hashtag="Summer", by=None, at=AT
    )
    assert suggested(brand) == []
    read_the_log(brand=brand, until=AT)
    assert (suggested(brand), Operation.objects.of(brand).get().people) == ([], 24)


def test_the_acts_of_an_operation_are_as_many_as_its_count(brand):
    one = operation(brand, post="post-9")
    rows, after = acts_of(one)
    assert (sorted(row.name for row in rows), after) == (["Ann", "Bob", "Cyd"], "")


def test_an_operation_is_marked_in_the_brands_time_zone(client):
    brand = world.brand("tea", time_zone="Europe/Paris")
    world.signed_in(client, world.member(brand, "agent"))
    sent = {"name": "Tasting", "kind": "tasting", "starts_at": "2026-07-01T09:00", "ends_at": "2026-07-03T18:00"}
    assert client.post(reverse("operations:new", args=["tea"]), sent).status_code == 302
    made = Operation.objects.of(brand).get()
    assert made.starts_at == datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Paris"))


def test_dates_the_wrong_way_round_and_names_taken_are_said(client):
    brand = world.brand("tea")
    world.signed_in(client, world.member(brand, "manager"))
    operation(brand)
    sent = {"name": "Contest", "kind": "contest", "starts_at": "2026-07-03T09:00", "ends_at": "2026-07-01T18:00"}
    page = client.post(reverse("operations:new", args=["tea"]), sent).content.decode()
    assert "There is already an operation of this name; give it another one." in page
    assert "The end must come after the start." in page


def test_an_analyst_sees_an_operation_and_cannot_change_it(client, brand):
    one = operation(brand)
    read_the_log(brand=brand, until=AT)
    world.signed_in(client, world.member(brand, "analyst"))
    address = reverse("operations:edit", args=["tea", one.pk])
    assert "4 people took part" in client.get(address).content.decode()
    assert client.post(address, {"name": "Mine"}).status_code == 403


def test_an_operation_of_another_brand_does_not_exist(client, brand):
    one = operation(brand)
    ink = world.brand("ink")
    world.signed_in(client, world.member(ink))
    for name in ("edit", "acts"):
        assert client.get(reverse(f"operations:{name}", args=["ink", one.pk])).status_code == 404
    assert client.post(reverse("operations:delete", args=["ink", one.pk])).status_code == 404
    assert Operation.objects.of(brand).count() == 1


def test_the_list_takes_as_many_queries_with_nine_operations_as_with_one(client, brand, django_assert_max_num_queries):
    for place in range(9):
        operation(brand, name=f"Contest {place}")
    world.signed_in(client, world.member(brand))
    with django_assert_max_num_queries(7):
        page = client.get(reverse("operations:list", args=["tea"])).content.decode()
    assert page.count("data-row") == 9
