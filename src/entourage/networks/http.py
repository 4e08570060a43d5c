"""The one HTTP client of the networks: patient, bounded, silent about secrets, and clear about what may be sent again.

What a failure means depends on what the call does, so every call says its ``Effect``. The client waits a few seconds at
most; whatever asks for more is raised as ``Retry`` with how long, and the caller does something else meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NoReturn

import httpx
import msgspec

from entourage.networks.addresses import LOOPBACK, ours, said, server
from entourage.networks.base import Broken, NetworkError
from entourage.networks.live import Reconnect, Refused, Retry, Uncertain
from entourage.networks.pace import LONGEST, Budget, World, retry_after, shared

AGENT = "Entourage (self-hosted; reads and answers for the account that connected it)"
TIMEOUT = httpx.Timeout(20.0, connect=5.0, pool=5.0)
WHOLE = timedelta(seconds=60)  # for one answer in all: a server that trickles a byte a second does not hold a thread
MOST = 16 * 2**20  # bytes of an answer, unpacked; the largest page of the networks read here is under one megabyte
HOPS = 3
TRIES = 4
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 8.0
PATIENCE = timedelta(seconds=10)
LATER = timedelta(seconds=30)  # where a network fails and does not say for how long
TOO_MANY = 429
MOVED = {301, 302, 303, 307, 308}

Json = Any
#: A network's own reading of a refusal: what to raise for this status and body, or None for the general reading.
Explain = Callable[[int, Json], NetworkError | None]


class Effect(StrEnum):
    """What a call does, which decides what may be repeated and what a lost answer means."""

    READS = "reads"  # nothing: repeated; lost -> Retry
    SETTLES = "settles"  # the same twice changes nothing (like, delete): repeated; lost -> Retry
    KEYED = "keyed"  # writes under an idempotency key: repeated; lost for good -> Uncertain
    WRITES = "writes"  # each call writes once more: never repeated once it may have arrived; lost -> Uncertain


class Answered(msgspec.Struct, frozen=True):
    """An answer of a network: its status, its headers (names in lower case), and its JSON (None if it is empty)."""

    status: int
    headers: Mapping[str, str]
    body: Json

    def link(self, rel: str) -> str:
        """The address under ``rel`` in the ``Link`` header, empty if there is none."""
        return httpx.Response(200, headers=dict(self.headers)).links.get(rel, {}).get("url", "")


class _Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call as it was asked for; ``content`` is httpx's."""

    method: str
    path: str
    effect: Effect
    allow: tuple[int, ...]
    window: str
    content: dict[str, Any]


class _LostError(Exception):
    """No good answer came. ``arrived``: the network may have done what was asked."""

    def __init__(self, reason: str, *, arrived: bool, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.arrived = arrived
        self.after = after


class Client:
    """Speaks JSON with one server under one set of keys. Close it after use; closing twice changes nothing.

    Parameters
    ----------
    base : address of the server; plain http only on loopback, where tests and tunnels live
    name : the network's name in messages ("Mastodon")
    keys : headers that carry secrets; they go to ``base`` only, and their values never stand in a message
    explain : the network's own reading of a refused call
    world, budget, transport, timeout : time and chance, limits, sockets; tests give their own

    Raises
    ------
    Every call raises Retry, Uncertain (KEYED and WRITES only), Reconnect, Refused (never for READS) or Broken.
    """

    def __init__(
        self,
        base: str,
        *,
        name: str,
        keys: Mapping[str, str] | None = None,
        explain: Explain | None = None,
        world: World | None = None,
        budget: Budget | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        most: int = MOST,
    ) -> None:
        self.base, self.name = server(base, name=name), name
        self._keys = _sendable(keys or {}, name)
        self._explain = explain or (lambda _status, _body: None)
        self._world, self._most = world or World(), most
        self._budget = budget or shared(_digest(base, self._keys))
        self._client = httpx.Client(
            base_url=self.base,
            headers={"User-Agent": AGENT, "Accept": "application/json", **self._keys},
            timeout=timeout,
            transport=transport,
            follow_redirects=False,
            trust_env=self.base.host not in LOOPBACK,
        )

    def __repr__(self) -> str:
        return f"<Client of {self.name} at {self.base.host}>"

    def get(
        self, path: str, params: Mapping[str, Any] | None = None, *, allow: tuple[int, ...] = (), urgent: bool = False
    ) -> Answered:
        """Read. A status of ``allow`` is an answer like any other (404: it is gone)."""
        return self.call("GET", path, effect=Effect.READS, params=params, allow=allow, urgent=urgent)

    def call(
        self,
        method: str,
        path: str,
        *,
        effect: Effect,
        allow: tuple[int, ...] = (),
        window: str = "",
        urgent: bool = False,
        **content: Any,
    ) -> Answered:
        """Ask once, and again where that is safe and soon; ``content`` is httpx's (params, json, data, files, headers).

        ``window`` names the limit that this call counts against, where a network counts some of them apart. ``urgent``
        is what is read in order to send: it may use the part of the limit that is kept for sending.
        """
        asked = _Call(method=method, path=path, effect=effect, allow=allow, window=window, content=content)
        began, arrived = self._world.now(), False
        for attempt in range(1, TRIES + 1):
            self._make_room(window, began, sending=urgent or effect is not Effect.READS)
            try:
                return self._once(asked)
            except _LostError as lost:
                arrived = arrived or lost.arrived
                wait = self._wait(lost, attempt)
                again = effect is not Effect.WRITES or not lost.arrived
                if not again or attempt == TRIES or self._waited(began) + wait > PATIENCE:
                    self._give_up(lost, effect, wait, arrived=arrived)
                self._world.sleep(wait.total_seconds())
        raise AssertionError("the last try returns or raises")

    @contextmanager
    def stream(
        self, path: str, params: Mapping[str, Any] | None = None, *, silence: timedelta
    ) -> Iterator[Iterator[bytes]]:
        """Hold a stream open: its bytes as they come. More silence than told, or its end, is a ``Retry``."""
        self._make_room("", self._world.now(), sending=False)
        timeout = httpx.Timeout(TIMEOUT.read, connect=TIMEOUT.connect, read=silence.total_seconds())
        try:
            with self._client.stream("GET", path, params=params, timeout=timeout) as response:
                if response.status_code != httpx.codes.OK:
                    self._refused(response, Effect.READS, "")
                yield response.iter_bytes()
        except _LostError as lost:
            self._give_up(lost, Effect.READS, lost.after or LATER, arrived=False)
        except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
            raise Retry(f"The stream of {self.name} broke off ({type(error).__name__}).", after=timedelta(0)) from None

    def close(self) -> None:
        """Let go of the sockets. Twice changes nothing."""
        self._client.close()

    def _once(self, asked: _Call) -> Answered:
        url, content = ours(asked.path, base=self.base, name=self.name), asked.content
        try:
            for _ in range(HOPS + 1):
                with self._client.stream(asked.method, url, **content) as response:
                    self._budget.learn(asked.window, response.headers, now=self._world.now())
                    if response.status_code not in MOVED:
                        return self._answered(response, asked)
                    url = self._moved(response, asked.effect)
                    content = {**content, "params": None}
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            self._unreachable(error)
        except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
            raise _LostError(f"{self.name} did not answer ({type(error).__name__})", arrived=True) from None
        raise Broken(f"{self.name} at {self.base.host} sends on in a circle. Check its address.")

    def _answered(self, response: httpx.Response, asked: _Call) -> Answered:
        if not response.is_success and response.status_code not in asked.allow:
            self._refused(response, asked.effect, asked.window)
        return Answered(response.status_code, response.headers, self._json(response, must=response.is_success))

    def _json(self, response: httpx.Response, *, must: bool) -> Json:
        """The body as JSON; one that cannot be read counts as lost, or as none where ``must`` is false."""
        raw, ends = bytearray(), self._world.now() + WHOLE
        for piece in response.iter_bytes():
            raw += piece
            if len(raw) > self._most:
                raise Broken(
                    f"An answer of {self.name} is larger than {self._most} bytes. Check that the address is its server."
                )
            if self._world.now() > ends:
                raise _LostError(f"{self.name} took longer than {WHOLE.seconds} s to answer", arrived=True)
        try:
            return msgspec.json.decode(bytes(raw)) if raw.strip() else None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            if must:
                raise _LostError(f"{self.name} answered half a page, or no JSON", arrived=True) from None
            return None

    def _refused(self, response: httpx.Response, effect: Effect, window: str) -> NoReturn:
        status, now = response.status_code, self._world.now()
        after = retry_after(response.headers, now=now)
        body = self._json(response, must=False)
        if status == TOO_MANY:
            self._budget.exhaust(window, after or LATER, now=now)
            raise _LostError(f"{self.name} asks to slow down", arrived=False, after=after or LATER)
        if (own := self._explain(status, body)) is not None:
            raise own
        if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.REQUEST_TIMEOUT:
            raise _LostError(f"{self.name} is in trouble (status {status})", arrived=True, after=after)
        self._denied(status, said(body, secrets=self._keys.values()), effect)

    def _denied(self, status: int, words: str, effect: Effect) -> NoReturn:
        told = f"{self.name} refused (status {status}{': ' + words if words else ''})."
        if status == httpx.codes.UNAUTHORIZED or (status == httpx.codes.FORBIDDEN and effect is Effect.READS):
            raise Reconnect(f"{told} Connect the account again, with all the rights that are asked for.")
        if effect is Effect.READS:
            raise Broken(f"{told} Check that the address is a server of {self.name}.")
        raise Refused(f"{told} Change the text or the message that it answers, then try again.")

    def _moved(self, response: httpx.Response, effect: Effect) -> str:
        """Where a redirect leads, if the keys may go there; what writes is never sent on."""
        target = ours(str(response.url.join(response.headers.get("location", ""))), base=self.base, name=self.name)
        if effect is Effect.READS:
            return target
        raise Broken(f"{self.name} at {self.base.host} sends on what is written. Connect the address that it names.")

    def _unreachable(self, error: Exception) -> NoReturn:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Broken(f"{self.base.host} cannot prove who it is. Check its address and its certificate.") from None
        raise _LostError(f"{self.base.host} cannot be reached", arrived=False) from None

    def _make_room(self, window: str, began: datetime, *, sending: bool) -> None:
        """Wait for the network's limit where that is soon, and say how long where it is not."""
        wait = self._budget.spend(window, now=self._world.now(), sending=sending)
        if wait + self._waited(began) > PATIENCE:
            raise Retry(f"{self.name} allows no more calls for now.", after=wait)
        if wait > timedelta(0):
            self._world.sleep(wait.total_seconds())

    def _waited(self, began: datetime) -> timedelta:
        return self._world.now() - began

    def _wait(self, lost: _LostError, attempt: int) -> timedelta:
        """What the network asks for; else by full jitter, so that many do not come back at the same moment."""
        if lost.after is not None:
            return lost.after
        return timedelta(seconds=self._world.chance() * min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**attempt))

    def _give_up(self, lost: _LostError, effect: Effect, wait: timedelta, *, arrived: bool) -> NoReturn:
        after = min(max(wait, lost.after or LATER), LONGEST)
        if arrived and effect in {Effect.KEYED, Effect.WRITES}:
            raise Uncertain(f"{lost}; it may have arrived.", after=after) from None
        raise Retry(f"{lost}.", after=after) from None


def _sendable(keys: Mapping[str, str], name: str) -> dict[str, str]:
    """The keys, if they can be keys: a paste that took half a page with it is told at once, and not repeated."""
    if all(value.isascii() and value.isprintable() for value in keys.values()):
        return dict(keys)
    raise Reconnect(f"The key of {name} has characters that no key has. Copy it again, alone, and connect anew.")


def _digest(base: str, keys: Mapping[str, str]) -> str:
    return hashlib.sha256("\n".join((base, *sorted(keys.values()))).encode()).hexdigest()
