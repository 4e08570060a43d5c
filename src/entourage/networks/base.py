"""What every translator and every reader shares: two errors by what the reader should do, and the rows of a report.

::

    Skip      this row cannot be used; the others can: it is listed with its line, field, value and cure
    Broken    this file cannot be used at all; the message says why and what to do instead
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from entourage.networks.activity import Account, Act, Activity

VALUE_SHOWN = 200  # characters of a bad value in a report: enough to recognise it, short enough to read
RAW_SHOWN = 1_000  # characters of a bad row kept for its list


class NetworkError(Exception):
    """The root of what goes wrong between the outside world and an activity."""


class Skip(NetworkError):  # noqa: N818 - it names what to do, as the glossary does
    """A row cannot be used, the others can.

    Parameters
    ----------
    reason : what the field must be, in a sentence without its full stop
    field, value : where it stands and what came
    cure : the way out, a sentence
    """

    def __init__(self, reason: str, *, field: str = "", value: object = "", cure: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.value = shown(value)
        self.cure = cure


class Broken(NetworkError):  # noqa: N818
    """A file cannot be used; the message says why, and the cure is its last sentence."""


class Reject(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was not taken, and why. ``line`` counts from 1 in the file itself."""

    file: str
    line: int
    field: str
    value: str
    reason: str
    cure: str
    raw: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        field = f", {self.field}" if self.field else ""
        got = f" Got {self.value!r}." if self.value else ""
        return f"{where}{field}: {self.reason}.{got} {self.cure}".rstrip()


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Something the reader should know about rows that were taken. ``line`` 0 speaks of the whole file."""

    file: str
    line: int = 0
    field: str = ""
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}{', ' + self.field if self.field else ''}: {self.message}"


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Who acted towards whom and how often, where a source tells no moment (an edge list)."""

    network: str
    kind: Act
    source: Account
    target: Account
    weight: int = 1


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """An account that its network withdrew; what it wrote must be withdrawn here too."""

    network: str
    account_id: str
    at: datetime
    reason: str = ""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What we sent did not reach somebody: a server says so, some time after it was taken."""

    network: str
    id: str  # the network's own, of what we sent
    to: tuple[str, ...]  # ids that the account may have whom it did not reach
    reason: str  # in sentences that end with a full stop


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """An account that a payload shows without anything it did."""

    network: str
    account: Account


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """What a translator has to say about a payload; told once a file."""

    message: str


#: What a translator finds in a payload. A ``Skip`` is given, not raised: the rest of the page is good.
Found = Activity | Tie | Gone | Returned | Profile | Aside | Skip


def shown(value: object, *, most: int = VALUE_SHOWN) -> str:
    """A value as a report shows it: text, without control characters, cut to ``most`` characters."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    text = "".join(c if c.isprintable() else "�" if c == "\x00" else " " for c in text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"
