"""The contract of a live network: it declares itself, is read page by page, answers, and proves what it holds.

Every network is a folder whose ``network.py`` has one class that keeps this contract; ``registry`` finds it, and the
contract suite of the tests runs on it. Calls are plain and blocking: a worker gives each connection its own thread.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import msgspec

from entourage.networks.activity import Account, Attachment
from entourage.networks.base import Found, NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Retry(NetworkError):  # noqa: N818 - these name what to do
    """Not now: the network asks to wait, or did not answer. The same call again after ``after`` is right."""

    def __init__(self, reason: str, *, after: timedelta) -> None:
        super().__init__(reason)
        self.after = after


class Uncertain(Retry):
    """What was sent may or may not have arrived: look with ``find`` before sending it again."""


class Reconnect(NetworkError):  # noqa: N818
    """The keys are no longer good, or lack a right: a person must connect anew. The message ends with the cure."""


class Refused(NetworkError):  # noqa: N818
    """The network will not take this, today or tomorrow; others it may. The message says why and what to change."""


class Can(StrEnum):
    """What a network allows through its doors."""

    READ = "read"  # pages, from a cursor
    LISTEN = "listen"  # a stream, within seconds
    REPLY = "reply"  # an answer in public, under what it answers
    MESSAGE = "message"  # an answer to one person only
    LIKE = "like"
    HIDE = "hide"  # for everybody but its author
    DELETE = "delete"  # what we wrote ourselves
    HISTORY = "history"  # all that it holds of a stretch, to be compared with what is here
    VERIFY = "verify"  # which of given messages are gone there


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that must be known to connect: one field of the form, one option of the command."""

    key: str
    label: str  # English; the pages translate it
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is known before typing: how long an answer may be, and how late."""

    length: int  # in ``unit``
    unit: str = "characters"  # or "graphemes", "bytes"
    answer_within: timedelta | None = None  # after the last message of the person; none: for ever
    attachments: int = 0
    attachment_bytes: int = 0
    # Beginnings of the media types that it takes.
    attachment_kinds: tuple[str, ...] = ("image/",)


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A network as it presents itself."""

    key: str  # as in ``Activity.network`` and the folder's name
    name: str
    settings: tuple[Setting, ...]
    can: frozenset[Can]
    limits: Limits
    # What must be had before it can be connected, in one English sentence; the pages translate it.
    needs: str = "Needs a key that you make on the network."
    # How often to read where nothing streams, and to read all the same where something does.
    every: timedelta = timedelta(minutes=1)
    # The setting that the network's own page gives for two clicks there, if it has such a page; then the folder has a
    # module ``oauth`` (see ``registry.authorisation``) that needs the first of the settings only.
    by_code: str = ""

    @property
    def keyless(self) -> bool:
        """Whether it can be read without any secret."""
        return not any(setting.secret and setting.required for setting in self.settings)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what a network tells, and from where the next page goes on.

    ``cursor`` is the network's own business and opaque to others; taking the same page twice does no harm. ``more``
    says that the next page can be asked for at once; without it the reader has caught up.
    """

    found: tuple[Found, ...]
    cursor: str
    more: bool = False


class Self(msgspec.Struct, frozen=True, kw_only=True):
    """What ``check`` learned: whose account it is, and what these keys allow of what the network can."""

    account: Account
    can: frozenset[Can]
    # When the keys end, where the network tells.
    ends_at: datetime | None = None
    # Where this server allows other than what the network declares.
    limits: Limits | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Something that leaves the house.

    ``key`` is the same at every try: a network that takes an idempotency key is given it, and ``find`` looks for it (or
    for the same words under the same message) where none is taken.
    """

    key: str
    text: str
    to: str  # the network's id of the message it answers
    context: str = ""  # the id of the thread's first message
    recipient: Account | None = None
    private: bool = False
    subject: str = ""  # where the network has subjects
    language: str = ""
    attachments: tuple[Attachment, ...] = ()


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The network's word that it has it: the id under which it will tell it back."""

    id: str
    at: datetime
    url: str = ""


class App(Protocol):
    """Entourage as one server of a network knows it; ``client_secret`` is a secret."""

    @property
    def base(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def client_secret(self) -> str: ...
    @property
    def redirect(self) -> str: ...


class Authorisation(Protocol):
    """The two clicks: register with a server, open its page, turn the code that it shows into keys.

    Every function raises as the methods of a network do.
    """

    def app_for(self, base: str) -> App:
        """Register with a server, named as a person writes it."""

    def address(self, app: Any, *, state: str = "") -> str:
        """The page where the account's owner allows it."""

    def token(self, app: Any, code: str) -> str:
        """The value of the setting ``by_code`` for a code; an old code raises ``Reconnect``."""


class Network(Protocol):
    """A connection to one account of a network.

    Made with its settings (secrets among them) and closed after use; with them comes ``beside``, the ids of the brand's
    other connected accounts on this network, a space between two. ``clock``-like arguments do not exist: time comes
    from the network's own moments.

    Every method raises only: ``Retry`` (the same again later), ``Uncertain`` (only what sends), ``Reconnect``,
    ``Refused`` (only what sends), ``Broken`` (this network cannot be spoken to at all; the message has the cure).
    """

    declared: ClassVar[Declared]

    def __init__(self, settings: Mapping[str, str]) -> None: ...

    def check(self) -> Self:
        """Whose account this is and what the keys allow."""

    def read(self, cursor: str) -> Page:
        """The next page from ``cursor``; the empty cursor starts as far back as the network shows by itself."""

    def listen(self) -> Iterator[tuple[Found, ...]]:
        """What happens from now on, as it happens; an empty tuple is a sign of life. Ends or raises: read, come back.

        The stream is a hint; ``read`` from the cursor kept is what misses nothing.
        """

    def history(self, since: datetime) -> Iterator[tuple[Found, ...]]:
        """All that the network holds around this account since then, to be compared with what is here."""

    def missing(self, network_ids: Sequence[str]) -> frozenset[str]:
        """Which of these messages are gone there, deleted or hidden from us; asked only where ``Can.VERIFY``.

        What it cannot tell is not called missing.
        """

    def send(self, answer: Answer) -> Receipt:
        """Send it once. The same key again gives the same receipt where the network takes keys."""

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:
        """Whether this answer is there already; asked before a retry."""

    def like(self, network_id: str) -> None:
        """Like a message. Twice changes nothing."""

    def hide(self, network_id: str) -> None:
        """Hide a stranger's message from the public. Twice changes nothing."""

    def delete(self, network_id: str) -> None:
        """Take back a message of ours. Twice changes nothing."""

    def close(self) -> None:
        """Let go of sockets. Twice changes nothing."""
