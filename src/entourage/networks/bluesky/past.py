"""All that Bluesky holds around an account since a moment, to be compared with what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.networks.bluesky import translate as to
from entourage.networks.bluesky.reading import PAGE, Reading, around, feed_page, state_of, told, whole_thread
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from entourage.networks.base import Found
    from entourage.networks.bluesky.session import Xrpc


def history(xrpc: Xrpc, us: str, since: datetime) -> Iterator[tuple[Found, ...]]:
    """What was turned to us, what we wrote, and the threads that we began, as they stand now.

    Without a key it is a whole pass of reading from that moment on.
    """
    if not xrpc.keyed:
        yield from _in_public(xrpc, us, since)
        return
    yield from _notifications(xrpc, us, since)
    yield from _own(xrpc, us, since)


def _notifications(xrpc: Xrpc, us: str, since: datetime) -> Iterator[tuple[Found, ...]]:
    cursor = ""
    while True:
        page = xrpc.get("app.bsky.notification.listNotifications", limit=PAGE, cursor=cursor)
        notes = objects(page.get("notifications"))
        yield (*told(notes), *around(xrpc, notes, us=us))
        cursor = text(page, "cursor")
        if not cursor or _reached(notes, since):
            return


def _own(xrpc: Xrpc, us: str, since: datetime) -> Iterator[tuple[Found, ...]]:
    cursor = ""
    while True:
        page = feed_page(xrpc, us, cursor)
        views = [inner(item, "post") for item in objects(page.get("feed"))]
        yield tuple(to.feed(page))
        for view in views:
            if to.owner_of(text(view, "uri")) == us and view.get("replyCount"):
                yield whole_thread(xrpc, text(view, "uri"))
        cursor = text(page, "cursor")
        if not cursor or _reached(views, since):
            return


def _in_public(xrpc: Xrpc, us: str, since: datetime) -> Iterator[tuple[Found, ...]]:
    state = state_of("", keyed=False)
    state.seen = since.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    cursor, more = state.written(), True
    while more:
        page = Reading(xrpc, cursor, us=us).page()
        yield page.found
        cursor, more = page.cursor, page.more


def _reached(seen: list[Json], since: datetime) -> bool:
    """Whether a page, newest first, goes back to that moment."""
    moments = [iso(one["indexedAt"], field="indexedAt") for one in seen if one.get("indexedAt")]
    return not moments or min(moments) < since
