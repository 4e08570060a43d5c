"""Mail of ours that came back: a server's report of failed delivery (RFC 3464), told for each reader it names."""

from __future__ import annotations

import re
from email.parser import HeaderParser
from email.policy import compat32
from typing import TYPE_CHECKING

from entourage.networks.base import Returned, shown
from entourage.networks.email import headers
from entourage.networks.email.bodies import ODD, answered_by_report, children

if TYPE_CHECKING:
    from email.message import Message

LONGEST_WORDS = 200  # characters of what the server said
MOST_READERS = 50
UNSAID = "5.0.0"  # RFC 3463: it failed, and nobody says how
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_PRIVATE = re.compile(r"<?[^\s@<>]+@[^\s@<>]+>?|https?://\S+", re.IGNORECASE)
# By the two last figures of the status (RFC 3463, and what Exchange means by 1.10); the first pattern that fits.
_WHY = (
    (re.compile(r"1\.(?:[01236]|10)|4\.4"), "no such address"),
    (re.compile(r"2\.1"), "mailbox switched off"),
    (re.compile(r"2\.2"), "mailbox full"),
    (re.compile(r"2\.3|3\.4"), "mail too large"),
    (re.compile(r"4\.[01257]"), "not delivered in time"),
    (re.compile(r"7\.\d+"), "refused by a rule, or taken for spam"),
)


def returned(message: Message) -> tuple[Returned, ...]:
    """What a mail says of a letter that came back; nothing where it is no report, or tells only of a delay.

    The letter is named by its own headers, which the report brings along, else by what the report answers.
    """
    if message.get_content_type() != "multipart/report":
        return ()
    try:
        failed = [block for block in _readers(message) if _action(block) == "failed"][:MOST_READERS]
        letter = _letter(message) if failed else ""
        told = [(_addresses(block), _reason(block)) for block in failed] if letter else []
    except ODD:
        return ()
    return tuple(Returned(network="email", id=letter, to=to, reason=reason) for to, reason in told if to)


def _readers(message: Message) -> list[Message]:
    """The blocks of a report, one for each reader after the one about the mail itself."""
    reports = [part for part in children(message) if part.get_content_type() == "message/delivery-status"]
    return [block for part in reports for block in children(part)]


def _action(block: Message) -> str:
    return headers.head(block, "action").partition("(")[0].strip().lower()


def _letter(message: Message) -> str:
    brought = HeaderParser(policy=compat32).parsestr(answered_by_report(message))
    named = headers.ids(headers.raw(brought, "message-id"))
    answered = headers.ids(headers.raw(message, "in-reply-to"))
    return next(iter(named or answered or headers.ids(headers.raw(message, "references"))[-1:]), "")


def _addresses(block: Message) -> tuple[str, ...]:
    """Whom it did not reach: as we wrote the address, as their server knows it, and either as people write it."""
    told = [headers.head(block, name).partition(";")[2] for name in ("original-recipient", "final-recipient")]
    plain = [one.strip(" \t<>").lower() for one in told]
    known = [form for one in plain if headers.is_address(one) for form in (one, _readable(one))]
    return tuple(dict.fromkeys(known))


def _readable(address: str) -> str:
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return address


def _reason(block: Message) -> str:
    """Why, in a sentence, and what the server said, without addresses of anybody."""
    said = headers.head(block, "diagnostic-code")
    found = _STATUS.search(headers.head(block, "status"))
    code = found[1] if found else UNSAID
    if code.endswith(".0.0") and (better := _STATUS.search(said)):
        code = better[1]
    kind = code.partition(".")[2]
    why = next((words for pattern, words in _WHY if pattern.fullmatch(kind)), "not delivered")
    words = _cleaned(said.partition(";")[2])
    return f"Returned by their server: {why} ({code})." + (f" It said: “{words}”." if words else "")


def _cleaned(said: str) -> str:
    plain = " ".join(_PRIVATE.sub("…", said.replace("“", '"').replace("”", '"')).split())
    return shown(plain, most=LONGEST_WORDS).rstrip(". ")
