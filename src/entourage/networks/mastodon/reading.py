"""Reading an account of Mastodon page by page, and what is kept between pages.

Notifications and own posts are read forward from the last number seen (``min_id``), so that a page repeated, or lost,
loses nothing. Once caught up, the newest own posts are looked at: changed ones are told anew, vanished ones as deleted,
and those with new replies have their threads read, for strangers who answer us without naming us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from entourage.networks.base import Broken, Skip
from entourage.networks.live import Page
from entourage.networks.mastodon.translate import Home, deleted, found, notification, status
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from entourage.networks.base import Found
    from entourage.networks.http import Client

PAGE = 40  # the most that Mastodon gives
FULL = 20  # what a smaller server gives at most: from here on another page is asked for
THREADS = 5  # read per page: what is left waits for the next one, so that a turn stays short
KEPT = 40  # own posts that are watched
NOT_THERE = (404, 410)
NOTIFICATIONS = "/api/v1/notifications"
CONVERSATIONS = "/api/v1/conversations"
# Since 4.3 a server keeps notifications of strangers apart unless they are asked for.
ALL = {"limit": PAGE, "include_filtered": "true"}


class Watched(msgspec.Struct, array_like=True):
    """An own post as it was last seen: when it was edited, and how many replies of it were read."""

    edited: str = ""
    replies: int = 0


class Cursor(msgspec.Struct, omit_defaults=True):
    """How far was read: the last notification, the last own post, and the newest own posts as they stood."""

    notification: str = "0"
    status: str = "0"
    watched: dict[str, Watched] = {}

    @classmethod
    def of(cls, told: str) -> Cursor:
        """The cursor of a text that ``text`` gave; the empty text begins at the beginning."""
        try:
            return msgspec.json.decode(told, type=cls) if told else cls()
        except msgspec.MsgspecError:
            raise Broken(
                "The place where Mastodon was read is lost. Connect the account again to read it anew."
            ) from None

    def text(self) -> str:
        return msgspec.json.encode(self).decode()


def page(client: Client, home: Home, told: str, *, at: datetime) -> Page:
    """The next page from a cursor."""
    cursor = Cursor.of(told)
    notes = _after(client, NOTIFICATIONS, cursor.notification)
    posts = _after(client, own(home), cursor.status)
    cursor.notification, cursor.status = _last(notes, cursor.notification), _last(posts, cursor.status)
    all_found = _all(notification, notes, home) + _all(status, posts, home)
    if len(notes) >= FULL or len(posts) >= FULL:
        return Page(found=tuple(all_found), cursor=cursor.text(), more=True)
    all_found += _private(client, home)
    more = _look(client, home, cursor, all_found, at=at)
    return Page(found=tuple(all_found), cursor=cursor.text(), more=more)


def history(client: Client, home: Home, since: datetime) -> Iterator[tuple[Found, ...]]:
    """All around the account since then, newest first: notifications, own posts with their threads, conversations."""
    for nodes in _before(client, NOTIFICATIONS, since):
        yield tuple(_all(notification, nodes, home))
    for nodes in _before(client, own(home), since):
        yield tuple(_all(status, nodes, home))
        for node in nodes:
            if _replies(node):
                yield tuple(thread(client, home, text(node, "id")))
    yield tuple(_private(client, home))


def thread(client: Client, home: Home, number: str) -> list[Found]:
    """All answers below a post, as far as the server knows them."""
    told = client.get(status_path(number, "context"), allow=NOT_THERE).body
    return _all(status, objects(told.get("descendants")) if isinstance(told, dict) else [], home)


def gone(client: Client, number: str) -> bool:
    """Whether the server says that this status is not (or no longer) there for us."""
    return client.get(status_path(number), allow=NOT_THERE).status in NOT_THERE


def status_path(number: str, *rest: str) -> str:
    """The address of a status; whatever a number is made of, it stays one step of it."""
    return "/".join(("/api/v1/statuses", quote(number, safe=""), *rest))


def _look(client: Client, home: Home, cursor: Cursor, all_found: list[Found], *, at: datetime) -> bool:
    """What changed among the newest own posts; tells whether threads are left to read."""
    newest = nodes_of(client, own(home), {"limit": KEPT, "exclude_reblogs": "true"})
    there = {text(node, "id"): node for node in newest}
    all_found += _vanished(client, home, cursor, there, at=at)
    left = THREADS
    for number, node in there.items():
        seen, edited, replies = cursor.watched.get(number), text(node, "edited_at"), _replies(node)
        if seen is not None and seen.edited != edited:
            all_found += found(status, node, home=home)
        known = seen.replies if seen is not None else 0
        if replies > known and left > 0:
            all_found += thread(client, home, number)
            left, known = left - 1, replies
        cursor.watched[number] = Watched(edited, min(known, replies))
    return any(_replies(node) > cursor.watched[number].replies for number, node in there.items())


def _vanished(client: Client, home: Home, cursor: Cursor, there: dict[str, Json], *, at: datetime) -> Iterator[Found]:
    """Own posts that left the newest page: pushed out by newer ones, or deleted, as the server confirms."""
    lowest = min(map(_rank, there), default=0)
    for number in [one for one in cursor.watched if one not in there]:
        if _rank(number) > lowest and gone(client, number):
            yield deleted(number, home=home, at=at)
        del cursor.watched[number]


def _private(client: Client, home: Home) -> list[Found]:
    """The last message of each of the newest private conversations."""
    lasts = [inner(one, "last_status") for one in nodes_of(client, CONVERSATIONS, {"limit": PAGE})]
    return _all(status, [one for one in lasts if one], home)


def _after(client: Client, path: str, number: str) -> list[Json]:
    """The page right after a number, oldest first; what is not after it is not told again."""
    nodes = nodes_of(client, path, {**ALL, "min_id": number})
    newer = [node for node in reversed(nodes) if _newer(text(node, "id"), number)]
    return sorted(newer, key=lambda node: _rank(text(node, "id")))


def _newer(number: str, than: str) -> bool:
    return _rank(number) > _rank(than) if _rank(number) >= 0 <= _rank(than) else number not in {"", than}


def _before(client: Client, path: str, since: datetime) -> Iterator[list[Json]]:
    """Page by page back in time until then; a server that goes in circles ends it."""
    below: dict[str, Any] = {}
    met: set[str] = set()
    while nodes := nodes_of(client, path, {**ALL, **below}):
        yield [node for node in nodes if moment(node, since) >= since]
        lowest = text(nodes[-1], "id")
        if lowest in met or moment(nodes[-1], since) < since:
            return
        met.add(lowest)
        below = {"max_id": lowest}


def moment(node: Json, since: datetime) -> datetime:
    """When it was made; one that does not say is taken as new, so that it is told what is wrong with it."""
    try:
        return iso(node.get("created_at"), field="created_at")
    except Skip:
        return since


def _replies(node: Json) -> int:
    count = node.get("replies_count")
    return count if isinstance(count, int) else 0


def nodes_of(client: Client, path: str, params: dict[str, Any], *, urgent: bool = False) -> list[Json]:
    return objects(client.get(path, params, urgent=urgent).body)


def _all(translate: Any, nodes: list[Json], home: Home) -> list[Found]:
    return [one for node in nodes for one in found(translate, node, home=home)]


def own(home: Home) -> str:
    return f"/api/v1/accounts/{quote(home.number, safe='')}/statuses"


def _last(nodes: list[Json], number: str) -> str:
    return text(nodes[-1], "id") if nodes else number


def _rank(number: str) -> int:
    """Numbers grow with time; what is no number (other servers of this API have such) comes before all."""
    return int(number) if number.isdigit() and len(number) < 25 else -1  # noqa: PLR2004 - they have 64 bits
