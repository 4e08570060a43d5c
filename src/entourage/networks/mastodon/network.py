"""One account of a Mastodon server: read, listened to, answered from.

Not built on Mastodon.py: it sleeps through whole rate-limit windows, follows redirects with the token, has no bounds,
and wants a version to be told for servers that are not the mainline one. Twelve addresses of a documented API through
``networks.http`` obey one set of rules with the other networks.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import msgspec

from entourage.networks.activity import Account
from entourage.networks.addresses import LOOPBACK
from entourage.networks.base import Broken, Skip
from entourage.networks.http import TIMEOUT, Client, Effect
from entourage.networks.live import Can, Declared, Limits, Reconnect, Refused, Self
from entourage.networks.mastodon import reading, sending
from entourage.networks.mastodon.declared import DECLARED, HANDLE
from entourage.networks.mastodon.oauth import base_of
from entourage.networks.mastodon.translate import Home, account, event, message_id
from entourage.networks.pace import World
from entourage.networks.payload import Json, inner, objects, text
from entourage.networks.sse import events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    import httpx

    from entourage.networks.base import Found, NetworkError
    from entourage.networks.live import Answer, Page, Receipt

# A server says ``:thump`` every fifteen seconds; after three of them unheard the stream is dead.
SILENCE = timedelta(seconds=45)
ASKED_AT_ONCE = 20
# The rights that an application may lack, and what it then cannot do.
NEEDS = {"write:statuses": {Can.REPLY, Can.MESSAGE, Can.DELETE}, "write:favourites": {Can.LIKE}}
FORBIDDEN = 403
SCOPE, LOGIN = "scope", "login"


class Network:
    """An account of Mastodon. ``world``, ``timeout`` and ``transport`` are for tests."""

    declared: ClassVar[Declared] = DECLARED

    def __init__(
        self,
        settings: Mapping[str, str],
        *,
        world: World | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._world = world or World()
        self._options: dict[str, Any] = {
            "name": DECLARED.name,
            "keys": {"Authorization": f"Bearer {settings['token'].strip()}"},
            "explain": _explained,
            "world": self._world,
            "timeout": timeout,
            "transport": transport,
        }
        self._client = Client(base_of(settings["server"]), **self._options)

    def check(self) -> Self:
        """Whose account this is, what its keys allow, and how long an answer this server takes."""
        return Self(account=self._home.me, can=self._allowed(), limits=self._limits())

    def read(self, cursor: str) -> Page:
        """Notifications and own posts from the cursor on; once caught up, what changed, threads, conversations."""
        return reading.page(self._client, self._home, cursor, at=self._world.now())

    def listen(self) -> Iterator[tuple[Found, ...]]:
        """The user stream: notifications and own posts, edits and deletions of what the home feed shows."""
        home, base = self._home, self._streaming()
        client = self._client if base is None else Client(base, **self._options)
        try:
            with client.stream("/api/v1/streaming/user", silence=SILENCE) as pieces:
                for name, data in events(pieces):
                    yield event(name, _decoded(name, data), home=home, at=self._world.now())
        finally:
            if client is not self._client:
                client.close()

    def history(self, since: datetime) -> Iterator[tuple[Found, ...]]:
        """All that the server still tells around this account since then."""
        return reading.history(self._client, self._home, since)

    def missing(self, network_ids: Sequence[str]) -> frozenset[str]:
        """Which of these messages the server no longer shows us; what is no message of it cannot be told."""
        home, gone = self._home, set[str]()
        numbers = [number for id_ in network_ids if (number := _number(id_, home))]
        for at in range(0, len(numbers), ASKED_AT_ONCE):
            asked = numbers[at : at + ASKED_AT_ONCE]
            told = self._client.get("/api/v1/statuses", {"id[]": asked}, allow=(*reading.NOT_THERE, 405))
            shown = {text(node, "id") for node in objects(told.body)}
            # Servers before 4.3 know no list, and a list may leave out what it shows alone: each is asked for.
            gone |= {one for one in asked if one not in shown and reading.gone(self._client, one)}
        return frozenset(message_id(one, host=home.host) for one in gone)

    def send(self, answer: Answer) -> Receipt:
        """Answer it, seen by no more people than what it answers."""
        return sending.sent(self._client, self._home, answer, world=self._world)

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:
        """The same words under the same message among our posts since then."""
        return sending.there(self._client, self._home, answer, since=since)

    def like(self, network_id: str) -> None:
        """Favourite a message."""
        self._client.call("POST", self._path(network_id, "favourite"), effect=Effect.SETTLES)

    def hide(self, network_id: str) -> None:
        """Mastodon hides nobody's words from others: always Refused."""
        raise Refused(
            f"Mastodon lets nobody hide the words of others ({network_id}). Report them on the server's page."
        )

    def delete(self, network_id: str) -> None:
        """Delete a message of ours; one that is gone already is deleted."""
        path = self._path(network_id)
        self._client.call("DELETE", path, effect=Effect.SETTLES, window="delete", allow=reading.NOT_THERE)

    def close(self) -> None:
        """Let go of the sockets."""
        self._client.close()

    @cached_property
    def _home(self) -> Home:
        """Asked for once: the account's number is part of every address."""
        told = self._client.get("/api/v1/accounts/verify_credentials", urgent=True).body
        node: Json = told if isinstance(told, dict) else {}
        host = self._client.base.netloc.decode()
        try:
            me = msgspec.structs.replace(account(node, host=host), kind="own")
        except Skip:
            me = Account(id="")
        if not me.id or not text(node, "id"):
            _no_mastodon(host)
        return Home(host=host, me=me, number=text(node, "id"))

    @cached_property
    def _instance(self) -> Json:
        for path in ("/api/v2/instance", "/api/v1/instance"):
            told = self._client.get(path, allow=reading.NOT_THERE)
            if told.status not in reading.NOT_THERE and isinstance(told.body, dict):
                return told.body
        return {}

    def _limits(self) -> Limits:
        length = inner(inner(self._instance, "configuration"), "statuses").get("max_characters")
        if not isinstance(length, int) or length <= HANDLE:
            return DECLARED.limits
        return msgspec.structs.replace(DECLARED.limits, length=length - HANDLE)

    def _allowed(self) -> frozenset[Can]:
        """What the application's rights allow; a server that does not tell them is believed to allow all."""
        told = self._client.get("/api/v1/apps/verify_credentials", allow=(401, 403, 404, 422)).body
        scopes = told.get("scopes") if isinstance(told, dict) else None
        if not isinstance(scopes, list) or not scopes:
            return DECLARED.can
        lacking = [can for scope, can in NEEDS.items() if scope not in scopes and scope.split(":")[0] not in scopes]
        return DECLARED.can - frozenset().union(*lacking)

    def _streaming(self) -> str | None:
        """Where the server has its stream, if elsewhere. It has our token already: whom it names may see it too."""
        urls = inner(inner(self._instance, "configuration"), "urls") or inner(self._instance, "urls")
        told = text(urls, "streaming") or text(urls, "streaming_api")
        if not told.startswith("wss://") or self._client.base.host in LOOPBACK:
            return None
        return base_of(f"https://{told.removeprefix('wss://')}")

    def _path(self, network_id: str, *rest: str) -> str:
        return reading.status_path(sending.number_of(network_id, self._home), *rest)


def _explained(status: int, body: Any) -> NetworkError | None:
    """A 403 may mean the keys, not the message: rights that were not asked for, or an account that was shut."""
    said = text(body if isinstance(body, dict) else {}, "error").lower()
    if status == FORBIDDEN and (SCOPE in said or LOGIN in said):
        return Reconnect(f"Mastodon refused these keys: {said}. Connect the account again and allow all that is asked.")
    return None


def _decoded(name: str, data: str) -> object:
    """The JSON of an event; a deletion is a bare number."""
    if name == "delete":
        return data
    try:
        return msgspec.json.decode(data) if data else None
    except (msgspec.DecodeError, RecursionError):
        return None


def _number(network_id: str, home: Home) -> str:
    host, _, number = network_id.rpartition("/")
    return number if host == home.host else ""


def _no_mastodon(host: str) -> NoReturn:
    raise Broken(f"{host} does not speak Mastodon. Write the server of your account, as in a browser.")
