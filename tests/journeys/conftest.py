"""A real house, started as a newcomer starts it, and a real browser in front of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "guides" / "images"
OWNER = ("olga@example.org", "a calm, well-lit workshop")
# What the tests tell Django is not for the house.
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
# The brand that a new house opens on; who is not signed in is asked to, and comes back.
DEMO = "/b/maison-tilleul/"
INSIDE = re.compile(r"^http://[^/]+/b/")
# The first start makes a database and a demo brand of thousands of people: half a minute, and many on a busy machine.
START_S, END_S = 900, 120
# What the worker does meanwhile: looking, taking in, reading, scoring, auditing, ruling. Seconds, where it is alone.
WORK_MS = 300_000
# What is right comes in its own time, on a busy machine later; whoever measures how soon says so.
expect.set_options(timeout=30_000)
WIDE, PHONE = (1440, 900), (390, 844)
PICTURED = os.environ.get("ENTOURAGE_PICTURES") == "1"
# A house that is kept may have seen these journeys before; in the guides' pictures a number would only be in the way.
RUN = "" if PICTURED else str(int(time.time()))


def once(words: str) -> str:
    """Words, or a name, that no earlier run of the journeys said: with the number of this one at their end."""
    return f"{words} {RUN}".rstrip()


BEA, CALLED = f"bea{RUN}@tea.example", once("Bea")
# What ``make test`` walks through, too: the audit, the inbox of two, Today, the keys. make test-all and CI walk all.
EVERYDAY = {"test_monday.py", "test_inbox.py", "test_today.py", "test_keyboard.py", "test_pictures.py"}
# Pictures of the guides are a little narrower: they are read in a column.
PICTURE = (1240, 700)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class House:
    """A running Entourage, and its data folder."""

    address: str
    data: Path

    def at(self, path: str) -> str:
        return self.address + path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One house for all journeys, wherever the tests are spread over processes.
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.browser)
            # The house is made for whoever comes first: those minutes are not theirs.
            item.add_marker(pytest.mark.timeout(900, func_only=True))
            if item.path.name not in EVERYDAY or "axe" in item.name:
                item.add_marker(pytest.mark.slow)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def house(chromium: str, house_folder: Path) -> Iterator[House]:
    """``entourage up`` in an empty folder, with its demo brand; Ctrl-C at the end. Not started without a browser."""
    data, port = house_folder, _free_port()
    told = {"ENTOURAGE_DATA": str(data), "ENTOURAGE_OWNER_EMAIL": OWNER[0], "ENTOURAGE_OWNER_PASSWORD": OWNER[1]}
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    log = (data / "log.txt").open("w")
    command = [sys.executable, "-m", "entourage.cli", "up", "--port", str(port)]
    process = subprocess.Popen(command, env=kept | told, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield House(_ready(process, f"http://127.0.0.1:{port}", data), data)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=END_S)
        log.close()


def _ready(process: subprocess.Popen[bytes], address: str, data: Path) -> str:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return address
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(f"the house did not open:\n{(data / 'log.txt').read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # --no-sandbox: root, as in CI, has no sandbox to offer.
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def session(browser: Browser, house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of the owner's cookies: signed in once, through the form."""
    kept = tmp_path_factory.mktemp("session") / "cookies.json"
    with browser.new_context(base_url=house.address, locale="en") as context:
        page = context.new_page()
        sign_in(page)
        context.storage_state(path=kept)
    return str(kept)


def sign_in(page: Page) -> None:
    page.goto(DEMO)
    page.get_by_label("E-mail").fill(OWNER[0])
    page.get_by_label("Password").fill(OWNER[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(INSIDE)


def followed(page: Page, link: Locator) -> None:
    """Click a link and wait for the page behind it: a click alone returns while the old page still stands."""
    with page.expect_navigation(wait_until="networkidle"):
        link.click()


def troubles(page: Page) -> list[str]:
    """What axe finds, each with where, and whether the page sticks out of its window."""
    found = _axed(page)
    places = ((trouble["id"], node) for trouble in found for node in trouble["nodes"])
    wide = page.evaluate("document.documentElement.scrollWidth")
    told = [f"{rule}: {node['target']} {node['failureSummary']}" for rule, node in places]
    return told + ([f"{wide} px wide"] if wide > page.viewport_size["width"] else [])


def _axed(page: Page, tries: int = 3) -> list[dict[str, Any]]:
    try:
        return Axe().run(page, options=AXE).response["violations"]
    except Error:
        # A page that follows a job loads itself anew once the job is done, perhaps in this very moment.
        if tries == 1:
            raise
        page.wait_for_load_state("networkidle")
        return _axed(page, tries - 1)


@pytest.fixture
def visit(browser: Browser, house: House, session: str) -> Callable[..., object]:
    """Open a page as the owner does; on leaving it, the browser must have found nothing to complain about."""

    @contextmanager
    def opened(
        *, size: tuple[int, int] = WIDE, scheme: str = "light", anonymous: bool = False, gone: str = ""
    ) -> Iterator[Page]:
        with browser.new_context(
            base_url=house.address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="en",
            reduced_motion="reduce",
            storage_state=None if anonymous else session,
        ) as context:
            page = context.new_page()
            complaints: list[str] = []

            def said(line: ConsoleMessage) -> None:
                # What is ``gone`` meanwhile may be asked for once more before the page has heard of it.
                if line.type == "error" and not (gone and re.search(gone, line.location["url"])):
                    complaints.append(line.text)

            # A breach of the content security policy is told on the console, as every other error.
            page.on("console", said)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            yield page
            assert not complaints

    return opened


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep what is seen for the guides, where ``ENTOURAGE_PICTURES=1`` asks for it (``make docs``)."""

    def take(page: Page, name: str) -> None:
        if PICTURED:
            IMAGES.mkdir(parents=True, exist_ok=True)
            if page.viewport_size["width"] > PICTURE[0]:
                page.set_viewport_size({"width": PICTURE[0], "height": PICTURE[1]})
                page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", caret="hide")

    return take


@pytest.fixture(scope="session")
def bea(browser, house, session, tmp_path_factory):
    """An agent's cookies: invited by the owner, let in by the link."""
    kept = tmp_path_factory.mktemp("bea") / "cookies.json"
    with browser.new_context(base_url=house.address, locale="en", storage_state=session) as context:
        page = context.new_page()
        page.goto(f"{DEMO}team/")
        page.get_by_label("E-mail").fill(BEA)
        page.get_by_label("Role", exact=True).select_option("agent")
        page.get_by_role("button", name="Make the link").click()
        link = page.locator("li").filter(has_text=BEA).locator("input.link").input_value()
    with browser.new_context(base_url=house.address, locale="en") as context:
        page = context.new_page()
        page.goto(link)
        page.get_by_label("Name").fill(CALLED)
        page.get_by_label("Password").fill("a second calm workshop")
        page.get_by_role("button", name="Join").click()
        page.wait_for_url("**/b/**")
        context.storage_state(path=kept)
    return str(kept)


@pytest.fixture
def desk(browser, house):
    """A desk of one's own: a window with one's cookies."""

    @contextmanager
    def opened(cookies, *, size=WIDE, script=True):
        with browser.new_context(
            base_url=house.address,
            viewport={"width": size[0], "height": size[1]},
            storage_state=cookies,
            locale="en",
            reduced_motion="reduce",
            java_script_enabled=script,
        ) as context:
            yield context.new_page()

    return opened
