"""Staffing against arrivals on the audit: the sentence, its rows, the competitors, the hours of service."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from tests.web import world

from entourage.web.listen.models import Activity
from entourage.web.results.bridge import build
from entourage.web.results.models import AuditedConversation
from entourage.web.results.queries.conversations import Asked, _filtered, chosen
from entourage.web.results.queries.printed import printed
from entourage.web.results.queries.report import report
from entourage.web.results.queries.summary import summary
from entourage.web.results.queries.week import read, said, words, written
from entourage.web.service.models import Desk, Holiday

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Account
    from entourage.web.results.models import Audit

pytestmark = pytest.mark.django_db
AT = world.AT
# Monday 15 December 2025, midnight in Paris.
MONDAY = (AT - timedelta(weeks=13)).astimezone(ZoneInfo("Europe/Paris")).replace(hour=0)
DAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Sat": 5, "Sun": 6}


def drawn(brand: Brand, text: str, page: str = "ourpage", role: str = "own") -> Account:
    """Lines of a day, an hour, how many ask in it each week, and the hour of the answer ("-": never); twelve weeks."""
    ours = world.account(brand, page, role=role)
    fans = [world.account(brand, f"{page}fan{place}") for place in range(4)]
    for line in text.strip().split("\n"):
        day, hour, each, answered = line.split()
        for week in range(1, 12):
            start = MONDAY + timedelta(weeks=week, days=DAYS[day])
            for place in range(int(each)):
                at = start.replace(hour=int(hour), minute=1 + place * 3)
                question = world.act(fans[place % 4], "comment", at, toward=ours, text="?")
                if answered != "-":
                    world.act(ours, "reply", start.replace(hour=int(answered), minute=59), reply_to=question, text="!")
    return ours


WEEK = """
    Mon  10  3  10
    Tue  10  3  10
    Tue  19  6  -
    Sat  11  2  11
    Sun  15  5  -
"""


@pytest.fixture
def brand() -> Brand:
    return world.brand("tea", time_zone="Europe/Paris")


def audited(brand: Brand, text: str = WEEK) -> Audit:
    world.act(drawn(brand, text), "post", AT - timedelta(seconds=1))
    return build(brand=brand, now=AT)


def section(audit: Audit) -> Any:
    return next(one for one in report(audit).sections if one.key == "staffing")


def rows_behind(audit: Audit, href: str) -> int:
    return _filtered(audit, Asked.of(dict(parse_qsl(urlsplit(href).query)))).count()


def test_the_finding_names_the_hours_in_which_nobody_answers(brand):
    assert section(audited(brand)).finding == (
        "58% of the conversations begin when nobody answers: Monday to Friday 19 to 20 h and Sundays 15 to 16 h."
    )


def test_every_number_leads_to_as_many_rows(brand):
    audit = audited(brand)
    told = section(audit)
    assert [(one.value, one.note) for one in told.figures] == [
        ("58%", "121 of 209 conversations"),
        ("0%", "0 of 88 answers"),
    ]
    assert [rows_behind(audit, one.href) for one in told.figures] == [121, 0]
    week = told.tables[0]
    assert [cell for cell, _ in week.rows[0]] == ["Mon\N{EN DASH}Fri, asked", "0%", "0%", "0%", "32%", "0%",
                                                  "0%", "32%", "0%"]  # fmt: skip
    assert [rows_behind(audit, href) for _, href in week.rows[0] if href] == [66, 66]
    assert [rows_behind(audit, href) for row in week.rows[1::2] for _, href in row if href] == [66, 22]


def test_the_picture_names_the_days_as_shortly_as_its_table(brand):
    picture = section(audited(brand)).charts[0]
    names = [one["name"] for one in picture.spec["layer"][-1]["data"]["values"]]
    assert names == ["Mon\N{EN DASH}Fri", "Sat", "Sun"]
    assert picture.columns[1::2] == [f"{name}, asked" for name in names]


def test_where_we_are_there_when_people_write_no_hours_are_named(brand):
    told = section(audited(brand, "Mon 10 3 10\nTue 19 3 19"))
    assert (told.finding, told.todo) == (
        "Yes: there are no hours in which people write and hardly anybody answers.", ""
    )  # fmt: skip


def test_a_page_that_never_answers_is_not_judged_by_its_hours(brand):
    told = section(audited(brand, "Mon 10 3 -\nTue 19 3 -"))
    assert told.finding == "Too few questions and answers to say when somebody is there: 0."
    assert told.charts == []


def test_a_bots_answers_are_nobodys(brand):
    audit = audited(brand, "Mon 10 3 10\nTue 19 6 -")
    bot = world.account(brand, "robot", role="own", told_kind="bot")
    for one in AuditedConversation.objects.of(brand).filter(answer=None):
        world.act(bot, "reply", one.asked_at, reply_to=Activity.objects.of(brand).get(pk=one.message))
    assert section(build(brand=brand, now=AT)).finding == section(audit).finding


def test_competitors_are_told_the_same_way_with_their_rows(brand):
    drawn(brand, "Mon 10 3 10\nSun 9 9 -", page="quai", role="competitor")
    drawn(brand, "Mon 10 1 10", page="smallpage", role="competitor")
    audit = audited(brand)
    told = section(audit)
    ((line, href),) = told.lines
    assert line == "Quai: 75% begin when hardly anybody answers: Sundays 9 to 10 h."
    assert rows_behind(audit, href) == 99
    pages = told.tables[0]
    assert [[cell for cell, _ in row] for row in pages.rows] == [
        [brand.name, "209", "58%", "51% to 64%", "0%"],
        ["Quai", "132", "75%", "67% to 82%", "0%"],
    ]
    assert summary(audit)["staffing"]["competitors"][0]["begin_in_gaps"]["value"] == 0.75


def test_what_comes_outside_of_the_hours_of_service_is_told_where_hours_are_set(brand):
    nine_to_five = [[[540, 1020]]] * 5 + [[], []]
    Desk.objects.create(brand=brand, key="care", week=nine_to_five)
    Desk.objects.create(brand=brand, key="press")
    Holiday.objects.create(brand=brand, day=(MONDAY + timedelta(weeks=3)).date())
    audit = audited(brand)
    told = section(audit)
    # Tuesday evenings, Saturdays, Sundays, and the three of the Monday on which nobody works.
    assert told.lead == ["70% of the conversations begin outside of our hours of service."]
    assert told.figures[2].note == "146 of 209 conversations"
    assert rows_behind(audit, told.figures[2].href) == 146
    assert summary(audit)["staffing"]["outside_hours_of_service"]["asked"] == 146


def test_an_audit_of_before_these_figures_still_opens(brand):
    audit = audited(brand)
    del audit.figures["staffing"]
    audit.save()
    assert "staffing" not in [one.key for one in report(audit).sections]
    assert summary(audit)["staffing"] is None
    assert printed(audit).startswith(b"%PDF-")


def test_the_page_shows_the_finding_and_its_rows_keep_the_filter(client, brand):
    audit = audited(brand)
    world.signed_in(client, world.member(brand, "analyst"))
    assert "begin when nobody answers: Monday to Friday 19 to 20 h" in client.get("/b/tea/audit/").content.decode()
    page = client.get(section(audit).figures[0].href).content.decode()
    assert "begun Monday to Friday 19 to 20 h and Sundays 15 to 16 h" in page
    assert '<input type="hidden" name="hours" value="19.43.67.91.115.159">' in page


def test_hours_in_an_address_and_in_words():
    hours = read("18-20.42.x.500-501.9-")
    assert (sorted(hours), written(hours)) == ([18, 19, 20, 42], "18-20.42")
    assert words(hours) == "in 4 hours of the week"
    assert words([*range(120, 168)]) == "Saturdays and Sundays all day"
    assert chosen(Asked.of({"answered": "18", "outside": "1"})) == [
        "answered in 1 hour of the week", "begun outside of our hours of service"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        (["W 18-22", "U 0-24"], "Monday to Friday 18 to 22 h and Sundays all day"),
        (["W 0-7", "W 18-24"], "Monday to Friday before 7 h and from 18 h on"),
        (["W 0-7", "W 18-24", "U 0-24"], "Monday to Friday before 7 h and from 18 h on, and Sundays all day"),
        (["W 20-24", "S 20-24", "U 20-24"], "every day from 20 h on"),
        (["W 20-24", "S 20-24"], "Monday to Saturday from 20 h on"),
    ],
)
def test_stretches_are_said_as_one_would(gaps, words):
    kinds = {"W": (0, 1, 2, 3, 4), "S": (5,), "U": (6,)}
    told = [(kind, *hours.split("-")) for kind, hours in map(str.split, gaps)]
    with translation.override("en"):
        assert said([{"days": kinds[k], "first": int(a), "last": int(b)} for k, a, b in told]) == words
