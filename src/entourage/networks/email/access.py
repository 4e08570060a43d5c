"""What the settings of a mailbox say, checked: where its servers are, how they are spoken to, and as whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from entourage.networks.activity import Account
from entourage.networks.base import Broken, shown
from entourage.networks.email.headers import is_address

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
IMAP_PORTS = {"tls": 993, "starttls": 143, "plain": 143}
SMTP_PORTS = {"tls": 465, "starttls": 587, "plain": 25}
MOST_PORT = 65_535
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """A server, and how it is spoken to: ``tls``, ``starttls`` or ``plain``."""

    host: str
    port: int
    security: str


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """All that the settings say. ``password`` is never shown: errors are made without it."""

    own: Account
    user: str
    password: str
    imap: Door
    smtp: Door | None
    folder: str
    sent: str
    copies: bool
    # The addresses of our other mailboxes.
    beside: frozenset[str] = frozenset()

    @property
    def domain(self) -> str:
        return self.own.id.rpartition("@")[2]


def access(settings: Mapping[str, str]) -> Access:
    """The settings as they are meant; ``Broken`` names the first that cannot be.

    Examples
    --------
    >>> access({"address": "Care@tea.example", "imap_host": "imap.tea.example", "password": "x"}).imap
    Door(host='imap.tea.example', port=993, security='tls')
    """
    given = {key: value.strip() if key != "password" else value for key, value in settings.items()}
    address = given.get("address", "")
    if not is_address(address):
        raise Broken(f"The address of a mailbox must be like care@example.com. Got {shown(address)!r}. Correct it.")
    for key, value in given.items():
        if not value.isprintable():
            raise Broken(f"The setting {shown(key)!r} must be one line of text. Write it anew.")
    own = Account(id=address.lower(), handle=address, name=given.get("name", ""), kind="own")
    return Access(
        own=own,
        user=given.get("user") or address,
        password=given.get("password", ""),
        imap=_door(given, "imap", IMAP_PORTS),
        smtp=_door(given, "smtp", SMTP_PORTS) if given.get("smtp_host") else None,
        folder=given.get("folder") or "INBOX",
        sent=given.get("sent", ""),
        copies=given.get("copy", "").lower() in {"yes", "true", "1", "on"},
        beside=frozenset(given.get("beside", "").lower().split()) - {own.id},
    )


def _door(given: Mapping[str, str], kind: str, ports: Mapping[str, int]) -> Door:
    name, host = kind.upper(), given.get(f"{kind}_host", "")
    if not _HOST.fullmatch(host):
        raise Broken(f"The {name} server must be a name like {kind}.example.com. Got {shown(host)!r}. Correct it.")
    said = given.get(f"{kind}_security") or "tls"
    security = said.removesuffix("-anywhere") if said == "plain-anywhere" else said
    if security not in ports:
        raise Broken(f"The security of {name} must be tls, starttls or plain. Got {shown(said)!r}. Choose one of them.")
    if said == "plain" and host not in LOOPBACK:
        cure = "Choose tls or starttls; or plain-anywhere, if you know that the way is safe."
        raise Broken(f"The password would cross the network readable on its way to {host}. {cure}")
    port = given.get(f"{kind}_port") or str(ports[security])
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= MOST_PORT):
        raise Broken(f"The port of {name} must be a number up to {MOST_PORT}. Got {shown(port)!r}. Correct it.")
    return Door(host=host, port=int(port), security=security)
