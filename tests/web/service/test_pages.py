"""The pages of the service: what one says there holds, what cannot be is said, and every number leads to its rows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web import world
from tests.web.service.served import AT, HOUR, again, agent, answers, asks, threaded

from entourage.web.service import actions
from entourage.web.service.bridge import make_report
from entourage.web.service.models import Desk, Holiday, Report, Rule, Seat, Target

if TYPE_CHECKING:
    from django.test import Client

    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Brand:
    return world.brand("tea")


@pytest.fixture
def manager(tea: Brand, client: Client) -> Client:
    return world.signed_in(client, world.member(tea, "manager"))


def at(name: str, *rest: object) -> str:
    return reverse(f"service:{name}", args=["tea", *rest])


def page(client: Client, name: str, *rest: object) -> str:
    return client.get(at(name, *rest)).content.decode()


WEEK = {f"day{place}": "9-12, 13:30-18" for place in range(5)}


def test_hours_are_written_as_people_write_them(tea, manager):
    manager.post(at("department", "care"), {**WEEK, "day4": "9h–12h30", "warn_minutes": 15, "zone": "Asia/Kolkata"})
    desk = Desk.objects.of(tea).get(key="care")
    assert desk.week == [[[540, 720], [810, 1080]]] * 4 + [[[540, 750]], [], []]
    assert (desk.zone, desk.warn_minutes) == ("Asia/Kolkata", 15)
    shown = page(manager, "settings")
    assert "Monday – Thursday: 9:00-12:00, 13:30-18:00" in shown
    assert "Saturday – Sunday: closed" in shown


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        ("9 to 5", "“9 to 5” is no shift: write 9:00-12:00, 13:00-18:00."),
        ("22-6", "“22-6” must end after it begins, by 24:00: write a night as 22:00-24:00 and 0:00-6:00."),
        ("9-12, 11-14", "These shifts overlap: let one end before the next begins."),
        ("", "A department that is never there promises nothing: give a weekday a shift, or day and night."),
    ],
)
def test_hours_that_cannot_be_are_told_with_the_cure_and_nothing_is_kept(tea, manager, monday, said):
    answer = manager.post(at("department", "care"), {"day0": monday, "warn_minutes": 0})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Desk.objects.of(tea).exists()


def test_a_brand_may_have_departments_of_its_own_which_go_with_what_names_them(tea, manager):
    manager.post(at("department-new"), {"name": "Café & shop"})
    desk = Desk.objects.of(tea).get()
    assert (desk.key, desk.name) == ("cafe-shop", "Café & shop")
    again_told = manager.post(at("department-new"), {"name": "Café & Shop"})
    assert "There is already a department of this name" in again_told.content.decode()
    actions.save_seat(member=agent(tea, "gus"), departments=["cafe-shop", "care"], by=None, at=AT)
    actions.save_target(brand=tea, department="cafe-shop", first=60, by=None, at=AT)
    actions.save_rule(rule=Rule(brand=tea, name="shop", department="cafe-shop"), by=None, at=AT)
    manager.post(at("department-remove", "cafe-shop"))
    assert Seat.objects.of(tea).get().departments == ["care"]
    assert not Target.objects.of(tea).exists()
    assert not Rule.objects.of(tea).get().active


def test_a_holiday_of_one_department_or_of_all(tea, manager):
    manager.post(at("holiday-add"), {"day": "2099-12-25", "name": "Christmas"})
    manager.post(at("holiday-add"), {"day": "2099-12-24", "department": "care", "shifts": "9-12"})
    shown = page(manager, "settings")
    assert shown.index("24 December 2099") < shown.index("25 December 2099")
    one = Holiday.objects.of(tea).get(day=date(2099, 12, 24))
    assert (one.desk.key, one.shifts) == ("care", [[540, 720]])
    manager.post(at("holiday-remove", one.pk))
    assert Holiday.objects.of(tea).count() == 1


def test_a_promise_needs_minutes_and_the_same_once_more_changes_them(tea, manager):
    answer = manager.post(at("target-add"), {"department": "care"})
    assert "Promise something" in answer.content.decode()
    manager.post(at("target-add"), {"department": "care", "vehement": "yes", "first": 30})
    manager.post(at("target-add"), {"department": "care", "vehement": "yes", "first": 45, "following": 90})
    one = Target.objects.of(tea).get()
    assert (one.vehement, one.first_minutes, one.next_minutes) == (True, 45, 90)
    shown = page(manager, "settings")
    assert "customer care, vehement" in shown
    assert "1 h 30 min" in shown


def test_who_answers_for_whom_and_a_member_may_say_that_they_are_away(tea, client):
    gus = agent(tea, "gus")
    boss = world.signed_in(client, world.member(tea, "manager"))
    told = {"departments": ["care", "hr"], "languages": ["fr"], "skills": ["vehement", "complaint"], "capacity": 5}
    boss.post(at("seat", gus.pk), told)
    seat = Seat.objects.of(tea).get()
    assert (seat.departments, seat.languages, seat.skills, seat.capacity) == (
        ["care", "hr"], ["fr"], ["vehement", "complaint"], 5,
    )  # fmt: skip
    client.force_login(gus.user)
    assert client.post(at("seat", gus.pk), told).status_code == 403
    client.post(at("away"), {"absent_until": "2099-01-01T09:00"})
    assert "away until 1 January 2099, 09:00" in page(client, "settings")
    client.post(at("away"), {"absent_until": ""})
    assert Seat.objects.of(tea).get().absent_until is None


RULE = {"name": "Refunds", "words": "refund, money back", "department": "sales", "active": "on"}


def test_a_rule_is_tried_on_last_months_messages_before_it_is_saved(tea, manager):
    asks(tea, "Ann", "I want a refund", at=AT - timedelta(days=2), intent="complaint")
    asks(tea, "Bob", "Where is it?", at=AT - timedelta(days=1))
    asks(tea, "Cyd", "My money back!", at=AT - timedelta(days=40))
    threaded(tea)
    tried = manager.post(at("rule-new"), {**RULE, "try": "1"}).content.decode()
    assert "It would have fitted 1 of 2 messages" in tried
    assert "I want a refund" in tried
    assert "My money back" not in tried
    assert not Rule.objects.of(tea).exists()
    manager.post(at("rule-new"), RULE)
    rule = Rule.objects.of(tea).get()
    assert (rule.words, rule.department, rule.sign, rule.vehement) == (["refund", "money back"], "sales", None, None)
    shown = page(manager, "rules")
    assert "“refund” / “money back”" in shown
    assert "sales" in shown


def test_a_rule_that_does_nothing_says_so_and_rules_change_places(tea, manager):
    answer = manager.post(at("rule-new"), {"name": "Nothing", "words": "x"})
    assert "Say what happens" in answer.content.decode()
    for name in ("One", "Two"):
        manager.post(at("rule-new"), {**RULE, "name": name})
    two = Rule.objects.of(tea).get(name="Two")
    manager.post(at("rule-move", two.pk), {"way": "up"})
    assert list(Rule.objects.of(tea).order_by("place").values_list("name", flat=True)) == ["Two", "One"]
    manager.post(at("rule-remove", two.pk))
    assert page(manager, "rules").count("data-row") == 1


def reported(brand: Brand) -> Report:
    actions.save_target(brand=brand, first=60, following=30, by=None, at=AT)
    answers(asks(brand, "Ann", at=AT - 9 * HOUR, intent="complaint"), at=AT - 8.5 * HOUR)
    asked = asks(brand, "Bob", at=AT - 9 * HOUR, intent="complaint")
    answers(asked, at=AT - 7 * HOUR)
    again(asked, at=AT - 6 * HOUR)
    asks(brand, "Cyd", at=AT - 8 * HOUR)
    threaded(brand)
    return make_report(Report(brand=brand, asked_at=AT), now=AT + HOUR)


def test_every_number_of_the_report_leads_to_as_many_rows(tea, manager):
    reported(tea)
    shown = page(manager, "report")
    assert "33%" in shown
    links = re.findall(r'href="([^"]*/rows/\?[^"]*)">([\d,]+)</a>', shown)
    assert len(links) >= 18
    for address, figure in links:
        rows = manager.get(address.replace("&amp;", "&")).content.decode()
        assert rows.count("<tr data-row>") == int(figure), address


def test_without_a_report_one_is_asked_for_and_the_page_waits(tea, manager):
    asks(tea, "Ann")
    assert "Nothing is counted yet" in page(manager, "report")
    manager.post(at("report-count"))
    shown = page(manager, "report")
    assert "Promises are being counted" in shown
    assert 'http-equiv="refresh"' in shown
    waits = manager.get(at("report"), headers={"HX-Request": "true"})
    assert "hx-get" in waits.content.decode()
    manager.post(at("report-count"))
    assert Report.objects.of(tea).count() == 1


@pytest.mark.parametrize(("name", "queries"), [("settings", 11), ("rules", 7), ("report", 8), ("report-rows", 8)])
def test_a_page_takes_as_many_queries_for_few_as_for_many(tea, manager, django_assert_max_num_queries, name, queries):
    reported(tea)
    for place in range(3):
        actions.save_seat(member=agent(tea, f"gus{place}"), departments=["care"], by=None, at=AT)
        actions.save_desk(brand=tea, key=f"own{place}", name=f"Own {place}", by=None, at=AT)
        actions.save_holiday(brand=tea, day=date(2099, 1, 1 + place), by=None, at=AT)
        actions.save_rule(rule=Rule(brand=tea, name=f"rule {place}", urgent=True), by=None, at=AT)
        asks(tea, f"Dee{place}")
    with django_assert_max_num_queries(queries):
        assert manager.get(at(name)).status_code == 200


def test_rows_go_on_where_the_page_ended(tea, manager):
    report = reported(tea)
    from entourage.web.service.queries import Filters, rows

    everything, _ = rows(report, Filters(), size=50)
    found, after = rows(report, Filters(), size=4)
    while after:
        more, after = rows(report, Filters(), after=after, size=4)
        found += more
    assert [one.pk for one in found] == [one.pk for one in everything]
    assert rows(report, Filters(), after="2026-99-99," + "9" * 40)[0]
