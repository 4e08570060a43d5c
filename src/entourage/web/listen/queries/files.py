"""What came with messages: by message, in a word or two, and what a file is, seen from its content."""

from __future__ import annotations

from collections import Counter, defaultdict
from mimetypes import guess_extension
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BinaryField, OuterRef
from django.db.models.functions import JSONObject, Substr
from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import number
from entourage.web.listen.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Activity

#: How the pictures begin that every browser draws, and that hold nothing to be run (an SVG does).
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
#: So many bytes say what a picture is.
BEGINNING = 16
#: What a machine sends in place of a mail that is too large to be opened for its files.
LETTER = "message/rfc822"


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


def files_with(brand: Brand | int, message: str) -> ArraySubquery:
    """What came with the message that a column names, for a list of many: the name and the kind of each file."""
    rows = Attachment.objects.of(brand).filter(activity=OuterRef(message)).order_by("place")
    return ArraySubquery(rows.values(told=JSONObject(name="name", kind="kind")))


def in_brief(said: Activity, came: Sequence[dict[str, str]]) -> str:
    """The words of a message, else what came with it (as by ``files_with``); empty where nothing did."""
    if said.text or not came:
        return str(said.text)
    if len(came) == 1:
        return _one(**came[0])
    kinds = Counter(_sort(file["kind"]) for file in came)
    return ", ".join(_many(sort, kinds[sort]) for sort in ("image", "video", "audio", "") if kinds[sort])


def sort_of(kind: str) -> str:
    """What a file of this kind is called that has no name."""
    if kind == LETTER:
        return gettext("The files of this mail")
    told = {"image": gettext("Picture"), "video": gettext("Video"), "audio": gettext("Recording")}
    return told.get(_sort(kind), gettext("File"))


def _one(name: str, kind: str) -> str:
    told = sort_of(kind)
    return gettext("File: %(name)s") % {"name": name} if name and not _sort(kind) and kind != LETTER else told


def _many(sort: str, many: int) -> str:
    told = {
        "image": ngettext("%(number)s picture", "%(number)s pictures", many),
        "video": ngettext("%(number)s video", "%(number)s videos", many),
        "audio": ngettext("%(number)s recording", "%(number)s recordings", many),
    }
    return told.get(sort, ngettext("%(number)s file", "%(number)s files", many)) % {"number": number(many)}


def _sort(kind: str) -> str:
    """Picture, video or recording by its media type; empty for all else."""
    sort = kind.partition("/")[0]
    return sort if sort in {"image", "video", "audio"} else ""
