"""What is attached to a status of Mastodon: where each file lies, what it is, and what its author says that it shows.

Source: docs.joinmastodon.org, entity MediaAttachment (November 2026).
"""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from entourage.networks.activity import Attachment
from entourage.networks.payload import Json, inner, objects, positive, text

if TYPE_CHECKING:
    from collections.abc import Iterator

# A soundless film stands for an animated picture.
KINDS = {"image": "image/*", "gifv": "video/mp4", "video": "video/*", "audio": "audio/*"}


def attachments(node: Json) -> tuple[Attachment, ...]:
    """The files of a status. A file that its server no longer keeps is told with the words about it alone."""
    return tuple(_all(node))


def _all(node: Json) -> Iterator[Attachment]:
    for media in objects(node.get("media_attachments")):
        url = text(media, "url") or text(media, "remote_url")
        original = inner(inner(media, "meta"), "original")
        yield Attachment(
            kind=_kind(text(media, "type"), url),
            alt=text(media, "description"),
            url=url,
            width=positive(original, "width"),
            height=positive(original, "height"),
        )


def _kind(told: str, url: str) -> str:
    """What the ending of the address says, else what the server says; servers name the sort, not the media type."""
    sort = KINDS.get(told, "")
    guessed = guess_type(urlsplit(url).path)[0] or ""
    return guessed if guessed and guessed.partition("/")[0] == sort.partition("/")[0] else sort
