"""Every door of the rail, by day and night, wide and on a phone: axe finds nothing and nothing sticks out."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import DEMO, PHONE, WIDE, troubles


def doors(page) -> list[str]:
    """Every door of the rail, and what else the owner can open: an account, a person, a new brand."""
    page.goto(DEMO)
    rail = page.locator(".rail a[data-go]").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    page.goto(next(path for path in rail if path.endswith("/people/")))
    person = page.locator("a[data-open]").first.get_attribute("href")
    rail += [link for door in ("topics", "lessons") if (link := first_of(page, f"{DEMO}{door}/"))]
    return [
        *rail,
        person,
        f"{DEMO}search/?q=colis",
        "/account/",
        "/brands/new/",
        "/?all=1",
        "/sign/2fa/",
        "/sign/password/",
    ]


def first_of(page, path: str) -> str | None:
    """Where the first row of a list leads; nothing where the list is empty."""
    page.goto(path)
    rows = page.locator("a[data-open]")
    return rows.first.get_attribute("href") if rows.count() else None


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        (WIDE, "light"),
        pytest.param(WIDE, "dark", marks=pytest.mark.slow),
        pytest.param(PHONE, "light", marks=pytest.mark.slow),
        pytest.param(PHONE, "dark", marks=pytest.mark.slow),
    ],
    ids=["wide by day", "wide by night", "phone by day", "phone by night"],
)
def test_axe_finds_nothing_and_nothing_sticks_out(visit, size, scheme):
    with visit(size=size, scheme=scheme) as page:
        found = {}
        for path in doors(page):
            page.goto(path)
            page.wait_for_load_state("networkidle")
            if trouble := troubles(page):
                found[path] = trouble
        assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_front_door_is_open_to_all(visit, scheme):
    with visit(anonymous=True, scheme=scheme, size=PHONE) as page:
        page.goto(DEMO)
        assert troubles(page) == []
