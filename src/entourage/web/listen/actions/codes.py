"""Connecting by the network's own page: it is opened, we are allowed there, and a code comes back for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer_live
from entourage.web.listen.actions.connections import CHECK_WITHIN
from entourage.web.listen.actions.secrets import KeysLost, sealed, secrets_of
from entourage.web.listen.models import Connection, ConnectionState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from entourage.web.core.models import Brand, Member

#: Among the keys of a connection, until the network has given its own: who we are there, and the code.
APP, CODE = "_app", "_code"


@transaction.atomic
def connect_by_code(
    *, brand: Brand, network: str, name: str, settings: Mapping[str, str], by: Member | None, at: datetime
) -> Connection:
    """Have the network's own page asked for by a job; a person opens it and brings back the code."""
    told = {"settings": dict(settings), "secrets": b"", "by": by, "allow_url": "", "checked_at": None}
    waits = {"state": ConnectionState.RECONNECT, "error": "", "tries": 0, "next_at": None}
    connection: Connection
    connection, made = Connection.objects.of(brand).update_or_create(
        brand=brand, network=network, name=name, defaults={**told, **waits}
    )
    what = "connection.made" if made else "connection.renewed"
    record(brand=brand, by=by, at=at, what=what, subject=connection.pk, network=network)
    defer_live("listen.ask_page", connection_id=connection.pk)
    return connection


@transaction.atomic
def give_code(*, connection: Connection, code: str, at: datetime) -> None:
    """Have the code turned into keys and these checked, by a job. Where no code is waited for, nothing happens."""
    rows = Connection.objects.of(connection.brand_id).select_for_update()
    held: Connection | None = rows.filter(pk=connection.pk, state=ConnectionState.RECONNECT).first()
    if held is None or not held.allow_url or not code.strip():
        return
    try:
        keys = secrets_of(held)
    except KeysLost:
        return
    held.secrets, held.error = sealed({**keys, CODE: code.strip()}), ""
    held.state, held.tries, held.next_at = ConnectionState.LIVE, 0, at + CHECK_WITHIN
    held.save(update_fields=["secrets", "error", "state", "tries", "next_at"])
    defer_live("listen.check", connection_id=held.pk)
