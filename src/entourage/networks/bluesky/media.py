"""What is embedded in a post of Bluesky: pictures and films, from the record itself, so that every door tells the same.

A record names a file by its content (a CID). Pictures are served under that name to everybody by the network's own
servers; a film is seen on the post's page.

Source: the lexicons app.bsky.embed.images, .video and .recordWithMedia.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entourage.networks.activity import Attachment
from entourage.networks.payload import Json, inner, objects, positive, text

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = "https://cdn.bsky.app/img/feed_fullsize/plain/{by}/{cid}@jpeg"
IMAGES, VIDEO, WITH_MEDIA = "app.bsky.embed.images", "app.bsky.embed.video", "app.bsky.embed.recordWithMedia"
_CID = re.compile(r"[A-Za-z0-9]{10,200}")
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,200}")


def attachments(embed: Json, *, by: str, page: str) -> tuple[Attachment, ...]:
    """The files of a post; ``by`` is its author's DID, ``page`` where a person sees it."""
    media = inner(embed, "media") if embed.get("$type") == WITH_MEDIA else embed
    return tuple(_all(media, by, page))


def _all(media: Json, by: str, page: str) -> Iterator[Attachment]:
    if media.get("$type") == IMAGES:
        for picture in objects(media.get("images")):
            blob = inner(picture, "image")
            yield _told(picture, blob, kind=text(blob, "mimeType") or "image/*", url=_address(blob, by) or page)
    if media.get("$type") == VIDEO:
        blob = inner(media, "video")
        yield _told(media, blob, kind=text(blob, "mimeType") or "video/*", url=page)


def _told(node: Json, blob: Json, *, kind: str, url: str) -> Attachment:
    ratio = inner(node, "aspectRatio")
    size, width, height = positive(blob, "size"), positive(ratio, "width"), positive(ratio, "height")
    return Attachment(kind=kind, alt=text(node, "alt"), url=url, size=size, width=width, height=height)


def _address(blob: Json, by: str) -> str:
    """Where the picture lies; nothing that a stranger writes into a record leads elsewhere."""
    # The stream of a server of one's own writes a reference as the bare name.
    cid = text(blob, "ref") or text(inner(blob, "ref"), "$link")
    return PICTURES.format(by=by, cid=cid) if _CID.fullmatch(cid) and _DID.fullmatch(by) else ""
