"""What the children of ``mortals`` do: the same as the web server and the live process, in a process of their own."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from procrastinate import App

TURNS = 3


def load() -> None:
    """Everything that a child would else load by itself; nothing of it speaks to the database."""
    from tests.web.outbox import ledger

    import entourage.cli.live
    import entourage.networks.hostile.network
    import entourage.web.people.bridge
    import entourage.web.reading.bridge
    import entourage.web.service.bridge
    import entourage.web.urls
    import entourage.web.wsgi  # noqa: F401
    from entourage.engine.text.reading import Reader

    ledger.plug_in()
    Reader().read(["Where is my parcel?", "Où est mon colis ?"])


def press(done: Callable[[], None], *, session: str, presses: Sequence[tuple[str, dict[str, str]]]) -> None:
    """Be the web server: a browser presses these, one after the other."""
    from django.conf import settings
    from django.test import Client

    browser = Client(SERVER_NAME="localhost")
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    for address, form in presses:
        assert browser.post(address, form).status_code in {204, 302}
        done()


def live(done: Callable[[], None]) -> None:
    """Be the live process: take up what a killed one left, then do what waits."""
    from procrastinate.contrib.django import app

    asyncio.run(_jobs(app))
    done()


async def _jobs(app: App) -> None:
    from entourage.cli.live import AT_ONCE, give_back
    from entourage.cli.queue import beside
    from entourage.web.core.jobs import LIVE

    async with beside(app).open_async() as ours:
        await give_back(ours)
        await ours.run_worker_async(
            queues=[LIVE], wait=False, concurrency=AT_ONCE, delete_jobs="successful", install_signal_handlers=False
        )


def read(done: Callable[[], None], *, connection_id: int) -> None:
    """Be the live process: read some pages of a network, then do what waits."""
    from entourage.web.listen import bridge

    for _ in range(TURNS):
        bridge.read_connection(connection_id, now=datetime.now(UTC))
    live(done)


class _Lived(Counter[str]):
    """How often each call was made, in the lives before this one, too: no two lives meet the same mischief."""

    def __init__(self, lives: int) -> None:
        super().__init__()
        self._before = 1000 * lives

    def __missing__(self, call: str) -> int:
        return self._before


def born(number: int) -> None:
    """Be the child of this number."""
    from entourage.networks.hostile import network

    network._calls = _Lived(number)
