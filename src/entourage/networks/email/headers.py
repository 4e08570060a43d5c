"""What the headers of a mail tell: its id and its thread, who wrote it, to whom, when, and whether a machine did."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from entourage.networks.activity import Account
from entourage.networks.base import shown
from entourage.networks.email.charsets import unfolded

if TYPE_CHECKING:
    from email.message import Message

AUTOMATIC = "automatic:"  # what stands before the address where a machine wrote
UNKNOWN = "unknown:"  # what stands before an account of somebody who wrote in our name: nobody can write back to it
ALONE: frozenset[str] = frozenset()  # no mailbox of ours beside this one
MOST_HEADER = 20_000  # characters of one header that are looked at
MOST_NAMED = 50  # of a mail's recipients
SKEW = timedelta(minutes=10)  # a Date may be this much later than the arrival before it is not believed
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_ID = re.compile(r"<([^<>]*)>")
_PLAIN_ID = re.compile(r"[!-;=?-~]{1,250}")  # visible ASCII without < and >
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,128}@[^\s@<>(),;:\"\\\[\]]{1,190}")
_BRACKETED = re.compile(r"<([^<>]*)>")
_MACHINE = re.compile(
    r"(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]{32}|no[-_.]?reply|do[-_.]?not[-_.]?reply"
    r"|ne[-_.]?pas[-_.]?repondre)\b.*@"
)
_BULK = {"bulk", "junk", "list", "auto_reply"}
# What programs write that do not know RFC 3834, or did before it; nobody writes one of them by hand.
_AUTOMATIC = (
    "list-id", "x-autoreply", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply", "x-autorespond",
    "x-autoresponder", "x-failed-recipients",
)  # fmt: skip
# How Exchange and others begin the subject of an out-of-office, in the languages that we read.
_AWAY = re.compile(
    r"(?:auto(?:matic)?[ -]?reply|out of (?:the )?office|réponse automatique|absence du bureau|automatische antwort"
    r"|abwesenheitsnotiz|respuesta automática|risposta automatica|automatisch antwoord|resposta automática)\s?:",
    re.IGNORECASE,
)


def only(raw: bytes) -> Message:
    """The headers of a mail, its parts unread."""
    return BytesHeaderParser(policy=compat32).parsebytes(raw.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])


def raw(message: Message, name: str) -> str:
    """The first header of that name as it came, surrogates and folds and all; empty if there is none."""
    wanted = name.lower()
    return next((str(value)[:MOST_HEADER] for key, value in message.raw_items() if key.lower() == wanted), "")


def head(message: Message, name: str) -> str:
    """The first header of that name as a person reads it."""
    return unfolded(raw(message, name))


def ids(value: str) -> list[str]:
    """The message ids in a header, in order and once, without angle brackets.

    An id that could not be written into a header again (spaces, bytes beyond ASCII, endless) is one made from it: the
    same wherever it is met.

    Examples
    --------
    >>> ids("<a@x> (see) <b@x> <a@x>"), ids("c@x")
    (['a@x', 'b@x'], ['c@x'])
    """
    found = _ID.findall(value) or [word for word in value.split() if "@" in word]
    return list(dict.fromkeys(_as_id("".join(one.split())) for one in found if one.strip()))


def made_id(*parts: str) -> str:
    """An id made from what makes a mail unique, in the form of a message id so that an answer can name it."""
    told = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return f"{hashlib.sha256(told).hexdigest()[:32]}@id.invalid"


def likeness(message: Message) -> tuple[str, ...]:
    """What two copies of one mail share, however they came."""
    return tuple(unfolded(raw(message, name)) for name in ("from", "date", "subject", "to", "reply-to"))


def addresses(message: Message, *names: str) -> list[Account]:
    """The accounts that these headers name, in order and once; what is no address is left out."""
    found: dict[str, Account] = {}
    for name in names:
        for account in _named(raw(message, name)):
            found.setdefault(account.id, account)
    return list(found.values())[:MOST_NAMED]


def is_address(text: str) -> bool:
    r"""Whether a mail can be sent there.

    Examples
    --------
    >>> is_address("ann@x.example"), is_address("automatic:ann@x.example"), is_address("a@b\r\nBcc: c@d")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(text) is not None and text.isprintable()


def automatic(message: Message) -> bool:
    """Whether a machine wrote it: RFC 3834, lists (RFC 2919), bulk, bounces (RFC 3464)."""
    submitted = head(message, "auto-submitted").replace("(", ";").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or head(message, "precedence").lower() in _BULK
        or any(raw(message, name) for name in _AUTOMATIC)
        or head(message, "delivered-to").lower() == "autoresponder"
        or _AWAY.match(head(message, "subject")) is not None
        or raw(message, "content-type").lower().lstrip().startswith("multipart/report")
        or raw(message, "return-path").strip() == "<>"
    )


def author(message: Message, *, own: Account, beside: frozenset[str] = ALONE) -> Account:
    """Who wrote it: who an answer would go to (``Reply-To`` before ``From``); a machine has an account of its own.

    So the mail of a contact form is its customer's, and somebody's out-of-office never makes that person a bot. What
    came in our own name is of somebody unknown: anybody can write our address behind ``From``, and those of our other
    mailboxes, which ``beside`` names.
    """
    writers = addresses(message, "from") or addresses(message, "sender", "return-path")
    us = {own.id, *beside}
    wished = [one for one in addresses(message, "reply-to") if one.id not in us]
    if automatic(message) or not (writers or wished):
        return _machine(writers[0] if writers else Account(id="nobody", name=head(message, "from")))
    ours = bool(writers) and writers[0].id in us
    if (len(wished) == 1 or (wished and ours)) and not _MACHINE.match(wished[0].id):
        named = wished[0].name or (writers[0].name if writers and not ours else "")
        return Account(id=wished[0].id, handle=wished[0].handle, name=named)
    if not writers or _MACHINE.match(writers[0].id):
        return _machine((writers or wished)[0])
    return _in_our_name(message, writers[0], own=own, beside=beside) if ours else writers[0]


def sender(message: Message) -> str:
    """The address that it says it is from, in small letters; empty if it says none."""
    return next((one.id for one in addresses(message, "from")), "")


def to_us_alone(message: Message, *, own: Account, beside: frozenset[str] = ALONE) -> bool:
    """Whether it goes to nobody but ourselves, as a contact form's does: it answers nobody."""
    named = {one.id for one in addresses(message, "to", "cc", "bcc")}
    return bool(named) and named <= {own.id, *beside}


def doubtful(message: Message, *, own: Account, beside: frozenset[str] = ALONE) -> bool:
    """Whether it says that we wrote it to others, and nothing in itself shows that we did."""
    unknown = author(message, own=own, beside=beside).id.startswith(UNKNOWN)
    return unknown and not to_us_alone(message, own=own, beside=beside)


def moment(message: Message, *, received: datetime) -> datetime:
    """When it was written, in UTC: its ``Date`` where that is possible and not after its arrival, else its arrival."""
    try:
        told = parsedate_to_datetime(raw(message, "date"))
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return received
    return told if EARLIEST <= told <= received + SKEW else received


def _machine(account: Account) -> Account:
    return Account(id=f"{AUTOMATIC}{account.id}", handle=account.handle, name=account.name, kind="bot")


def _in_our_name(message: Message, writer: Account, *, own: Account, beside: frozenset[str]) -> Account:
    """We ourselves, if it goes to others and was put here without coming by mail: who did that has our keys."""
    put_here = writer.id == own.id and not raw(message, "received")
    if put_here and not to_us_alone(message, own=own, beside=beside):
        return own
    made = made_id(raw(message, "message-id"), *likeness(message))
    return Account(id=f"{UNKNOWN}{made}", name=f"{writer.name} <{writer.handle}>".lstrip())


def _as_id(value: str) -> str:
    return value if _PLAIN_ID.fullmatch(value) else made_id(value)


def _named(value: str) -> list[Account]:
    """Whom a header names. Where it is broken, what stands between < and > is meant, else what looks like an address.

    The standard library takes the name in ``Ann@Home <ann@x.example>`` for the address.
    """
    told = [one for pair in _pairs(value) if (one := _account(*pair))]
    readable = unfolded(value)
    meant = {one.id for found in _BRACKETED.finditer(readable) if (one := _account("", found[1]))}
    if told and (not meant or any(one.id in meant for one in told)):
        return told
    found = (_ADDRESS.search(readable, readable.find("<") + 1) if meant else None) or _ADDRESS.search(readable)
    one = _account(readable[: found.start()].strip(" <(\"'"), found[0]) if found else None
    return [one] if one else []


def _names_quoted(value: str) -> str:
    told: list[str] = []
    end = 0
    for found in _BRACKETED.finditer(value):
        before, comma, name = value[end : found.start()].rpartition(",")
        bare = "@" in name and not any(c in name for c in '"(\\')
        told += [before, comma, f' "{name.strip()}" ' if bare else name, found[0]]
        end = found.end()
    return "".join(told) + value[end:]


def _account(name: str, written: str) -> Account | None:
    address = unfolded(written).rstrip(".")
    address = address[1:-1] if address[:1] == address[-1:] == "'" else address
    if not _ADDRESS.fullmatch(address):
        return None
    return Account(id=address.lower(), handle=address, name=shown(unfolded(name)))


def _pairs(value: str) -> list[tuple[str, str]]:
    """Names and addresses; what makes the standard library fall is searched for addresses alone."""
    try:
        return getaddresses([_names_quoted(value)])
    except (RecursionError, ValueError, IndexError, TypeError):
        return [("", found[0]) for found in _ADDRESS.finditer(value)]
