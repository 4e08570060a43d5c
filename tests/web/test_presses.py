"""Every page of a brand, pressed and asked odd things: who may only look changes nothing, and no address breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import StreamingHttpResponse
from django.test import Client
from tests.web import world
from tests.web.test_doors import DOORS, address, brands, ink, tea

from entourage.web.core.permissions import May
from entourage.web.core.scope import BrandRows

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

pytestmark = pytest.mark.django_db
# Fixtures of the doors, here too.
__all__ = ["brands", "ink", "tea"]

# What leaves the house is written on the trail, though it is only looked at.
TAKEN_OUT = {"people:export", "people:access", "outbox:by-hand"}
ODD = ("-1", "²", "9" * 30, "9" * 5000, "2026-03-16T09:00:00+00:00," + "9" * 30, "'%\\", "2026-99-99T99")
ASKED = (
    "q",
    "before",
    "after",
    "by",
    "what",
    "page",
    "network",
    "act",
    "hour",
    "group",
    "ring",
    "kind",
    "seen",
    "sort",
)


def done(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, read to its end: a file is written while it is read.

    Closing an answer would close the database's connection too, and with it the test's transaction.
    """
    if isinstance(answer, StreamingHttpResponse):
        b"".join(answer.streaming_content)
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return answer


def rows() -> dict[str, list[dict[str, Any]]]:
    """All that the brands keep."""
    kept = [model for model in apps.get_models() if issubclass(model, BrandRows)]
    return {model.__name__: list(model.objects.everywhere().order_by("pk").values()) for model in kept}


@pytest.mark.parametrize("name", DOORS)
def test_who_may_only_look_changes_nothing_by_pressing(client, tea, name):
    world.signed_in(client, world.member(tea, "analyst"))
    before = rows()
    assert done(client.post(address(name, tea), {"file": "", "name": "Ann", "kind": "bot"})).status_code < 500
    assert rows() == before


@pytest.mark.parametrize("name", DOORS)
def test_looking_changes_nothing_and_stays_in_no_cache_on_the_way(client, tea, name):
    world.signed_in(client, world.member(tea))
    before = rows()
    answer = done(client.get(address(name, tea)))
    assert answer.status_code != 200 or "private" in answer["Cache-Control"]
    after = rows()
    if name in TAKEN_OUT:
        assert len(after.pop("AuditEvent")) == len(before.pop("AuditEvent")) + 1
    assert after == before


@pytest.mark.parametrize("name", DOORS)
def test_a_press_without_the_page_s_token_is_refused(tea, name):
    stranger = Client(enforce_csrf_checks=True)
    world.signed_in(stranger, world.member(tea))
    assert done(stranger.post(address(name, tea))).status_code in {403, 405}


@pytest.mark.parametrize("name", [name for name in DOORS if "pk" in DOORS[name].pattern.converters])
def test_a_row_of_another_brand_cannot_be_pressed(client, tea, ink, name):
    world.signed_in(client, world.member(ink))
    before = rows()
    assert done(client.post(address(name, ink, rows_of=tea), {"name": "Ann"})).status_code in {404, 405}
    assert rows() == before


@pytest.mark.parametrize(
    "name", [name for name in DOORS if DOORS[name].callback.needs in {May.SEE, May.EXPORT, May.SETTINGS, May.PRIVACY}]
)
def test_an_odd_address_breaks_no_page(client, tea, name):
    world.signed_in(client, world.member(tea))
    path = address(name, tea)
    for odd in ODD:
        with transaction.atomic():
            assert done(client.get(path, dict.fromkeys(ASKED, odd))).status_code < 500, odd[:40]
            transaction.set_rollback(True)


def test_a_nul_in_an_address_breaks_no_page(client):
    for path in ("/join/%00/", "/sign/login/?next=%00", "/?all=%00"):
        assert client.get(path).status_code == 400, path
