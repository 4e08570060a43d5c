"""The story of docs/guides/inbox.md: two people at one inbox, and nobody is answered twice."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import CALLED, DEMO, PHONE, RUN, WIDE, WORK_MS, followed, once, troubles
from tests.journeys.test_reading import told
from tests.quick import assert_quick

PAGE = "https://x.simulated.example/@maisontilleul"
INBOX = f"{DEMO}inbox/"
# After the command has said that it is done.
AT_ONCE_S = 2.0
SAID = {
    "Ann Verhoeven": "Where is my turquoise parcel? I have waited for a week",
    "Bob Tremblay": "Do you ship to Zeebrugge?",
    "Cyd Okafor": "Which tea goes with stilton?",
    "Dee Marchetti": "This samovar leaks, I am furious!!!",
}
WORD = {"Ann Verhoeven": "turquoise", "Bob Tremblay": "Zeebrugge", "Cyd Okafor": "stilton", "Dee Marchetti": "samovar"}


def row(number, name, text):
    """A comment on the demo's page, written a moment ago."""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60 + number))
    return f'x,inbox-{RUN}-{name}-{number},{at},comment,{name.lower()},{name},{PAGE},"{text}"'


@pytest.fixture(scope="module")
def people(house, tmp_path_factory):
    """Four people who have just written."""
    rows = [row(number, name, text) for number, (name, text) in enumerate(SAID.items())]
    told(house, tmp_path_factory.mktemp("told") / "four.csv", *rows)


def opened(page, name):
    """The conversation of somebody, found as one finds it."""
    page.goto(f"{INBOX}?box=all&q={WORD[name]}")
    link = page.locator("a[data-open]", has_text=name).first
    expect(link).to_be_visible(timeout=WORK_MS)
    followed_here(page, link)


def followed_here(page, link):
    # An open inbox never falls silent; but keys are heard, and words are kept, once all of its page is there.
    with page.expect_navigation():
        link.click()
    expect(page.locator("#thread")).to_be_visible()


def box(page):
    return page.locator("#answer-text")


def send(page):
    return page.locator("#send-answer")


def test_a_new_message_is_on_the_screen_within_two_seconds(desk, session, house, people, tmp_path):
    asks = iter(enumerate(("Is the blue tin back", "And is the green one back", "Or the red one"), 9))
    with desk(session) as page:
        page.goto(INBOX)

        def shown():
            number, words = next(asks)
            told(house, tmp_path / "eve.csv", row(number, "Eve Lindqvist", once(words)))
            since = time.monotonic()
            expect(page.locator("#rows").get_by_text(once(words))).to_be_visible(timeout=WORK_MS)
            return time.monotonic() - since

        assert_quick(shown, under_s=AT_ONCE_S)


def test_the_same_conversation_cannot_be_answered_twice(desk, session, bea, people):
    with desk(session) as olga, desk(bea) as second:
        opened(olga, "Ann Verhoeven")
        opened(second, "Ann Verhoeven")
        box(olga).fill("Dear Ann, it left this morning.")
        expect(second.get_by_text("has this conversation")).to_be_visible()
        expect(send(second)).to_be_disabled()
        send(olga).click()
        sent = olga.locator("#thread").get_by_text("Dear Ann, it left this morning.")
        expect(sent).to_be_visible()
        expect(box(olga)).to_have_value("")
        expect(second.locator("#thread").get_by_text("Dear Ann, it left this morning.")).to_be_visible()
        # The answer gave the claim back; she claims anew. Whoever gets around the page is refused, and keeps the words.
        expect(send(second)).to_be_enabled()
        expect(olga.locator("#do-c")).to_have_text(re.compile("Claim"))
        olga.locator("#do-c").click()
        expect(send(second)).to_be_disabled()
        box(second).fill("Dear Ann, I do not know.")
        box(second).evaluate("field => field.form.requestSubmit()")
        expect(second.locator("#banner .notice.error")).to_be_visible()
        expect(box(second)).to_have_value("Dear Ann, I do not know.")
        second.reload()
        expect(box(second)).to_have_value("Dear Ann, I do not know.")


def test_a_conversation_is_handed_over_with_a_word_about_why(desk, session, bea, people):
    with desk(session) as olga, desk(bea) as second:
        opened(olga, "Bob Tremblay")
        opened(second, "Bob Tremblay")
        olga.keyboard.press("c")
        expect(second.get_by_text("has this conversation")).to_be_visible()
        # Her own page has heard of it, too: a menu that is open before is drawn anew, closed.
        expect(olga.locator("#do-c")).to_have_text(re.compile("Let go"))
        olga.keyboard.press("h")
        olga.locator("#toolbar select[name=to]").select_option(label=CALLED)
        olga.locator("#toolbar input[name=why]").fill("you know Zeebrugge")
        olga.locator("#toolbar").get_by_role("button", name="Hand over").click()
        expect(olga.get_by_text(f"{CALLED} has this conversation.")).to_be_visible()
        expect(second.get_by_text("has this conversation")).to_be_hidden()
        expect(second.locator("#thread").get_by_text("you know Zeebrugge")).to_be_visible()
        expect(send(second)).to_be_enabled()
        box(second).fill("We do, Bob.")
        expect(olga.get_by_text(f"{CALLED} is writing.")).to_be_visible(timeout=WORK_MS)


def test_what_is_written_outlives_a_lost_connection(desk, session, people):
    with desk(session) as page:
        opened(page, "Cyd Okafor")
        page.context.set_offline(True)
        box(page).type("A smoky one, Cyd")
        expect(page.locator("#offline")).to_be_visible()
        page.context.set_offline(False)
        expect(page.locator("#offline")).to_be_hidden()
        expect(page.locator("#kept")).to_have_text("Kept as a draft")
        expect(box(page)).to_have_value("A smoky one, Cyd")
        expect(box(page)).to_be_focused()
        page.reload()
        expect(box(page)).to_have_value("A smoky one, Cyd")


def test_a_message_that_comes_while_one_writes_takes_nothing_from_ones_hands(desk, session, house, people, tmp_path):
    with desk(session) as page:
        opened(page, "Cyd Okafor")
        box(page).fill("A smoky one")
        box(page).evaluate("field => field.setSelectionRange(2, 2)")
        words = once("Good evening, any stilton left")
        told(house, tmp_path / "fay.csv", row(20, "Fay Petrovic", words))
        expect(page.locator("#rows").get_by_text(words)).to_be_visible(timeout=WORK_MS)
        expect(box(page)).to_be_focused()
        expect(box(page)).to_have_value("A smoky one")
        assert box(page).evaluate("field => field.selectionStart") == 2


def test_what_has_left_does_not_come_back_from_a_second_page(desk, session, people):
    with desk(session) as first, desk(session) as second:
        opened(first, "Cyd Okafor")
        box(first).fill("A smoky one, Cyd.")
        expect(first.locator("#kept")).to_have_text("Kept as a draft", timeout=WORK_MS)
        opened(second, "Cyd Okafor")
        expect(box(second)).to_have_value("A smoky one, Cyd.")
        send(first).click()
        expect(first.locator("#thread .ours").get_by_text("A smoky one, Cyd.")).to_be_visible()
        says = second.locator("#kept", has_text="You have answered from another page")
        expect(says).to_be_visible(timeout=WORK_MS)
        box(second).fill("A smoky one, Cyd. Or")
        expect(says).to_be_visible(timeout=WORK_MS)
        expect(box(second)).to_have_value("A smoky one, Cyd. Or")
        # The page that answered goes on as ever.
        box(first).fill("And a green one")
        expect(first.locator("#kept")).to_have_text("Kept as a draft", timeout=WORK_MS)
        second.reload()
        expect(box(second)).to_have_value("And a green one")


def test_everything_by_keyboard(desk, session, people):
    with desk(session) as page:
        opened(page, "Dee Marchetti")
        page.keyboard.press("r")
        expect(box(page)).to_be_focused()
        page.keyboard.type("So sorry, Dee")
        expect(box(page)).to_have_value("So sorry, Dee")
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        expect(page.locator("#note-text")).to_be_focused()
        page.keyboard.type("the blue one, @bea")
        expect(page.locator("#note-text")).to_have_value("the blue one, @bea")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#thread .note")).to_contain_text("the blue one, @bea")
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        expect(box(page)).to_have_value("So sorry, Dee")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#thread .ours")).to_contain_text("So sorry, Dee")
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        expect(page.locator("#facts")).to_contain_text("resolved")
        page.keyboard.press("e")
        expect(page.locator("#facts")).not_to_contain_text("resolved")
        page.keyboard.press("s")
        page.locator("#toolbar").get_by_role("button", name="Until tomorrow").press("Enter")
        expect(page.locator("#facts")).to_contain_text("snoozed until")
        page.locator("main").focus()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("hand over")


def test_the_rows_by_keys_and_the_mark_stays_when_the_list_is_drawn_anew(desk, session, house, people, tmp_path):
    with desk(session) as page:
        page.goto(INBOX)
        expect(page.locator("[data-row]").first).to_be_visible(timeout=WORK_MS)
        page.keyboard.press("j")
        page.keyboard.press("j")
        marked = page.locator("[data-row].at").get_attribute("data-id")
        words = once("Good morning, is the shop open")
        told(house, tmp_path / "gus.csv", row(30, "Gus Adeyemi", words))
        expect(page.locator("#rows").get_by_text(words)).to_be_visible(timeout=WORK_MS)
        expect(page.locator("[data-row].at")).to_have_attribute("data-id", marked)
        expect(page.locator(f"#c-{marked}")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"/inbox/{marked}/"))


def test_without_javascript_one_answers_too(desk, session, people):
    with desk(session, script=False) as page:
        page.goto(f"{INBOX}?box=all&q=Zeebrugge")
        followed(page, page.locator("a[data-open]").first)
        page.get_by_role("button", name="Claim").or_(page.get_by_text("has this conversation")).first.wait_for()
        page.get_by_text("Note for colleagues", exact=True).click()
        page.locator("#note-text").fill("by hand")
        page.locator("#send-note").click()
        expect(page.locator("#thread .note").last).to_contain_text("by hand")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_on_the_inbox_and_its_pages(visit, picture, people, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        found = {}
        for path in (INBOX, f"{INBOX}?box=all&sign=negative", f"{INBOX}macros/", f"{INBOX}labels/"):
            page.goto(path)
            found[path] = troubles(page)
        if (size, scheme) == (WIDE, "light"):
            page.goto(INBOX)
            followed_here(page, page.locator("a[data-open]").first)
            picture(page, "inbox")
            # What was answered above goes by hand: its rows stand there.
            page.goto(f"{DEMO}outbox/")
            picture(page, "outbox")
            page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        opened(page, "Dee Marchetti")
        found["conversation"] = troubles(page)
        page.locator("#do-snooze").click()
        found["menu"] = troubles(page)
        assert not any(found.values()), found
