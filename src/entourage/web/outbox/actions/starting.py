"""Having what waits be sent: by name, for the worker of live things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from procrastinate.contrib.django import app

from entourage.web.core.jobs import LIVE

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.outbox.models import Outgoing


def start(row: Outgoing, *, at: datetime) -> None:
    """Have this row sent when it is due, once the caller's transaction is kept."""
    key, wait = str(row.pk), max((row.due_at - at).total_seconds(), 0.0)
    transaction.on_commit(lambda: defer(key, wait_s=wait))


def defer(key: str, *, wait_s: float = 0.0) -> None:
    """Have the row of this key looked at; several times over does no harm."""
    later: dict[str, Any] = {"schedule_in": {"seconds": wait_s}} if wait_s > 0 else {}
    app.configure_task(name="outbox.send", queue=LIVE, **later).defer(key=key)
