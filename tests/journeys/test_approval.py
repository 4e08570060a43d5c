"""A second pair of eyes: an agent's answer waits, a manager lets it go from Today, the agent sees by whom."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import CALLED, DEMO, RUN, WORK_MS, followed, once, troubles
from tests.journeys.test_inbox import INBOX, PAGE, box, followed_here, send
from tests.journeys.test_reading import told

NAME, LAWYER = once("Lawyers"), f"lawyer{RUN}"
ANSWER = "We are sorry, Dee, and call you today."


@pytest.fixture(scope="module")
def dee(house, tmp_path_factory):
    """Dee names her lawyer."""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
    said = f'x,approval-{RUN},{at},comment,dee,Dee Marchetti,{PAGE},"My {LAWYER} will write to you!!!"'
    told(house, tmp_path_factory.mktemp("told") / "dee.csv", said)


def _rule(page):
    page.goto(f"{DEMO}service/rules/new/")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Words").fill(LAWYER)
    page.get_by_label("Answers wait for somebody's yes").check()
    followed(page, page.get_by_role("button", name="Try it on last month"))
    expect(page.get_by_text(re.compile(r"answers? of that month would have waited for a yes"))).to_be_visible()
    followed(page, page.get_by_role("button", name="Save the rule"))
    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("answers wait for a yes")


def _open(page):
    page.goto(f"{INBOX}?box=all&q={LAWYER}")
    link = page.locator("a[data-open]", has_text="Dee Marchetti").first
    expect(link).to_be_visible(timeout=WORK_MS)
    followed_here(page, link)


def test_an_answer_waits_for_a_second_pair_of_eyes_and_its_writer_sees_whose(desk, session, bea, dee, picture):
    with desk(session) as olga, desk(bea) as agent:
        _rule(olga)
        _open(agent)
        asks = agent.locator("#banner").get_by_text(f"Rule “{NAME}” asks for a second pair of eyes.")
        # The page is told within seconds, as of all else that changes on it.
        expect(asks).to_be_visible(timeout=WORK_MS)
        assert troubles(agent) == []
        box(agent).fill(ANSWER)
        expect(send(agent)).to_have_text("Hand it in for a yes")
        send(agent).click()
        waiting = agent.locator("#thread li.is-held").filter(has_text=ANSWER)
        expect(waiting).to_contain_text("waits for approval")
        expect(waiting.get_by_role("button", name="Approve")).to_have_count(0)
        # A manager finds it on the day's list, reads it, and says yes.
        olga.goto(f"{DEMO}today/?minutes=600")
        line = olga.locator("li.todo-one").filter(has_text=ANSWER)
        expect(line).to_contain_text(f"Approve {CALLED}'s answer to Dee")
        followed(olga, line.get_by_role("link", name="Approve"))
        held = olga.locator("#thread li.is-held").filter(has_text=ANSWER)
        expect(held).to_be_visible()
        assert troubles(olga) == []
        picture(olga, "approval")
        held.get_by_role("button", name="Approve").click()
        expect(held).to_have_count(0)
        # Its writer sees it without loading the page anew.
        expect(agent.locator("#thread")).to_contain_text(f"approved the answer of {CALLED}", timeout=WORK_MS)
        expect(agent.locator("#thread li.is-held")).to_have_count(0)
        olga.goto(f"{DEMO}today/?minutes=600")
        expect(olga.locator("li.todo-one").filter(has_text=ANSWER)).to_have_count(0)
