"""Hearing at once: a stream of everybody's writes where one is named, else a quick look every moment.

Two streams are understood: ``com.atproto.sync.subscribeRepos`` of a server or relay (CBOR), and Jetstream (JSON). Both
tell everything that anybody writes; what is not turned to us, or written by us, is dropped here.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import libipld
import msgspec
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from entourage.networks.activity import Account, Activity
from entourage.networks.addresses import LOOPBACK
from entourage.networks.base import Broken, Found, NetworkError, Skip
from entourage.networks.bluesky import translate as to
from entourage.networks.bluesky.reading import BATCH, feed_page, told, vanished
from entourage.networks.live import Retry
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from entourage.networks.bluesky.session import Xrpc

EVERY_S = 1.0  # two calls each time: 600 in five minutes, of the 3,000 that Bluesky allows
FEED_TURNS = 10  # own posts come from our own hands: looked for every ten seconds
SIGN_OF_LIFE_S = 5.0
KNOWN = 5_000  # addresses of acts told here, so that their deletion is understood
LARGEST = 8 * 2**20  # bytes of one event; the protocol allows 5 MB
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
FIREHOSE = "com.atproto.sync.subscribeRepos"


class Write(msgspec.Struct, frozen=True):
    """One write to one repository."""

    uri: str
    action: str  # create, update, delete
    record: Json
    at: datetime


class Known:
    """The acts that were told, newest last: of a deletion only the address is told."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, id_: str) -> bool:
        return id_ in self._ids

    def add(self, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """What of it is new here; it is known from now on."""
        new: list[Found] = []
        for one in found:
            if not isinstance(one, Activity):
                new.append(one)
            elif one.id not in self._ids:
                self._ids[one.id] = None
                new.append(one)
        while len(self._ids) > KNOWN:
            self._ids.popitem(last=False)
        return tuple(new)

    def forget(self, id_: str) -> None:
        self._ids.pop(id_, None)

    def newest_posts(self, count: int) -> list[str]:
        """The posts told last."""
        posts = [id_ for id_ in reversed(self._ids) if f"/{to.POST}/" in id_ and "#" not in id_]
        return posts[:count]


class Names:
    """Who is behind a DID: a stream does not tell their handle."""

    def __init__(self, xrpc: Xrpc) -> None:
        self._xrpc = xrpc
        self._met: dict[str, Account] = {}

    def of(self, did: str) -> Account:
        """The account; without its handle where Bluesky does not tell it now, for ``read`` brings it later."""
        if did not in self._met:
            if len(self._met) >= KNOWN:
                self._met.clear()
            try:
                self._met[did] = to.account(self._xrpc.get("app.bsky.actor.getProfile", actor=did))
            except NetworkError:
                return Account(id=did)
        return self._met[did]


def heard(xrpc: Xrpc, us: str, address: str, closed: threading.Event) -> Iterator[tuple[Found, ...]]:
    """What happens from now on, out of a stream of everybody's writes.

    Raises
    ------
    Retry: the stream broke off. Broken: its address is none.
    """
    known, names = Known(), Names(xrpc)
    try:
        with connect(checked(address), max_size=LARGEST, open_timeout=10) as socket:
            yield ()
            yield known.add(recent(xrpc, us))
            while not closed.is_set():
                try:
                    message = socket.recv(timeout=SIGN_OF_LIFE_S)
                except TimeoutError:
                    yield ()
                    continue
                for write in writes(message):
                    yield from matched(write, us, known, names)
    except (OSError, WebSocketException) as error:
        raise Retry(f"The stream of Bluesky broke off ({type(error).__name__}).", after=timedelta(0)) from None


def looked(xrpc: Xrpc, us: str, closed: threading.Event) -> Iterator[tuple[Found, ...]]:
    """What happens from now on, by looking every moment at what is newest."""
    known, turn = Known(), 0
    yield ()
    yield known.add(recent(xrpc, us))
    while not closed.wait(EVERY_S):
        turn += 1
        yield known.add(notified(xrpc))
        lost = tuple(vanished(xrpc, known.newest_posts(BATCH)))
        for one in lost:
            known.forget(one.id)
        yield lost
        if turn % FEED_TURNS == 0:
            yield known.add(tuple(to.feed(feed_page(xrpc, us, ""))))


def recent(xrpc: Xrpc, us: str) -> tuple[Found, ...]:
    """The newest of what was there before, oldest first: told again, so that nothing falls between two doors."""
    own = tuple(to.feed(feed_page(xrpc, us, "")))
    return (*own[::-1], *(notified(xrpc) if xrpc.keyed else ()))


def notified(xrpc: Xrpc) -> tuple[Found, ...]:
    """The newest notifications, oldest first."""
    page = xrpc.get("app.bsky.notification.listNotifications", limit=50)
    return tuple(told(objects(page.get("notifications"))))[::-1]


def matched(write: Write, us: str, known: Known, names: Names) -> Iterator[tuple[Found, ...]]:
    """The act of a write, if it is ours, turned to us, or the end of one that was told here."""
    by = to.owner_of(write.uri)
    if write.action == "delete":
        if by == us or write.uri in known:
            known.forget(write.uri)
            yield (to.gone(write.uri, at=write.at),)
    elif by == us or to.touches(write.record, us):
        found = to.event(write.uri, names.of(by), write.record, at=write.at, changed=write.action == "update")
        known.add((found,))
        yield (found,)


def writes(message: str | bytes) -> Iterator[Write]:
    """The writes of one event of either stream; what cannot be read tells nothing, for the stream is only a hint."""
    try:
        yield from _of_jetstream(message) if isinstance(message, str) else _of_firehose(message)
    except (*UNREADABLE, Skip, msgspec.DecodeError):
        return


def _of_jetstream(message: str) -> Iterator[Write]:
    told = msgspec.json.decode(message)
    commit = inner(told, "commit")
    if text(commit, "collection") in to.ACTS:
        uri = f"at://{text(told, 'did')}/{text(commit, 'collection')}/{text(commit, 'rkey')}"
        at = datetime.fromtimestamp(int(told["time_us"]) / 1_000_000, UTC)
        yield Write(uri, text(commit, "operation"), inner(commit, "record"), at)


def _of_firehose(message: bytes) -> Iterator[Write]:
    header, body = libipld.decode_dag_cbor_multi(message)
    if header.get("t") != "#commit":
        return
    blocks: dict[Any, Any] | None = None
    at = iso(body["time"], field="time")
    for op in body["ops"]:
        if op["path"].partition("/")[0] not in to.ACTS:
            continue
        if blocks is None:
            blocks = libipld.decode_car(body["blocks"])[1] if body["blocks"] else {}
        record = blocks.get(op["cid"], {}) if op["cid"] else {}
        yield Write(f"at://{body['repo']}/{op['path']}", op["action"], record, at)


def checked(address: str) -> str:
    """The stream's address, if it is one."""
    scheme, _, rest = address.partition("://")
    host = rest.partition("/")[0].rpartition(":")[0] or rest.partition("/")[0]
    if host and (scheme == "wss" or (scheme == "ws" and host in LOOPBACK)):
        path = rest.partition("/")[2]
        return address if path else f"{address.rstrip('/')}/xrpc/{FIREHOSE}"
    raise Broken(
        f"The address of the stream must start with wss://. Got {address[:60]!r}. Leave it empty to do without."
    )
