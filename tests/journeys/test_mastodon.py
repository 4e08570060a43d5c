"""The story of docs/guides/mastodon.md, to its end: a mention is on the screen at once, is answered once, and goes."""

from __future__ import annotations

import re
import time
from contextlib import closing
from itertools import count, islice
from statistics import median

import httpx
import psycopg
import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, WORK_MS, followed, once
from tests.journeys.test_connections import PAGE, figure, mastodon  # noqa: F401 - a fixture
from tests.journeys.test_crisis import until
from tests.quick import assert_quick

from entourage.house.address import own_url

INBOX = f"{DEMO}inbox/"
# From the moment at which the house has it.
AT_ONCE_S = 2.0
# Long before the page would be drawn anew by itself.
GONE_MS = 20_000
ANSWER = once("We are, Ann: from ten to six, as in week")


class Person:
    """Somebody on the network, as their own application would act."""

    def __init__(self, server, name):
        key = {"Authorization": f"Bearer {name}_token"}
        self._http = httpx.Client(base_url=server, headers=key, trust_env=False)

    def follows(self, other):
        self._http.post(f"/api/v1/accounts/{other.number}/follow").raise_for_status()

    def close(self):
        self._http.close()

    def says(self, words):
        done = self._http.post("/api/v1/statuses", json={"status": words, "visibility": "public"})
        return done.raise_for_status().json()["id"]

    def deletes(self, number):
        self._http.delete(f"/api/v1/statuses/{number}").raise_for_status()

    @property
    def number(self):
        return self._http.get("/api/v1/accounts/verify_credentials").json()["id"]

    def told(self):
        """What others have said to Ann, in her own notifications."""
        found = self._http.get("/api/v1/notifications").raise_for_status().json()
        return [re.sub(r"<[^>]+>", "", one["status"]["content"]) for one in found if one["type"] == "mention"]


@pytest.fixture(scope="module")
def ann(mastodon):  # noqa: F811
    """Ann, whom we follow: this server tells deletions to followers only, a real one also to whom was mentioned."""
    with closing(Person(mastodon, "ann")) as ann, closing(Person(mastodon, "tea")) as tea:
        tea.follows(ann)
        yield ann


@pytest.fixture(scope="module")
def connected(browser, house, session, mastodon):  # noqa: F811
    """Our account on the server, connected and heard; disconnected at the end."""
    with browser.new_context(base_url=house.address, locale="en", storage_state=session) as context:
        page = context.new_page()
        page.goto(f"{PAGE}new/?network=mastodon")
        page.get_by_label("Server").fill(mastodon)
        page.get_by_label("Access token").fill("tea_token")
        page.get_by_role("button", name="Connect and check the keys").click()
        expect(figure(page, "Taken in")).to_be_visible(timeout=WORK_MS)
        until(page, page.url, lambda: figure(page, "Stream").count())
        yield
        page.get_by_text("Disconnect this account").click()
        followed(page, page.get_by_role("button", name="Disconnect and forget its keys"))


def taken_in(house, words):
    """Wait until the house has these words; the moment at which it had."""
    with psycopg.connect(own_url(house.data), autocommit=True) as connection:
        late = time.monotonic() + WORK_MS / 1000
        while time.monotonic() < late:
            if connection.execute("SELECT FROM listen_activity WHERE text LIKE %s", [f"%{words}%"]).rowcount:
                return time.monotonic()
            time.sleep(0.02)
    raise AssertionError(words)


def seen_after(page, house, ann, words):
    """In how many seconds after the house has it a mention stands in the list."""
    ann.says(f"@tea {words}")
    since = taken_in(house, words)
    expect(page.locator("#rows").get_by_text(words)).to_be_visible(timeout=WORK_MS)
    return time.monotonic() - since


def test_a_mention_is_on_the_screen_within_two_seconds(visit, house, connected, ann):
    numbers = count(1)
    with visit() as page:
        page.goto(INBOX)

        def shown():
            words = [once(f"are you there, {number}") for number in islice(numbers, 3)]
            return median(seen_after(page, house, ann, each) for each in words)

        assert_quick(shown, under_s=AT_ONCE_S)


def test_an_answer_reaches_whom_it_is_for_exactly_once_and_a_deleted_mention_goes(visit, house, connected, ann):
    words = once("is the shop open on Sunday, in week")
    with visit(gone="/here/$") as page:
        page.goto(INBOX)
        asked = ann.says(f"@tea {words}")
        row = page.locator("#rows li", has_text=words)
        row.get_by_role("link").click(timeout=WORK_MS)
        thread = page.locator("#thread")
        page.locator("#answer-text").fill(ANSWER)
        page.locator("#send-answer").click()
        # Told back by the network: it stands there as the network shows it.
        line = thread.locator("li.ours").filter(has_text=ANSWER)
        expect(line.get_by_role("link", name="on the network")).to_be_visible(timeout=WORK_MS)
        expect(line).to_have_count(1)
        assert [one for one in ann.told() if ANSWER in one] == [f"@ann {ANSWER}"]
        ann.deletes(asked)
        # Nothing of theirs is left in it: the conversation goes, and who had it open is led back to the list.
        page.wait_for_url(re.compile(r"/inbox/(\?.*)?$"), timeout=GONE_MS)
        expect(page.locator("#rows")).to_be_visible()
        expect(page.get_by_text(words)).to_have_count(0)
        page.goto(f"{DEMO}outbox/?state=accepted")
        expect(page.get_by_text(ANSWER)).to_be_visible()
        assert len([one for one in ann.told() if ANSWER in one]) == 1
