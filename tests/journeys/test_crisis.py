"""The story of docs/guides/crisis.md: a burst opens the room, somebody answers for it, each is answered, it ends."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Error, expect
from tests.journeys.conftest import DEMO, PHONE, RUN, WIDE, WORK_MS, followed, once, troubles
from tests.journeys.test_reading import told

PAGE = "https://x.simulated.example/@maisontilleul"
CRISIS, TODAY = f"{DEMO}crisis/", f"{DEMO}today/?minutes=600"
LEAK = ("The kettle leaks", "My kettle leaks again, terrible", "This kettle leaks, I am furious")
LATE = ("My parcel never came, awful", "The parcel never came", "Parcel never came, this is terrible service")
FIRST = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo")
PEOPLE = [once(f"{first} {last}") for last in ("Adler", "Brandt", "Castel", "Duarte") for first in FIRST]
ANSWER = "Dear {first_name}, we are sorry: we replace every kettle that leaks."
SAME = re.compile(r"\d+ people were answered in the very words of somebody else\.")
HEAD = "network,id,at,act,actor_id,actor_name,to_id,text,in_reply_to"


def burst():
    """Angry comments of the last half hour, half of them about a kettle, half about a parcel."""
    since = datetime.now(UTC) - timedelta(minutes=30)
    for number, name in enumerate(PEOPLE):
        at = (since + number * timedelta(seconds=50)).isoformat()
        text = (LEAK if number % 2 else LATE)[number // 2 % 3] + "!" * (1 + number // 6)
        yield f'x,{said_by(number)},{at},comment,angry{RUN}-{number},{name},{PAGE},"{text}",'


def said_by(number):
    return f"crisis-{RUN}-{number}"


@pytest.fixture(scope="module")
def room(browser, house, session, tmp_path_factory):
    """The address of the room that the watch has opened, once the burst is in it."""
    told(house, tmp_path_factory.mktemp("told") / "burst.csv", *burst(), head=HEAD)
    with browser.new_context(base_url=house.address, locale="en", storage_state=session) as context:
        page = context.new_page()
        page.goto(CRISIS)
        page.get_by_role("button", name="Look now").click()
        # Words of other journeys may have opened it before.
        expect(page.get_by_text("A crisis is open since")).to_be_visible(timeout=WORK_MS)
        page.locator("li.todo-one").filter(has=page.get_by_text("open", exact=True)).get_by_role("link").click()
        expect(page.get_by_role("heading", name="Who is behind it")).to_be_visible()
        address = page.url.removeprefix(house.address)
        until(page, address, lambda: group(page, "kettle").count() and any_of(PEOPLE, page.inner_text("main")))
        return address


def any_of(names, text):
    return any(name in text for name in names)


def until(page, address, is_so):
    """Look again until it is so: the worker has other things to do as well."""
    late = time.monotonic() + WORK_MS / 1000
    while time.monotonic() < late:
        # A page that follows a job loads itself anew once the job is done, perhaps in this very moment.
        with suppress(Error):
            page.goto(address)
            if is_so():
                return
        page.wait_for_timeout(500)
    raise AssertionError(page.inner_text("main"))


def group(page, word):
    return page.locator("section", has=page.get_by_role("heading", name="Who is behind it")).get_by_role(
        "link", name=word
    )


def first_of(page, many):
    """Names and addresses of those to answer first."""
    section = page.locator("section", has=page.get_by_role("heading", name="Whom to answer first"))
    links = section.locator("li.todo-one").get_by_role("link").all()[:many]
    return [(link.inner_text(), link.get_attribute("href")) for link in links]


def answer(page, name, address, more=""):
    """Adapt the draft that lies in a conversation, let it go, and say that it was sent by hand."""
    page.goto(address)
    box = page.locator("#answer-text")
    mine = ANSWER.format(first_name=name.split()[0])
    expect(box).to_have_value(mine)
    box.fill(mine + more)
    page.locator("#send-answer").click()
    expect(page.locator("#thread").get_by_text(mine + more)).to_be_visible()
    page.get_by_role("button", name="I have sent it").click()
    expect(page.get_by_role("button", name="I have sent it")).to_have_count(0)


def test_a_crisis_is_owned_stands_on_today_and_is_answered_person_by_person(visit, room):
    with visit() as page:
        page.goto(room)
        page.get_by_label("Who answers for it").select_option(index=1)
        followed(page, page.get_by_role("button", name="Say so"))
        expect(page.get_by_role("heading", name="answers for it")).not_to_contain_text("Nobody")
        page.goto(TODAY)
        line = page.locator("li.todo-one").filter(has_text="you answer for it")
        followed(page, line.get_by_role("link", name="Look after the crisis"))
        followed(page, group(page, "kettle"))
        page.get_by_label("Prepared answer").fill(ANSWER)
        followed(page, page.get_by_role("button", name="Keep it"))
        followed(page, page.get_by_role("button", name="Prepare drafts"))
        expect(page.get_by_text("drafts of yours are ready")).to_be_visible()
        for (name, address), more in zip(first_of(page, 3), ("", "", " Yours is on its way."), strict=True):
            answer(page, name, address, more)
        page.goto(room)
        expect(page.get_by_text(SAME)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(visit, picture, room, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        found = {}
        for address in (CRISIS, room):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            if (size, scheme, address) == (WIDE, "light", room):
                picture(page, "crisis")
            found[address] = troubles(page)
        followed(page, group(page, "kettle"))
        found["group"] = troubles(page)
        assert not any(found.values()), found


def cell(page, line):
    """What the newest look says about this line of the aftermath."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=line)).get_by_role("cell").last


def test_what_came_of_it_is_told_while_it_lasts_and_at_its_end(visit, house, room, tmp_path):
    at = datetime.now(UTC).isoformat()
    # The network tells what was sent by hand.
    ours = [f'x,{said_by(one)}-a,{at},reply,{PAGE},Maison Tilleul,,"We are sorry.",{said_by(one)}' for one in (1, 3)]
    told(house, tmp_path / "ours.csv", *ours, head=HEAD)
    with visit() as page:
        page.goto(CRISIS)
        page.get_by_role("button", name="Look now").click()
        until(page, room, lambda: "(2 of" in cell(page, "Conversations answered").inner_text())
        followed(page, page.get_by_role("button", name="Close it"))
        expect(page.get_by_text("It is closed.")).to_be_visible()
        until(page, room, lambda: page.get_by_role("columnheader", name="at its end").count())
        expect(cell(page, "Conversations answered")).to_contain_text("(2 of")
        page.goto(TODAY)
        expect(page.get_by_text("you answer for it")).to_have_count(0)
