"""The story of docs/guides/service.md: hours, a promise, a rule tried before it does anything, and what was kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, PHONE, WIDE, WORK_MS, followed, troubles

SERVICE = f"{DEMO}service/"


def test_hours_a_promise_a_rule_and_what_was_kept(visit, picture):
    with visit() as page:
        page.goto(SERVICE)
        followed(page, page.get_by_role("link", name="customer care"))
        page.get_by_label("Day and night, every day").uncheck()
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
            page.get_by_label(day).fill("9:00-12:00, 13:00-18:00")
        followed(page, page.get_by_role("button", name="Save"))
        expect(page.get_by_text("Monday – Friday: 9:00-12:00, 13:00-18:00")).to_be_visible()
        page.get_by_label("First answer within (minutes)").fill("240")
        followed(page, page.get_by_role("button", name="Promise this"))
        expect(page.get_by_role("cell", name="4 h 00 min")).to_be_visible()
        assert troubles(page) == []
        picture(page, "service")
        page.goto(f"{SERVICE}rules/new/")
        page.get_by_label("Name").fill("Parcels")
        page.get_by_label("Words").fill("colis, parcel")
        page.get_by_label("Goes to").select_option("sales")
        followed(page, page.get_by_role("button", name="Try it on last month"))
        expect(
            page.get_by_role("heading", name=re.compile(r"It would have fitted \d+ of [\d,]+ messages"))
        ).to_be_visible()
        assert troubles(page) == []
        picture(page, "service-rule")
        followed(page, page.get_by_role("button", name="Save the rule"))
        expect(page.get_by_role("link", name="Parcels")).to_be_visible()
        page.goto(f"{SERVICE}promises/")
        followed(page, page.get_by_role("button", name=re.compile("Count")))
        expect(page.get_by_role("heading", name="Which share was kept")).to_be_visible(timeout=WORK_MS)
        assert troubles(page) == []
        picture(page, "service-promises")
        share = page.get_by_role("row", name=re.compile("first answer")).first
        followed(page, share.get_by_role("link").first)
        expect(page.get_by_role("heading", name="Promises, one by one")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "path", ["", "departments/care/", "people/1/", "rules/", "rules/new/", "promises/", "promises/rows/"]
)
def test_axe_finds_nothing_on_any_page_of_the_service(visit, size, path):
    with visit(size=size, scheme="dark" if size == PHONE else "light") as page:
        page.goto(f"{SERVICE}{path}")
        page.wait_for_load_state("networkidle")
        assert troubles(page) == []
