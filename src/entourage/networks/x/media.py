"""What is attached to a post of X: told beside the posts of a page, or, by twarc, in the post itself.

Source: the data dictionary of X API v2, object Media.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.networks.activity import Attachment
from entourage.networks.payload import Json, objects, positive, text

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {"photo": "image/*", "video": "video/*", "animated_gif": "video/*"}


def attachments(tweet: Json, known: Mapping[str, Json], *, page: str) -> tuple[Attachment, ...]:
    """The files of a post; ``known`` are those of the page by their key, ``page`` is where the post itself is seen.

    A file of which the page tells nothing but its key is left out.
    """
    told = tweet.get("attachments")
    if not isinstance(told, dict):
        return ()
    keys = told.get("media_keys")
    named = [known[key] for key in keys if isinstance(key, str) and key in known] if isinstance(keys, list) else []
    return tuple(_one(media, page) for media in (objects(told.get("media")) or named))


def _one(media: Json, page: str) -> Attachment:
    return Attachment(
        kind=KINDS.get(text(media, "type"), ""),
        alt=text(media, "alt_text"),
        url=text(media, "url") or page,
        width=positive(media, "width"),
        height=positive(media, "height"),
    )
