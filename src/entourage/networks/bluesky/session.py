"""The doors of Bluesky: the account's own server with a session, the public AppView without.

Sessions are kept for the life of the process and renewed, for Bluesky opens only 30 in five minutes and 300 a day, and
every turn of reading makes its own ``Network``. A token that is no longer good is answered with status 400.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import msgspec

from entourage.networks.base import Broken, NetworkError, shown
from entourage.networks.bluesky.declared import APPVIEW, SERVICE
from entourage.networks.bluesky.writing import HANDLE
from entourage.networks.http import Answered, Client, Effect
from entourage.networks.live import Reconnect, Refused
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "Bluesky"
IS_HANDLE = re.compile(HANDLE)
STALE = {"ExpiredToken", "InvalidToken", "AuthMissing"}
NO_LONGER_GOOD = {"AuthenticationRequired", "AccountTakedown", "AccountDeactivated", "AccountNotFound"}
CURE = "In Bluesky, Settings, Privacy and security, App passwords: make a new one and connect anew."
# Statuses that the callers read themselves, for these say "it is not there" in several ways.
MISSING = {"NotFound", "RecordNotFound", "RepoNotFound", "RepoTakendown", "RepoDeactivated", "RepoSuspended"}


class _StaleError(Reconnect):
    """The token has ended; another may be had."""


class MissingError(NetworkError):
    """What was asked for is not there, or no longer."""


class ChangedError(NetworkError):
    """The record is not what it was when we looked: somebody wrote between."""


class Session(msgspec.Struct, frozen=True):
    """Who we are, and the two tokens that prove it."""

    did: str
    handle: str
    access: str
    refresh: str
    service: str  # of the account itself, which may be another than the one that knows the password


_sessions: dict[str, Session] = {}
_doors: dict[str, threading.Lock] = {}
_guard = threading.Lock()


def explain(status: int, body: Any) -> NetworkError | None:
    """Bluesky's own names of what is wrong."""
    node = body if isinstance(body, dict) else {}
    name, said = text(node, "error"), text(node, "message")
    if name in STALE:
        return _StaleError(f"Bluesky no longer takes these keys. {CURE}")
    if name == "AuthFactorTokenRequired":
        return Reconnect(f"This is the account's own password, which asks for a code by mail. {CURE}")
    if name in NO_LONGER_GOOD:
        return Reconnect(f"Bluesky does not let this handle in with this password ({name}). {CURE}")
    if name in MISSING or (status in {400, 404} and "not found" in said.lower()):
        return MissingError(f"Bluesky has it no longer ({name}).")
    return ChangedError("The record was changed between.") if name == "InvalidSwap" else None


class Xrpc:
    """Calls of Bluesky's methods, by their names (``app.bsky.feed.getPosts``). Close it after use.

    Raises, from every call: Retry, Uncertain (writes), Reconnect, Refused, Broken as in ``networks.http``; and
    MissingError, ChangedError, which their callers turn into what they mean there.
    """

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._handle = settings["handle"].strip().removeprefix("@").lower()
        self._password = settings.get("app_password", "").strip()
        self._entry = settings.get("service", "").strip() or SERVICE
        self._appview = settings.get("appview", "").strip() or APPVIEW
        #: The network's clock at its last answer.
        self.now = datetime.now(UTC)
        self._clients: dict[str, Client] = {}
        told = f"{self._entry}\n{self._handle}\n{self._password}"
        self._mark = hashlib.sha256(told.encode()).hexdigest()

    @property
    def handle(self) -> str:
        """As Bluesky writes it. ``Reconnect`` if it is none."""
        if IS_HANDLE.fullmatch(self._handle) is None:
            raise Reconnect(
                f"A handle looks like brand.bsky.social or brand.com. Got {shown(self._handle)!r}. Correct it."
            )
        return self._handle

    @property
    def keyed(self) -> bool:
        """Whether there is an app password."""
        return bool(self._password)

    def get(self, method: str, **params: Any) -> Json:
        """Read, as the account where there is a key, else in public."""
        asked = {key: value for key, value in params.items() if value not in ("", None)}
        if self.keyed:
            return self._own("GET", method, effect=Effect.READS, params=asked)
        return self._read(self._client(self._appview).get(f"/xrpc/{method}", asked))

    def write(self, method: str, content: Json, *, effect: Effect) -> Json:
        """Write to the account's repository, in its own window of limits."""
        return self._own("POST", method, effect=effect, window=f"writes {self._mark}", json=content)

    def upload(self, content: bytes, kind: str) -> Json:
        """Bring a file; the same twice is one."""
        headers = {"Content-Type": kind}
        told = self._own(
            "POST",
            "com.atproto.repo.uploadBlob",
            effect=Effect.SETTLES,
            window=f"files {self._mark}",
            content=content,
            headers=headers,
        )
        return inner(told, "blob")

    def session(self) -> Session:
        """Ours: the one kept, or a new one."""
        with self._door():
            return _sessions.get(self._mark) or self._keep(self._begin())

    def close(self) -> None:
        """Let go of the sockets; the session stays for the next."""
        for client in self._clients.values():
            client.close()

    def _own(self, verb: str, method: str, *, effect: Effect, headers: Json | None = None, **content: Any) -> Json:
        session = self.session()
        for renewed in (False, True):
            token = {"Authorization": f"Bearer {session.access}", **(headers or {})}
            try:
                client = self._client(session.service)
                return self._read(client.call(verb, f"/xrpc/{method}", effect=effect, headers=token, **content))
            except _StaleError:
                if renewed:
                    raise
                session = self._renewed(session)
        raise AssertionError("the second try returns or raises")

    def _renewed(self, old: Session) -> Session:
        """A session after the one that ended; another thread may have renewed it already."""
        with self._door():
            if (now := _sessions.get(self._mark)) is not None and now.access != old.access:
                return now
            _sessions.pop(self._mark, None)
            try:
                return self._keep(self._ask("com.atproto.server.refreshSession", token=old.refresh))
            except Reconnect:
                return self._keep(self._begin())

    def _begin(self) -> Json:
        who = {"identifier": self.handle, "password": self._password}
        try:
            return self._ask("com.atproto.server.createSession", who)
        except Refused as refused:
            raise Reconnect(f"{refused} {CURE}") from None

    def _ask(self, method: str, content: Json | None = None, *, token: str = "") -> Json:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        told = self._client(self._entry).call(
            "POST",
            f"/xrpc/{method}",
            effect=Effect.SETTLES,
            window=f"{method} {self._mark}",  # counted for each account apart
            headers=headers,
            json=content,
        )
        return self._read(told)

    def _read(self, told: Answered) -> Json:
        """An answer's object; its date is the network's own clock."""
        with contextlib.suppress(ValueError):
            self.now = parsedate_to_datetime(told.headers.get("date", "")).astimezone(UTC)
        return told.body if isinstance(told.body, dict) else {}

    def _keep(self, told: Json) -> Session:
        session = Session(
            did=text(told, "did"),
            handle=text(told, "handle"),
            access=text(told, "accessJwt"),
            refresh=text(told, "refreshJwt"),
            service=self._home(told),
        )
        if not (session.did and session.access):
            raise Broken(f"{self._entry} did not open a session of Bluesky. Check the server's address.")
        _sessions[self._mark] = session
        return session

    def _home(self, told: Json) -> str:
        """The server on which the account lives, as its document says."""
        services = objects(inner(told, "didDoc").get("service"))
        homes = [text(one, "serviceEndpoint") for one in services if text(one, "id").endswith("#atproto_pds")]
        return next(iter(homes), "") or self._entry

    def _client(self, base: str) -> Client:
        if base not in self._clients:
            self._clients[base] = Client(base, name=NAME, keys={}, explain=explain)
        return self._clients[base]

    def _door(self) -> threading.Lock:
        with _guard:
            return _doors.setdefault(self._mark, threading.Lock())
