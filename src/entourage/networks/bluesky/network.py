"""A connection to one account of Bluesky, or to one public handle without any key."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, TypeVar

from entourage.networks.base import Broken, Found
from entourage.networks.bluesky import translate as to
from entourage.networks.bluesky.declared import DECLARED
from entourage.networks.bluesky.past import history
from entourage.networks.bluesky.reading import BATCH, Reading, vanished
from entourage.networks.bluesky.sending import Sending
from entourage.networks.bluesky.session import ChangedError, MissingError, Xrpc
from entourage.networks.live import Answer, Can, Declared, Page, Receipt, Reconnect, Retry, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from entourage.networks.activity import Account

T = TypeVar("T")
SOON = timedelta(minutes=1)
READING = frozenset({Can.READ, Can.HISTORY, Can.VERIFY})


class Network:
    """Bluesky, as ``networks.live.Network`` says. Calls are blocking; one thread at a time."""

    declared: ClassVar[Declared] = DECLARED

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._xrpc = Xrpc(settings)
        self._stream = settings.get("stream", "").strip()
        self._did = ""
        self._closed = threading.Event()

    def check(self) -> Self:
        """Whose account this is; without a key it is only read, and heard where a stream is named."""
        can = self.declared.can if self._xrpc.keyed else READING | ({Can.LISTEN} if self._stream else set())
        return Self(account=_guarded(self._account), can=frozenset(can))

    def read(self, cursor: str) -> Page:
        """A page of a pass (``reading``)."""
        return _guarded(lambda: Reading(self._xrpc, cursor, us=self._us()).page())

    def listen(self) -> Iterator[tuple[Found, ...]]:
        """From a stream where one is named, else by looking every moment."""
        from entourage.networks.bluesky.stream import heard, looked

        if not (self._xrpc.keyed or self._stream):
            raise Reconnect("Without an app password Bluesky is read every minute, not heard. Connect it with one.")
        us = _guarded(self._us)
        told = (
            heard(self._xrpc, us, self._stream, self._closed) if self._stream else looked(self._xrpc, us, self._closed)
        )
        return _guarding(told, self._closed)

    def history(self, since: datetime) -> Iterator[tuple[Found, ...]]:
        """All since then: what was turned to us, what we wrote, and the whole threads under it."""
        return _guarding(history(self._xrpc, _guarded(self._us), since), self._closed)

    def missing(self, network_ids: Sequence[str]) -> frozenset[str]:
        """Which of these posts were deleted; what is no post cannot be told."""
        posts = [id_ for id_ in network_ids if to.parts(id_)[1] == to.POST]
        batches = (posts[start : start + BATCH] for start in range(0, len(posts), BATCH))
        return _guarded(lambda: frozenset(lost.id for batch in batches for lost in vanished(self._xrpc, batch)))

    def send(self, answer: Answer) -> Receipt:
        """The same key is one post, however often it is sent."""
        return _guarded(lambda: Sending(self._xrpc).send(answer))

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:  # noqa: ARG002 - its key says where it is
        """What stands under the answer's key."""
        return _guarded(lambda: Sending(self._xrpc).find(answer))

    def like(self, network_id: str) -> None:
        """Like a post."""
        _guarded(lambda: Sending(self._xrpc).like(network_id))

    def hide(self, network_id: str) -> None:
        """Hide an answer in a thread that we began."""
        _guarded(lambda: Sending(self._xrpc).hide(network_id))

    def delete(self, network_id: str) -> None:
        """Take back a post of ours."""
        _guarded(lambda: Sending(self._xrpc).delete(network_id))

    def close(self) -> None:
        """Let go of sockets, and end what listens."""
        self._closed.set()
        self._xrpc.close()

    def _us(self) -> str:
        """Our DID, which a new handle does not change."""
        if not self._did:
            self._did = self._xrpc.session().did if self._xrpc.keyed else self._account().id
        return self._did

    def _account(self) -> Account:
        session = self._xrpc.session() if self._xrpc.keyed else None
        try:
            return to.account(
                self._xrpc.get("app.bsky.actor.getProfile", actor=session.did if session else self._xrpc.handle)
            )
        except MissingError:
            if session:  # so new that only its own server knows it
                return to.account({"did": session.did, "handle": session.handle})
            raise Reconnect(
                f"Bluesky knows no account {self._xrpc.handle!r}. Write the handle as it stands on its page."
            ) from None


def _guarded(call: Callable[[], T]) -> T:
    """The contract's errors only."""
    try:
        return call()
    except MissingError as error:
        raise Broken(f"{error} Check the server's address.") from None
    except ChangedError as error:
        raise Retry(str(error), after=SOON) from None


def _guarding(told: Iterator[tuple[Found, ...]], closed: threading.Event) -> Iterator[tuple[Found, ...]]:
    """Page after page; what breaks because somebody closed us is an end, not an error."""
    while True:
        try:
            page = _guarded(lambda: next(told, None))
        except Exception:
            if closed.is_set():
                return
            raise
        if page is None:
            return
        yield page
