"""Connections for the tests of the outbox: what they can and allow is said row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.web import world

from entourage.web.listen.models import Connection

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Account

BLUESKY = {"length": 300, "unit": "graphemes", "answer_within_s": None, "attachments": 4, "attachment_bytes": 1_000_000}


def connection(brand: Brand, page: Account | None, **fields: Any) -> Connection:
    """A live connection that speaks for this page."""
    known = {
        "network": page.network if page else "bluesky",
        "name": page.handle if page else "anyone",
        "can": ["read", "reply", "message", "like", "hide", "delete"],
        "limits": BLUESKY,
    }
    return Connection.objects.create(brand=brand, account=page, **{**known, **fields})


def question(brand: Brand, *, name: str = "Ann", network: str = "bluesky", act: str = "comment", **fields: Any) -> Any:
    """A page of the brand, and somebody who asked it something an hour ago."""
    page = world.account(brand, f"{brand.slug}page", network=network, role="own")
    who = world.person(brand, name, network=network)
    at = fields.pop("at", world.AT - timedelta(hours=1))
    asked = world.act(who, act, at, toward=page, text=fields.pop("text", "Where is my tea?"), **fields)
    return page, who, asked
