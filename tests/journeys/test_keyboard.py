"""A hand that never leaves the keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, INSIDE


def test_one_signs_in_finds_a_person_and_opens_them_by_keys_alone(visit):
    with visit(anonymous=True) as page:
        page.goto(DEMO)
        expect(page.get_by_label("E-mail")).to_be_focused()
        page.keyboard.type("olga@example.org")
        page.keyboard.press("Tab")
        page.keyboard.type("a calm, well-lit workshop")
        page.keyboard.press("Enter")
        page.wait_for_url(INSIDE)
        page.keyboard.press("g")
        page.keyboard.press("p")
        page.wait_for_url("**/people/**")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        name = page.locator("[data-row].at a[data-open]").first.inner_text()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_slash_searches_and_a_question_mark_shows_the_keys(visit):
    with visit() as page:
        page.goto(DEMO)
        page.keyboard.press("g")
        page.keyboard.press("p")
        page.wait_for_url("**/people/**")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("an")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("q=an"))
        page.locator("main").focus()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_first_tab_offers_to_skip_the_rail(visit):
    with visit() as page:
        page.goto("/?all=1")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
