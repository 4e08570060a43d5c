"""Brands: made with their goals, changed with a trace, and never seen by others."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world

from entourage.web.core import actions
from entourage.web.core.models import AuditEvent, Brand, Member, Role

NEW = {"name": "Maison Tilleul", "goals": ["fewer_calls"], "language": "fr", "time_zone": "Europe/Paris"}
KEPT = {"name": "Tea", "goals": ["image"], "language": "en", "time_zone": "Europe/Paris", "unit": "week"}
RINGS = {"inner": "50", "close": "23", "known": "7.5"}


def trail_of(brand: Brand) -> list[str]:
    return list(AuditEvent.objects.of(brand).order_by("id").values_list("what", flat=True))


@pytest.mark.django_db
def test_whoever_makes_a_brand_owns_it(client):
    client.force_login(world.user("ann@example.org"))
    client.post("/brands/new/", NEW)
    brand = Brand.objects.get(slug="maison-tilleul")
    assert (brand.goals, brand.language) == (["fewer_calls"], "fr")
    assert Member.objects.of(brand).get().role == Role.OWNER
    assert trail_of(brand) == ["brand.made"]


@pytest.mark.django_db
def test_a_brand_without_a_goal_is_refused_with_the_reason(client):
    client.force_login(world.user())
    page = client.post("/brands/new/", {**NEW, "goals": []})
    assert "Choose at least one goal" in page.content.decode()
    assert not Brand.objects.exists()


@pytest.mark.django_db
def test_two_brands_of_one_name_get_two_addresses():
    assert [actions.make_brand(name="Thé", by=None, at=world.AT).slug for _ in range(3)] == ["the", "the-2", "the-3"]


@pytest.mark.django_db
def test_a_name_without_latin_letters_still_has_an_address():
    assert actions.make_brand(name="茶", by=None, at=world.AT).slug == "brand"


@pytest.mark.django_db
def test_the_owner_of_the_installation_owns_what_the_command_line_made():
    brand = actions.make_brand(name="Tea", by=None, at=world.AT)
    actions.make_owner(email="Olga@example.org", password=world.PASSWORD)
    assert Member.objects.of(brand).get().user.email == "olga@example.org"
    later = actions.make_brand(name="Ink", by=None, at=world.AT)
    assert Member.objects.of(later).get().role == Role.OWNER


@pytest.mark.django_db
def test_making_the_owner_twice_changes_the_password_and_nothing_else(client):
    for password in ("the first password", "the second password"):
        actions.make_owner(email="olga@example.org", password=password)
    assert client.login(email="olga@example.org", password="the second password")


@pytest.mark.django_db
def test_changed_goals_leave_a_trace_and_unchanged_ones_do_not(client):
    member = world.member(world.brand())
    world.signed_in(client, member)
    for goals in (["innovation"], ["innovation"]):
        client.post("/b/tea/goals/", {**KEPT, **RINGS, "goals": goals})
    assert Brand.objects.get().goals == ["innovation"]
    assert trail_of(member.brand) == ["brand.changed"]


@pytest.mark.parametrize(
    ("rings", "stored"),
    [
        ({"inner": "50", "close": "23", "known": "7.5"}, []),
        ({"inner": "", "close": "", "known": ""}, []),
        ({"inner": "60", "close": "30", "known": "10"}, [0.6, 0.3, 0.1]),
    ],
)
@pytest.mark.django_db
def test_standard_rings_are_not_stored_and_own_ones_are(client, rings, stored):
    world.signed_in(client, world.member(world.brand()))
    client.post("/b/tea/goals/", {**KEPT, **rings})
    assert Brand.objects.get().ring_thresholds == stored


@pytest.mark.parametrize(
    ("rings", "reason"),
    [
        ({"inner": "20", "close": "30", "known": "10"}, "must grow tighter"),
        ({"inner": "50", "close": "", "known": "10"}, "all three rings"),
        ({"inner": "120", "close": "30", "known": "10"}, "less than or equal to 100"),
    ],
)
@pytest.mark.django_db
def test_rings_that_make_no_sense_are_refused(client, rings, reason):
    world.signed_in(client, world.member(world.brand()))
    assert reason in client.post("/b/tea/goals/", {**KEPT, **rings}).content.decode()
    assert Brand.objects.get().ring_thresholds == []


@pytest.mark.django_db(transaction=True)
def test_new_rings_have_everybody_scored_again_and_a_new_name_has_not(client):
    member = world.member(world.brand())
    jobs = ProcrastinateJob.objects.filter(args={"brand_id": member.brand.pk})
    world.signed_in(client, member)
    client.post("/b/tea/goals/", {**KEPT, **RINGS, "name": "Fine tea"})
    assert not jobs.exists()
    client.post("/b/tea/goals/", {**KEPT, **RINGS, "name": "Fine tea", "unit": "day"})
    assert jobs.get().task_name == "people.score"


@pytest.mark.django_db
def test_moments_are_read_in_the_brand_s_own_time(client):
    member = world.member(world.brand(time_zone="Pacific/Auckland"))
    actions.record(brand=member.brand, by=member, at=world.AT, what="brand.changed")
    assert "16 March 2026, 22:00" in world.signed_in(client, member).get("/b/tea/trail/").content.decode()
