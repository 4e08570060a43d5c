"""By keys alone in the list of the inbox: what they do to an open conversation they do to the marked row."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect
from tests.journeys.conftest import WORK_MS, once, troubles
from tests.journeys.test_inbox import INBOX, row
from tests.journeys.test_reading import told


def marked(page, number):
    """Mark the row of a conversation by keys."""
    row = page.locator(f'[data-row][data-id="{number}"]')
    for _ in range(60):
        if row.evaluate("row => row.matches('.at')"):
            return row
        page.keyboard.press("j")
    raise AssertionError(number)


def test_the_keys_do_to_the_marked_row_what_they_do_to_an_open_conversation(visit, house, tmp_path):
    names = [once(name) for name in ("Hal", "Ida", "Jon")]
    keys = once("by keys")
    asks = [row(40 + place, name, f"Where is my tin, {keys}?") for place, name in enumerate(names)]
    told(house, tmp_path / "three.csv", *asks)
    with visit() as page:
        page.goto(f"{INBOX}?q=%22{quote(keys)}%22")
        expect(page.locator("[data-row]")).to_have_count(3, timeout=WORK_MS)
        jon, ida, hal = (one.get_attribute("data-id") for one in page.locator("[data-row]").all())
        first = marked(page, ida)
        page.keyboard.press("c")
        expect(first).to_contain_text("you are on it")
        page.keyboard.press("c")
        expect(first).not_to_contain_text("you are on it")
        page.keyboard.press("s")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert troubles(page) == []
        page.get_by_role("dialog").get_by_role("button", name="Until tomorrow").press("Enter")
        expect(page.locator("[data-row]")).to_have_count(2)
        # The mark goes to who comes up in its place; what is open beside it is another's.
        expect(page.locator("[data-row].at")).to_have_attribute("data-id", hal)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("#thread")).to_be_visible()
        page.keyboard.press("k")
        expect(page.locator("[data-row].at")).to_have_attribute("data-id", jon)
        page.keyboard.press("e")
        expect(page.locator("[data-row]")).to_have_count(1)
        expect(page.locator("#one-title")).to_contain_text(names[0])
        expect(page.locator("#facts")).not_to_contain_text("resolved")
