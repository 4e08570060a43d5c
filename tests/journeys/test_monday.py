"""The story of docs/guides/monday-audit.md: from signing in to the PDF that one shows a client."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect
from tests.journeys.conftest import DEMO, INSIDE, OWNER, PHONE, WORK_MS, followed


@pytest.fixture(scope="module")
def comments(tmp_path_factory):
    """Half a year of a small brand's comments, in a file."""
    file = tmp_path_factory.mktemp("export") / "comments.jsonl.gz"
    told = ["--people", "400", "--weeks", "39", "--seed", "7", "--out", str(file)]
    subprocess.run([sys.executable, "-m", "entourage.cli", "simulate", *told], check=True, capture_output=True)
    return file


def test_last_quarter_s_comments_become_an_audit_the_same_hour(visit, picture, comments):
    with visit(anonymous=True) as page:
        _sign_in(page, picture)
        _choose_goals(page, picture)
        _import(page, picture, comments)
        _read_the_audit(page, picture)
        _open_a_person(page, picture)
        _read_it_in_french(page, picture)
        _take_the_pdf(page)
        _read_it_in_english(page)


def _sign_in(page, picture):
    page.goto(DEMO)
    picture(page, "sign-in")
    page.get_by_label("E-mail").fill(OWNER[0])
    page.get_by_label("Password").fill(OWNER[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(INSIDE)


def _choose_goals(page, picture):
    page.goto("/brands/new/")
    page.get_by_label("Name of the brand").fill("Atelier Tilleul")
    page.get_by_label("Fewer calls").check()
    page.get_by_label("A better image").check()
    picture(page, "goals")
    page.get_by_role("button", name="Make the brand").click()
    expect(page.get_by_role("status")).to_contain_text("Import its first file")


def _import(page, picture, comments):
    page.get_by_label("Drop a file here").set_input_files(comments)
    page.get_by_label("Our accounts").fill("maisontilleul")
    page.get_by_label("Competitors' accounts").fill("theduquai, leafandkettle")
    page.get_by_role("button", name="Look at this file").click()
    take = page.get_by_role("button", name="Take it in")
    expect(take).to_be_visible(timeout=WORK_MS)
    picture(page, "import-look")
    take.click()
    expect(page.get_by_role("heading", name="What became of its rows")).to_be_visible(timeout=WORK_MS)
    picture(page, "import-report")


def _read_the_audit(page, picture):
    page.get_by_role("link", name="Audit", exact=True).click()
    finding = page.get_by_role("heading", name=re.compile("conversations"))
    for _ in range(WORK_MS // 2000):
        if finding.first.is_visible():
            break
        page.wait_for_timeout(2000)
        # The page that follows the audit reloads by itself once it is done, perhaps in this very moment.
        with suppress(Error):
            page.reload()
    expect(finding.first).to_be_visible()
    expect(page.locator(".plot svg").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    picture(page, "audit")


def _open_a_person(page, picture):
    link = page.locator(".audit .people a").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.wait_for_load_state("networkidle")
    picture(page, "person")


def _read_it_in_french(page, picture):
    followed(page, page.get_by_role("link", name="Audit", exact=True))
    page.get_by_role("button", name="Lire en français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("L’audit du lundi")
    page.wait_for_load_state("networkidle")
    picture(page, "audit-fr")


def _read_it_in_english(page):
    # As before: whoever signs in next finds the language in which they left.
    page.get_by_role("button", name="Read in English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def _take_the_pdf(page):
    with page.expect_download(timeout=WORK_MS) as started:
        page.get_by_role("link", name=re.compile("PDF")).click()
    file = started.value.path().read_bytes()
    assert file.startswith(b"%PDF-")
    assert len(file) > 20_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("door", "name"), [("People", "people"), ("Trust", "trust"), ("Operations", "operations"), ("Privacy", "privacy")]
)
def test_the_demo_brand_has_something_behind_each_door(visit, picture, door, name, scheme):
    with visit(scheme=scheme) as page:
        page.goto(DEMO)
        followed(page, page.locator(".rail").get_by_role("link", name=door, exact=True))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main .empty")).to_have_count(0)
        if scheme == "light" or name == "people":
            picture(page, name if scheme == "light" else f"{name}-dark")


def test_the_audit_is_read_on_a_phone(visit, picture):
    with visit(size=PHONE) as page:
        page.goto(f"{DEMO}audit/")
        followed(page, page.locator(".bottom").get_by_role("link", name="Know", exact=True))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        followed(page, page.locator(".bottom").get_by_role("link", name="Prove", exact=True))
        picture(page, "audit-phone")
