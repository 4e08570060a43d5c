"""The story of docs/guides/meaning.md: topics, what the public teaches, search, territory, by hand and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, PHONE, WIDE, WORK_MS, followed, troubles


def waited(page, path, row):
    """The page once the worker has filled it: opened again as a reader would who comes back."""
    for _ in range(WORK_MS // 3_000):
        page.goto(path)
        if page.locator(row).count():
            return page.locator(row)
        page.wait_for_timeout(3_000)
    raise AssertionError(f"nothing came on {path}: {page.locator('main').inner_text()[:400]}")


def test_a_finding_is_opened_read_and_passed_on(visit, picture):
    with visit() as page:
        findings = waited(page, f"{DEMO}lessons/?kind=how_to", ".gathering")
        picture(page, "lessons")
        said = findings.first.locator(".said").inner_text()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator(".read .said").first).to_have_text(said)
        page.get_by_role("textbox", name="Title").fill("Descaling without harm")
        page.get_by_label("State").select_option("told")
        page.get_by_label("Passed on to").select_option("rnd")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Descaling without harm")
        page.goto(f"{DEMO}lessons/?state=told")
        expect(page.locator(".gathering h2")).to_have_text(["Descaling without harm"])


def test_a_topic_leads_to_its_messages_and_they_to_others_like_them(visit, picture):
    with visit() as page:
        topics = waited(page, f"{DEMO}topics/", ".gathering")
        picture(page, "topics")
        followed(page, topics.first.locator("a[data-open]"))
        first = page.locator(".read .said").first.inner_text()
        followed(page, page.get_by_role("link", name="others like it").first)
        expect(page.locator("section.card .said")).to_have_text(first)
        expect(page.locator("#found .near").first).to_be_visible(timeout=WORK_MS)


def test_a_search_shows_exact_words_at_once_and_other_words_a_moment_later(visit, picture):
    with visit() as page:
        waited(page, f"{DEMO}topics/", ".gathering")
        page.keyboard.press("g")
        page.keyboard.press("f")
        page.wait_for_url("**/search/")
        page.keyboard.press("/")
        page.keyboard.type("colis jamais arrivé")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("q=colis"))
        expect(page.locator("#found .near").first).to_be_visible(timeout=WORK_MS)
        picture(page, "search")
        assert page.locator("#found .read").count() > 5
        page.reload()
        expect(page.locator("#found .near").first).to_be_visible()


def test_the_territory_is_redrawn_by_a_word(visit, picture):
    with visit() as page:
        waited(page, f"{DEMO}territory/", "table.rows")
        picture(page, "territory")
        page.get_by_label("Your products and subjects").fill("thé vert\nthéière\nbouilloire")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_text("The territory is being drawn anew.")).to_be_visible()
        expect(page.get_by_label("Your products and subjects")).to_have_value("thé vert\nthéière\nbouilloire")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_is_found(visit, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        findings = waited(page, f"{DEMO}lessons/", ".gathering")
        followed(page, findings.first.locator("a[data-open]"))
        found = {"finding": troubles(page)}
        page.goto(f"{DEMO}search/?q=bouilloire")
        expect(page.locator("#found .near").first).to_be_visible(timeout=WORK_MS)
        found["search"] = troubles(page)
        for door in ("topics/", "lessons/", "territory/"):
            page.goto(f"{DEMO}{door}")
            page.wait_for_load_state("networkidle")
            found[door] = troubles(page)
        assert {name: rules for name, rules in found.items() if rules} == {}
