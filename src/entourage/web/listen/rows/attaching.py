"""The files that came with activities, as far as they are kept: how many, how long their words, how large."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from entourage.networks.activity import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.activity import Activity

MOST = 20  # files of an activity; what tells more is no message
EACH = 10 << 20  # bytes of one that are kept; of a larger one only that it is there
LONGEST_NAME, LONGEST_KIND = 200, 100  # characters
LONGEST_ALT, LONGEST_URL = 10_000, 2_000
LARGEST = 2**31 - 1  # a width, a height; no size that can be is larger than its square


class Attached(msgspec.Struct, frozen=True):
    """A file, of which activity in which edition, and its place there."""

    activity: UUID
    edited_at: datetime | None
    place: int
    told: Attachment


def attached(key: bytes, activity: Activity) -> Iterator[Attached]:
    """The files of an activity as they are kept."""
    id_ = UUID(bytes=key)
    for place, one in enumerate(activity.attachments[:MOST]):
        yield Attached(id_, activity.edited_at, place, _bounded(one))


def _bounded(told: Attachment) -> Attachment:
    return Attachment(
        name=_text(told.name, LONGEST_NAME),
        kind=_text(told.kind, LONGEST_KIND).lower(),
        content=told.content if len(told.content) <= EACH else b"",
        alt=_text(told.alt, LONGEST_ALT),
        url=_address(told.url),
        size=min(max(told.size, len(told.content), 0), LARGEST**2),
        width=min(max(told.width, 0), LARGEST),
        height=min(max(told.height, 0), LARGEST),
    )


def _text(told: str, most: int) -> str:
    return told[:most].replace("\0", "").encode("utf-8", "replace").decode()


def _address(told: str) -> str:
    """An address of the web, or none: a stranger may write ``javascript:`` where a picture should be."""
    url = _text(told, LONGEST_URL + 1)
    return url if url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL else ""
