"""The story of docs/guides/connections.md: an account is connected, heard, compared, and disconnected again."""

from __future__ import annotations

import httpx
import pytest
from mastodon_mock.config import MastodonMockConfig, SeedAccount, SeedConfig, StreamingConfig
from mastodon_mock.testing.server import MockServer
from playwright.sync_api import expect
from tests.journeys.conftest import DEMO, PHONE, WIDE, WORK_MS, followed, troubles

PAGE = f"{DEMO}connections/"


@pytest.fixture(scope="module")
def mastodon():
    """A real server of Mastodon's API on loopback, with our account and Ann's."""
    people = [SeedAccount(username=name, access_token=f"{name}_token") for name in ("tea", "ann")]
    config = MastodonMockConfig(seed=SeedConfig(accounts=people), streaming=StreamingConfig(heartbeat_seconds=0.2))
    with MockServer(config=config) as server:
        yield server.base_url


def says(server, words):
    told = {"status": words, "visibility": "public"}
    key = {"Authorization": "Bearer ann_token"}
    httpx.post(f"{server}/api/v1/statuses", json=told, headers=key, trust_env=False).raise_for_status()


def figure(page, name):
    return page.locator(".figure", has=page.get_by_text(name, exact=True)).locator(".value")


def comes_to(page, name, wanted):
    """Look again until the figure is this."""
    for _ in range(60):
        if figure(page, name).inner_text() == wanted:
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(figure(page, name)).to_have_text(wanted)


def test_an_account_is_connected_heard_compared_and_disconnected(visit, picture, mastodon):
    says(mastodon, "@tea is the shop open on Sunday?")
    with visit() as page:
        page.goto(PAGE)
        followed(page, page.get_by_role("link", name="Connect Mastodon"))
        page.get_by_label("Server").fill(mastodon)
        page.get_by_label("Access token").fill("tea_token")
        picture(page, "connections-form")
        page.get_by_role("button", name="Connect and check the keys").click()
        expect(figure(page, "Taken in")).to_be_visible(timeout=WORK_MS)
        comes_to(page, "Taken in", "1")
        says(mastodon, "@tea and on Monday?")
        comes_to(page, "Taken in", "2")
        page.get_by_role("button", name="Compare with the network").click()
        comes_to(page, "Present", "2 of 2 present")
        picture(page, "connections-one")
        found = {"one": troubles(page)}
        page.goto(PAGE)
        expect(page.get_by_text("2 of 2 present")).to_be_visible()
        picture(page, "connections")
        found["all"] = troubles(page)
        followed(page, page.locator("section[aria-labelledby=connected] a[data-open]"))
        followed(page, page.get_by_role("button", name="Pause", exact=True))
        expect(page.get_by_role("button", name="Resume")).to_be_visible()
        page.get_by_text("Disconnect this account").click()
        followed(page, page.get_by_role("button", name="Disconnect and forget its keys"))
        expect(page.get_by_text("is disconnected and its keys are forgotten")).to_be_visible()
        assert not any(found.values()), found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_on_the_list_and_on_the_forms(visit, picture, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        found = {}
        for name in ("", "bluesky", "mastodon", "email"):
            page.goto(f"{PAGE}new/?network={name}" if name else PAGE)
            page.wait_for_load_state("networkidle")
            if (size, scheme) == (WIDE, "light") and name in ("bluesky", "email"):
                picture(page, f"connections-{name}")
            found[name] = troubles(page)
        assert not any(found.values()), found


def test_a_network_is_chosen_and_its_form_reached_by_keys_alone(visit):
    with visit() as page:
        page.goto(DEMO)
        page.keyboard.press("g")
        page.keyboard.press("e")
        page.wait_for_url(f"**{PAGE}")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/new/?network=bluesky")
        expect(page.get_by_label("Handle")).to_be_visible()
