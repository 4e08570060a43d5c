"""Sending that no page waits for: the jobs of the queue "live"."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.jobs import LIVE


@app.task(name="outbox.send", queue=LIVE)
def send(key: str) -> None:
    """Send a row if it is its turn. May run twice: the network gets it once."""
    from entourage.web.outbox import bridge

    bridge.send(UUID(key))


@app.task(name="outbox.told_back", queue=LIVE)
def told_back(connection_id: int, ids: list[str]) -> None:
    """Note that a network told these acts of ours. May run twice."""
    from entourage.web.outbox import bridge

    bridge.told_back(connection_id, ids, now=timezone.now())


@app.task(name="outbox.returned", queue=LIVE)
def returned(connection_id: int, network_id: str, accounts: list[str], reason: str, looked: int = 0) -> None:
    """Note that a server sent back what had left. May run twice."""
    from entourage.web.outbox import bridge

    keys = [UUID(one) for one in accounts]
    bridge.returned(
        connection_id, network_id=network_id, accounts=keys, reason=reason, looked=looked, now=timezone.now()
    )


@app.task(name="outbox.look_back", queue=LIVE)
def look_back(connection_id: int) -> None:
    """Look on a network for what it has not told back by itself. May run twice."""
    from entourage.web.outbox import bridge

    bridge.look_back(connection_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="outbox.sweep", queue=LIVE, queueing_lock="outbox.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Start what is due and no job has done. May run twice."""
    from entourage.web.outbox import bridge

    bridge.sweep(now=timezone.now())
