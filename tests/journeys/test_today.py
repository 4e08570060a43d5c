"""The story of docs/guides/today.md: whom to answer in half an hour, a promise kept, thanks in words of their own."""

from __future__ import annotations

import re
import time
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, PHONE, RUN, WIDE, WORK_MS, followed, once, troubles
from tests.journeys.test_reading import told

PAGE = "https://x.simulated.example/@maisontilleul"
TODAY, THANKS, CRITICS, PROMISES = (f"{DEMO}{name}/" for name in ("today", "thanks", "critics", "promises"))
INBOX = f"{DEMO}inbox/"
SHOWN = {TODAY: "today", THANKS: "thanks", CRITICS: "critics"}
PARCEL = once("my parcel")
# A crisis has somebody named "who answers for it".
ANSWER = re.compile("^Answer ")


def row(number, name, text):
    """A comment on the demo's page, written a moment ago."""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 90 + number))
    return f'x,today-{RUN}-{number},{at},comment,{name.lower().split()[0]},{name},{PAGE},"{text}"'


@pytest.fixture(scope="module")
def ann(house, tmp_path_factory):
    """Ann asks something that nobody else asked."""
    told(house, tmp_path_factory.mktemp("told") / "ann.csv", row(1, "Ann Verhoeven", f"Where is {PARCEL}?"))


def lines(page):
    return page.locator("li.todo-one")


def test_the_first_of_half_an_hour_is_answered_by_keys_and_is_gone(visit):
    with visit() as page:
        page.goto(TODAY)
        page.get_by_label("Minutes you have").fill("30")
        followed(page, page.get_by_role("button", name="Plan"))
        expect(page.get_by_text("You have 30 minutes:")).to_be_visible()
        first = lines(page).filter(has=page.get_by_role("link", name=ANSWER)).first
        address = first.get_by_role("link", name=ANSWER).get_attribute("href")
        while not first.evaluate("line => line.matches('.at')"):
            page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("#thread")).to_be_visible()
        page.keyboard.press("r")
        expect(page.locator("#answer-text")).to_be_focused()
        page.keyboard.type("We are on it, and tell you today.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#thread").get_by_text("We are on it, and tell you today.")).to_be_visible()
        page.goto(f"{TODAY}?minutes=30")
        expect(page.locator(f'a[href="{address}"]')).to_have_count(0)
        expect(lines(page).first).to_be_visible()


def test_a_promise_is_noted_stands_on_today_and_is_kept(visit, ann):
    with visit() as page:
        page.goto(f"{INBOX}?box=all&q=%22{quote(PARCEL)}%22")
        page.locator("a[data-open]", has_text="Ann").first.click()
        expect(page.locator("#thread")).to_be_visible(timeout=WORK_MS)
        page.locator("#toolbar").get_by_role("link", name="Promises").click()
        words = once("a new tin by tomorrow")
        page.get_by_label("What was promised").fill(words)
        page.get_by_role("button", name="Promise it").click()
        expect(page.get_by_text("It stands on your Today until it is kept.")).to_be_visible()
        page.goto(f"{TODAY}?minutes=600")
        expect(lines(page).filter(has_text=words).get_by_role("link", name="Keep it for Ann")).to_be_visible()
        page.goto(PROMISES)
        lines(page).filter(has_text=words).get_by_role("button", name="Kept").click()
        expect(page.get_by_text(words)).to_have_count(0)
        page.goto(f"{TODAY}?minutes=600")
        expect(page.get_by_text(words)).to_have_count(0)


def thankable(page):
    page.goto(THANKS)
    return lines(page).filter(has=page.get_by_role("textbox"))


def thank(page, line, words):
    line.get_by_role("textbox").fill(words)
    line.get_by_role("button", name="Thank ").click()


def test_thanks_leave_once_and_the_same_words_and_the_same_person_are_refused(visit):
    words = once("You made our week")
    with visit() as page:
        people = thankable(page)
        key, other = (people.nth(place).get_attribute("id") for place in (0, 1))
        # A second window stands open on the same queue.
        late = page.context.new_page()
        late.goto(THANKS)
        thank(page, page.locator(f"#{key}"), words)
        expect(page.get_by_text("Your thanks to ")).to_be_visible()
        expect(page.locator(f"#{key}").get_by_role("textbox")).to_have_count(0)
        again = once("And thanks once more")
        thank(late, late.locator(f"#{key}"), again)
        expect(late.get_by_text("between two contacts").first).to_be_visible()
        expect(late.locator("#words-kept")).to_have_value(again)
        thank(page, page.locator(f"#{other}"), words)
        refused = page.locator(f"#{other}")
        expect(refused.get_by_role("alert")).to_contain_text("thanked somebody before")
        expect(refused.get_by_role("textbox")).to_have_value(words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(visit, picture, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        found = {}
        for address in (TODAY, THANKS, CRITICS, PROMISES):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            if (size, scheme) == (WIDE, "light") and address in SHOWN:
                picture(page, SHOWN[address])
            found[address] = troubles(page)
        assert not any(found.values()), found
