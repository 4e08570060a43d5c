"""The story of docs/guides/reading.md: a correction holds for the next message that says the same, and for good."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, OURS, PHONE, WIDE, WORK_MS, followed, troubles

PAGE = f"{DEMO}reading/"
HEAD = "network,id,at,act,actor_id,actor_name,to_id,text"
IRONY = "Bravo, one more kettle that leaks, thanks for that"


def told(house, file, *rows, head=HEAD):
    """Take in a file of comments on the demo brand, as a network would tell them a moment ago."""
    file.write_text("\n".join([head, *rows]) + "\n")
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, "-m", "entourage.cli", "import", str(file), "--brand", "maison-tilleul", "--json"]
    done = subprocess.run(
        command, env=kept | {"ENTOURAGE_DATA": str(house.data)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def row(number, name, text):
    at = datetime.now(UTC) - timedelta(minutes=10 - number)
    return f'x,journey-{number},{at.isoformat()},comment,{name.lower()},{name},maisontilleul,"{text}"'


def message(page, name):
    return page.locator("li.read").filter(has=page.get_by_role("link", name=name, exact=True))


@pytest.fixture(scope="module")
def irony(house, tmp_path_factory):
    """Dee's message on the demo brand."""
    told(house, tmp_path_factory.mktemp("told") / "dee.csv", row(1, "Dee Journey", IRONY))


def searched(page):
    page.goto(f"{PAGE}?q=one+more+kettle+that+leaks")


def test_a_correction_holds_for_the_next_message_that_says_the_same_and_after_teaching(
    visit, picture, house, irony, tmp_path
):
    with visit() as page:
        searched(page)
        dee = message(page, "Dee Journey")
        dee.get_by_text("Correct", exact=True).click()
        dee.get_by_label("Sign").select_option("negative")
        dee.get_by_label("Intent").select_option("complaint")
        picture(page, "reading-correct")
        dee.get_by_role("button", name="Save").click()
        expect(dee.locator(".sign-negative")).to_be_visible()
        expect(dee.get_by_role("status")).to_contain_text("From now on")
        expect(dee.get_by_role("button", name="Put back")).to_be_focused()
        told(house, tmp_path / "eve.csv", row(2, "Eve Journey", IRONY))
        _reads_as_corrected(page)
        page.goto(PAGE)
        page.get_by_role("button", name="Teach the reader").click()
        expect(page.get_by_text("Taught last on")).to_be_visible(timeout=WORK_MS)
        told(house, tmp_path / "fay.csv", row(3, "Fay Journey", IRONY))
        _reads_as_corrected(page, "Fay Journey")


def _reads_as_corrected(page, *more):
    searched(page)
    for name in ("Dee Journey", "Eve Journey", *more):
        one = message(page, name)
        for word in ("negative", "complaint", "corrected"):
            expect(_line(one).get_by_text(word, exact=True)).to_be_visible()


def _line(one):
    return one.locator(".read-line")


def test_one_agrees_and_puts_back_by_keys_alone(visit, irony):
    with visit() as page:
        page.goto(f"{PAGE}?sign=positive&intent=praise")
        page.keyboard.press("j")
        first = page.locator("li.read").first
        page.keyboard.press("y")
        expect(first.get_by_text("agreed", exact=True)).to_be_visible()
        # The hand waits for the eye: the cursor stands on what the next key would press.
        expect(first.get_by_role("button", name="Put back")).to_be_focused()
        page.keyboard.press("u")
        expect(first.get_by_role("button", name="That is right")).to_be_visible()
        expect(first.locator("summary", has_text="Correct")).to_be_focused()
        page.keyboard.press("e")
        expect(first.get_by_label("Sign")).to_be_visible()


def test_without_javascript_a_correction_works_too(browser, house, session, irony):
    with browser.new_context(
        base_url=house.address, java_script_enabled=False, storage_state=session, locale="en"
    ) as context:
        page = context.new_page()
        searched(page)
        dee = message(page, "Dee Journey")
        dee.get_by_text("Correct", exact=True).click()
        dee.get_by_label("Language").select_option("fr")
        dee.get_by_role("button", name="Save").click()
        expect(page).to_have_url(re.compile("#m-"))
        expect(_line(message(page, "Dee Journey")).get_by_text("French", exact=True)).to_be_visible()
        expect(page.get_by_text("From now on these words read as you said.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_on_a_message_its_form_and_its_page(visit, picture, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        page.goto(PAGE)
        page.wait_for_load_state("networkidle")
        if (size, scheme) == (WIDE, "light"):
            page.goto(f"{PAGE}?language=fr&sign=positive")
            picture(page, "reading")
        page.locator("details.correct summary").first.click()
        found = {PAGE: troubles(page)}
        followed(page, page.locator("li.read a[data-open]").first)
        found["message"] = troubles(page)
        followed(page, page.get_by_role("link", name="How we know"))
        found["method"] = troubles(page)
        assert not any(found.values()), found
