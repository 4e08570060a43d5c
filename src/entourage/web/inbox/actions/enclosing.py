"""Files that go with an answer: what they are is seen from their content, whatever they are called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from entourage.web.outbox.queries import Known

#: All files of one answer, in bytes: as much as a letter carries, and not too much for the memory of a page.
TOGETHER = 18 << 20
#: More are never read.
MOST = 10
#: As the column holds.
LONGEST_NAME = 200
#: How files begin.
_BEGIN = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
#: The kinds that leave the house, how they may be called, and what a person calls them.
ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".csv", ".md"),
}
CALLED = ("PNG", "JPEG", "GIF", "WebP", "PDF", "TXT")
#: What stands in no text that a person reads.
_NO_TEXT = frozenset(range(32)) - set(b"\t\n\f\r")


@dataclass(frozen=True, slots=True)
class Takes:
    """How many files a network takes with an answer, how large each and all of them (bytes), and of which kinds."""

    most: int = 0
    each: int = 0
    together: int = 0
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(cls, known: Known) -> Self:
        """What is taken by the door through which an answer leaves; nothing where it leaves by hand."""
        most = min(known.attachments, MOST)
        each = min(known.attachment_bytes or TOGETHER, TOGETHER)
        kinds = tuple(kind for kind in ENDINGS if kind.startswith(known.attachment_kinds))
        return cls(most, each, min(most * each, TOGETHER), kinds) if most and kinds else cls()

    @property
    def called(self) -> str:
        """The kinds as people call them."""
        return ", ".join(name for kind, name in zip(ENDINGS, CALLED, strict=True) if kind in self.kinds)

    @property
    def endings(self) -> str:
        """What the file chooser of a browser offers."""
        return ",".join(ending for kind in self.kinds for ending in ENDINGS[kind])


def kind_of(content: bytes) -> str:
    """The media type, from the content alone; empty for what does not leave the house."""
    for begin, kind in _BEGIN:
        if content.startswith(begin):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if _is_text(content) else ""


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return not _NO_TEXT & set(content)


def name_for(name: str, kind: str) -> str:
    """The name under which a file leaves: of one line, and with an ending that says what it is."""
    name = "".join(sign for sign in name if sign.isprintable()).strip() or "file"
    told = PurePath(name).suffix
    ending = told if told.lower() in ENDINGS[kind] else ENDINGS[kind][0]
    stem = name.removesuffix(told) if ending == told else name
    return stem[: LONGEST_NAME - len(ending)] + ending
