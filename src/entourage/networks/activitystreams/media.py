"""The files that an object of Activity Streams has attached: read with care, for every server writes them otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.networks.activity import Attachment
from entourage.networks.payload import Json, inner, objects, positive, text

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {"Image": "image/*", "Video": "video/*", "Audio": "audio/*", "Document": ""}


def attachments(value: Any) -> tuple[Attachment, ...]:
    """What stands under ``attachment``: images, videos, sounds and documents; fields of a profile are none."""
    return tuple(_all(value))


def _all(value: Any) -> Iterator[Attachment]:
    for node in objects(value):
        if (sort := text(node, "type")) in KINDS and (url := _address(node)):
            yield Attachment(
                kind=text(node, "mediaType") or text(inner(node, "url"), "mediaType") or KINDS[sort],
                # Servers write what a picture shows as its name; the vocabulary would have it in the summary.
                alt=text(node, "summary") or text(node, "name"),
                url=url,
                width=positive(node, "width"),
                height=positive(node, "height"),
            )


def _address(node: Json) -> str:
    """The address, told as such or as a link, the first of several."""
    link = next(iter(objects(node.get("url"))), {})
    return text(node, "url") or text(link, "href") or text(node, "href")
