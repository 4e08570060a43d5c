"""A connection is told of our other accounts on its network: by mail, anybody may write in their name."""

from __future__ import annotations

import pytest
from tests.web import world

from entourage.networks import registry
from entourage.web.listen.actions import connect
from entourage.web.listen.bridge import door
from entourage.web.listen.models import Connection

pytestmark = pytest.mark.django_db


def mailbox(brand, address):
    found = connect(
        brand=brand, network="email", name=address, settings={"address": address, "imap_host": "localhost"},
        secrets={"password": "a-password"}, by=None, at=world.AT,
    )  # fmt: skip
    Connection.objects.of(brand).filter(pk=found.pk).update(
        account=world.account(brand, address, network="email", role="own")
    )
    found.refresh_from_db(from_queryset=Connection.objects.everywhere())
    return found


def test_a_mailbox_knows_the_brand_s_others_and_no_other_brand_s(monkeypatch, django_assert_num_queries):
    given = []
    opened = registry.opened
    monkeypatch.setattr(registry, "opened", lambda key, settings: given.append(settings) or opened(key, settings))
    tea, ink = world.brand("tea"), world.brand("ink")
    care = mailbox(tea, "care@tea.example")
    for brand, address in ((tea, "press@tea.example"), (tea, "hello@tea.example"), (ink, "care@ink.example")):
        mailbox(brand, address)
    world.account(tea, "tea.example", network="bluesky", role="own")
    with door(care):
        pass
    assert given[0]["beside"] == "hello@tea.example press@tea.example"
    with django_assert_num_queries(0), door(care, beside="x@tea.example"):
        pass
    assert given[1]["beside"] == "x@tea.example"
