"""Every page of a brand, visited by every role, by a stranger and by nobody: what opens, and what does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.http import StreamingHttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web import rooms, world

from entourage.web.core.models import Brand, Role, User
from entourage.web.core.permissions import ALLOWED, May

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


def doors(patterns: list[Any], *, names: str = "", slug: bool = False) -> Iterator[tuple[str, URLPattern]]:
    """Every page below ``/b/<slug>/``, with its full name."""
    for pattern in patterns:
        inside = slug or "slug" in pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from doors(
                pattern.url_patterns, names=f"{names}{pattern.namespace}:" if pattern.namespace else names, slug=inside
            )
        elif inside:
            yield f"{names}{pattern.name}", pattern


DOORS = dict(doors(get_resolver().url_patterns))


def address(name: str, brand: Brand, *, rows_of: Brand | None = None) -> str:
    """The page's address at this brand, with a row of the same or of another one."""
    wanted = set(DOORS[name].pattern.converters) - {"slug"}
    rows = rooms.row(name, rows_of or brand) if wanted else {}
    return reverse(name, kwargs={"slug": brand.slug, **rows})


def knock(client, path: str) -> tuple[int, str]:
    """What the page answers to a look, or to a press where it cannot be looked at; nothing that it writes stays."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path)
        text = b"".join(answer.streaming_content) if isinstance(answer, StreamingHttpResponse) else answer.content
        answer.close()
        transaction.set_rollback(True)
    return answer.status_code, text.decode(errors="replace")


@pytest.fixture(scope="module")
def brands(django_db_setup, django_db_blocker):
    """Two furnished brands, made once: each test takes back what it did to them."""
    with django_db_blocker.unblock():
        made = rooms.furnished("tea"), rooms.furnished("ink")
        yield made
        for brand in made:
            brand.delete()
        User.objects.all().delete()


@pytest.fixture
def tea(brands, db):
    return brands[0]


@pytest.fixture
def ink(brands, db):
    return brands[1]


def test_there_are_doors():
    assert {"goals", "team", "trail"} < DOORS.keys()


@pytest.mark.parametrize("name", DOORS)
def test_every_page_says_what_it_needs(name):
    assert isinstance(getattr(DOORS[name].callback, "needs", None), May)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("name", DOORS)
def test_a_page_opens_to_the_roles_that_may_and_to_no_other(client, tea, name, role):
    world.signed_in(client, world.member(tea, role))
    status, _ = knock(client, address(name, tea))
    if DOORS[name].callback.needs in ALLOWED[role]:
        assert status not in {403, 404, 405, 500}
    else:
        assert status == 403


@pytest.mark.parametrize("name", DOORS)
def test_to_a_stranger_a_brand_does_not_exist(client, tea, ink, name):
    world.signed_in(client, world.member(ink))
    assert knock(client, address(name, tea))[0] == 404


@pytest.mark.parametrize("name", DOORS)
def test_nobody_gets_in_without_signing_in(client, tea, name):
    status, _ = knock(client, address(name, tea))
    assert status == 302


@pytest.mark.parametrize("name", [name for name in DOORS if set(DOORS[name].pattern.converters) - {"slug"}])
def test_a_row_of_another_brand_does_not_exist_here(client, tea, ink, name):
    world.signed_in(client, world.member(ink))
    assert knock(client, address(name, ink, rows_of=tea))[0] == 404


@pytest.mark.parametrize("name", DOORS)
def test_no_page_of_one_brand_shows_what_is_the_other_s(client, tea, ink, name):
    world.signed_in(client, world.member(ink))
    _, text = knock(client, address(name, ink))
    assert "tea-only" not in text
