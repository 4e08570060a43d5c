"""A file that came with a message, as the thread shows it: drawn, to be downloaded, or a way to where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat

from entourage.web.listen.queries import LETTER, file_name, files_of, picture_kind, sort_of, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from entourage.web.listen.models import Activity, Attachment


@dataclass(frozen=True, slots=True)
class Received:
    """One file; ``here`` says whether its bytes are kept, ``picture`` whether it is drawn in the page."""

    file: Attachment
    here: bool
    picture: bool

    @property
    def name(self) -> str:
        """What it is called, else what it is."""
        return sort_of(self.file.kind) if self.file.kind == LETTER or not self.file.name else str(self.file.name)

    @property
    def alt(self) -> str:
        """What it shows, in its sender's words."""
        return str(self.file.alt)

    @property
    def in_words(self) -> str:
        """What who cannot see the picture hears."""
        return self.alt or self.name

    @property
    def saved_as(self) -> str:
        """Its name when it is downloaded."""
        return file_name(self.file)

    @property
    def size(self) -> str:
        """How large it is, empty where nobody told."""
        return str(filesizeformat(self.file.size)) if self.file.size else ""

    @property
    def link(self) -> str:
        """Where it lies on its network."""
        return web_address(self.file.url)

    @property
    def host(self) -> str:
        """The server that a click on the link asks."""
        try:
            return urlsplit(self.link).hostname or ""
        except ValueError:
            return ""


def received(brand: int, messages: Iterable[Activity]) -> dict[UUID, list[Received]]:
    """The files that came with each of these messages; one query."""
    found = files_of(brand, [said.pk for said in messages])
    return {key: [_one(row) for row in rows] for key, rows in found.items()}


def _one(row: Attachment) -> Received:
    begins = getattr(row, "begins", None)
    return Received(row, begins is not None, bool(begins and picture_kind(bytes(begins))))
