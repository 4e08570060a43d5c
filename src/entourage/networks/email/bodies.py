"""The words of a mail out of its parts: plain text before HTML, what is attached left aside."""

from __future__ import annotations

import re
from email.message import Message
from typing import TYPE_CHECKING

from entourage.networks.email.charsets import text_of, unpacked
from entourage.networks.email.markup import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 20  # parts within parts; nobody writes deeper than five
MOST_PARTS = 200
TEXTS = {"text/plain", "text/enriched", "text/markdown"}
# What the standard library raises on headers and encodings that no mailer of good faith writes.
ODD = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_TOLD = re.compile(r"^(SUMMARY|DTSTART|LOCATION)(?:;[^:\n]*)?:(.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([nN,;\\])")


def words(message: Message) -> str:
    """What stands in a mail for a person to read; empty where nothing does."""
    try:
        return _words(message, depth=0)
    except ODD:
        return ""


def answered_by_report(message: Message) -> str:
    """The header block of the mail that a bounce is about (RFC 3464), as text; empty for any other mail."""
    try:
        return next(_returned(message), "")
    except ODD:
        return ""


def _returned(message: Message) -> Iterator[str]:
    for part in children(message):
        if part.get_content_type() == "text/rfc822-headers":
            yield _plain(part)
        for inner in children(part) if part.get_content_type() == "message/rfc822" else ():
            yield "\n".join(f"{name}: {value}" for name, value in inner.raw_items())


def _words(part: Message, *, depth: int) -> str:
    kind = part.get_content_type()
    if depth > DEEPEST or kind == "message/rfc822" or (depth and attached(part)):
        return ""
    if part.is_multipart():
        told = [_words(child, depth=depth + 1) for child in children(part)]
        return _best(children(part), told) if kind == "multipart/alternative" else "\n\n".join(filter(None, told))
    if kind == "text/html":
        return as_text(_plain(part))
    if kind == "text/calendar":
        return _event(_plain(part))
    return _unflowed(part, _plain(part)).strip("\n") if kind in TEXTS else ""


def _best(parts: list[Message], told: list[str]) -> str:
    """Of several forms of the same words the plain one, unless it is only a line that asks for another program."""
    forms = {part.get_content_type(): text for part, text in zip(parts, told, strict=True) if text.strip()}
    plain = forms.pop("text/plain", "")
    longest = max(forms.values(), key=len, default="")
    return longest if len(plain) < 100 and "html" in plain.lower() and longest else plain or longest  # noqa: PLR2004


def children(part: Message) -> list[Message]:
    """The parts of a part."""
    inner = part.get_payload()
    return [one for one in inner[:MOST_PARTS] if isinstance(one, Message)] if isinstance(inner, list) else []


def attached(part: Message) -> bool:
    """Whether it goes with the mail rather than being its words."""
    return part.get_content_disposition() == "attachment" or (
        part.get_content_type() != "text/calendar" and part.get_filename() is not None
    )


def _plain(part: Message) -> str:
    packed = str(part.get("content-transfer-encoding", "")).strip().lower() == "base64"
    told = part.get_payload() if packed else None
    content = unpacked(told.encode("ascii", "replace")) if isinstance(told, str) else part.get_payload(decode=True)
    return text_of(content, part.get_content_charset() or "") if isinstance(content, bytes) else ""


def _unflowed(part: Message, text: str) -> str:
    """Lines that were only cut to fit (RFC 3676: they end in a space) are put together again."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    told: list[str] = []
    flows = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted, signature = line.startswith(">"), line == "-- "
        if flows and not quoted and not signature:
            told[-1] += line.removeprefix(" ")
        else:
            told.append(line if quoted or signature else line.removeprefix(" "))
        flows = line.endswith(" ") and not quoted and not signature
    return "\n".join(told)


def _event(text: str) -> str:
    """An invitation's what, when and where, in the order in which it tells them."""
    unfolded = re.sub(r"\n[ \t]", "", text.replace("\r\n", "\n"))
    event = unfolded.partition("BEGIN:VEVENT")[2].partition("BEGIN:VALARM")[0]
    told = [_ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], found[2]) for found in _TOLD.finditer(event)]
    return "\n".join(filter(None, (line.strip() for line in told)))
