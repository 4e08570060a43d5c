"""What is attached to a comment or a message of Facebook.

The addresses of the files themselves are signed and die within days; where Facebook tells a page for a file, that page
is taken.

Source: the Graph API, StoryAttachment (of comments) and the attachments of messages.
"""

from __future__ import annotations

from entourage.networks.activity import Attachment
from entourage.networks.payload import Json, edge, inner, positive, text

KINDS = {"photo": "image/*", "sticker": "image/*", "animated_image_share": "image/gif", "video_inline": "video/*"}


def of_comment(comment: Json) -> tuple[Attachment, ...]:
    """The picture or film of a comment; a link that it shares is none."""
    told = inner(comment, "attachment")
    if text(told, "type") not in KINDS:
        return ()
    picture = inner(inner(told, "media"), "image")
    return (
        Attachment(
            kind=KINDS[text(told, "type")],
            alt=text(told, "description") or text(told, "title"),
            url=text(told, "url") or text(picture, "src"),
            width=positive(picture, "width"),
            height=positive(picture, "height"),
        ),
    )


def of_message(message: Json) -> tuple[Attachment, ...]:
    """The files of a message."""
    return tuple(_sent(one) for one in edge(message, "attachments"))


def _sent(file: Json) -> Attachment:
    picture = inner(file, "image_data")
    video = inner(file, "video_data")
    return Attachment(
        name=text(file, "name"),
        kind=text(file, "mime_type"),
        url=text(file, "file_url") or text(picture, "url") or text(video, "url"),
        size=positive(file, "size"),
        width=positive(picture, "width"),
        height=positive(picture, "height"),
    )
