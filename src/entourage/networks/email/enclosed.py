"""The files that come with a mail, out of its parts: what is attached, and pictures that stand in its text.

Left out are forwarded mails, invitations (they are told in words), signatures of machines, and small pictures in the
text, which are nearly always the logos of a signature.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from entourage.networks.activity import Attachment
from entourage.networks.email import headers
from entourage.networks.email.bodies import DEEPEST, ODD, TEXTS, attached, children
from entourage.networks.email.charsets import unfolded, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from email.message import Message

WHOLE = 36 << 20  # bytes of a mail that is read whole for its files: as packed for the way they grow by a third
EACH = 10 << 20  # bytes of one file
TOGETHER = 25 << 20  # bytes of all files of a mail; most servers take no larger mails
MOST = 20  # files
SMALL = 8 << 10  # bytes of a picture in the text that is taken for a logo
LONGEST_NAME = 200
# What a machine reads: keys, signatures, the notes of Outlook, reports of delivery.
_MACHINE = re.compile(
    r"(?:application/(?:pgp-\w+|(?:x-)?pkcs7-\w+|pgp|ms-tnef|vnd\.ms-tnef|ics)|text/(?:calendar|rfc822-headers)|message/.*)$"
)


def may_enclose(raw: bytes) -> bool:
    """Whether a mail that begins so may have files with it: anything but one text."""
    try:
        return headers.only(raw).get_content_maintype() != "text"
    except ODD:
        return False


def without_content(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """The same files, of which only name, kind and size are told."""
    return tuple(Attachment(name=one.name, kind=one.kind, alt=one.alt, size=one.size) for one in files)


def left_there(size: int) -> tuple[Attachment, ...]:
    """What is told of the files of a mail that is not read whole (``size`` in bytes): that there are."""
    return (Attachment(kind="message/rfc822", size=size),)


def enclosed(message: Message) -> tuple[Attachment, ...]:
    """The files of a mail in their order, their bytes as far as the limits go; of the others name, kind and size."""
    try:
        return tuple(_bounded(_files(message, depth=0)))
    except ODD:
        return ()


def _bounded(files: Iterator[Attachment]) -> Iterator[Attachment]:
    left = TOGETHER
    for one in islice(files, MOST):
        fits = one.size <= min(EACH, left)
        left -= one.size if fits else 0
        yield one if fits else without_content([one])[0]


def _files(part: Message, *, depth: int) -> Iterator[Attachment]:
    if depth > DEEPEST:
        return
    kind = part.get_content_type()
    if part.is_multipart() and not kind.startswith("message/"):
        for child in children(part):
            yield from _files(child, depth=depth + 1)
    elif _is_file(part, kind) and (depth or not _is_words(kind)):
        content = _content(part)
        if content and not (len(content) < SMALL and _in_the_text(part, kind)):
            alt = headers.head(part, "content-description")[:LONGEST_NAME]
            yield Attachment(name=_name(part), kind=kind, content=content, size=len(content), alt=alt)


def _is_file(part: Message, kind: str) -> bool:
    if _MACHINE.match(kind):
        return False
    return attached(part) or not _is_words(kind)


def _is_words(kind: str) -> bool:
    return kind == "text/html" or kind in TEXTS


def _in_the_text(part: Message, kind: str) -> bool:
    return kind.startswith("image/") and bool(part.get("content-id")) and part.get_content_disposition() != "attachment"


def _content(part: Message) -> bytes:
    packed = str(part.get("content-transfer-encoding", "")).strip().lower() == "base64"
    told = part.get_payload() if packed else None
    content = unpacked(told.encode("ascii", "replace")) if isinstance(told, str) else part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name(part: Message) -> str:
    """A name on one line, without a path: some mailers send the whole of it."""
    told = unfolded(part.get_filename() or "").replace("\\", "/")
    return told.rpartition("/")[2].strip()[:LONGEST_NAME]
