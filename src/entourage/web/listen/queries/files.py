"""What came with messages: by message, and what a file is, seen from its content."""

from __future__ import annotations

from collections import defaultdict
from mimetypes import guess_extension
from typing import TYPE_CHECKING

from django.db.models import BinaryField
from django.db.models.functions import Substr

from entourage.web.listen.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand

#: How the pictures begin that every browser draws, and that hold nothing to be run (an SVG does).
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
#: So many bytes say what a picture is.
BEGINNING = 16


def picture_kind(content: bytes) -> str:
    """The media type of a safe picture, from its beginning alone; empty for all else, whatever it is called."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begin, kind in PICTURES if content.startswith(begin)), "")


def file_name(file: Attachment, picture: str = "") -> str:
    """How a file is called when it is saved; a picture ends as pictures of its kind do."""
    name = "".join(sign for sign in file.name if sign.isprintable()).strip().lstrip(".") or f"file-{file.pk}"
    ending = guess_extension(picture) or ""
    return name if not ending or name.lower().endswith((ending, ".jpeg")) else name + ending


def files(brand: Brand) -> QuerySet[Attachment]:
    """The files that came with the brand's messages."""
    return Attachment.objects.of(brand)


def files_of(brand: Brand | int, activities: Iterable[UUID]) -> dict[UUID, list[Attachment]]:
    """The files that came with each of these activities, in their order.

    Of their bytes only the first few are read, as ``begins``: None where they are not kept here.
    """
    rows = Attachment.objects.of(brand).filter(activity__in=list(activities)).defer("content")
    rows = rows.annotate(begins=Substr("content", 1, BEGINNING, output_field=BinaryField()))
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    for row in rows.order_by("activity", "place"):
        found[row.activity].append(row)
    return dict(found)
