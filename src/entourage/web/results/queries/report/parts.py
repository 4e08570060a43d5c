"""What a report is made of; the page and the PDF lay out the same parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.pictures import Chart
    from entourage.web.people.models import Person
    from entourage.web.results.models import Audit


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, its interval and the rows behind it."""

    label: str
    value: str
    range: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A prediction with its interval, on a line from 0 to ``most``."""

    low: float
    value: float
    high: float
    most: float
    text: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody, why they stand here, and what they said."""

    name: str
    href: str
    why: str
    since: str = ""
    said: str = ""
    url: str = ""
    network: str = ""
    whisker: Whisker | None = None
    # Ally, regular, critic ... in words, and the key that colours it; both empty where nothing is said.
    standing: str = ""
    standing_key: str = ""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A short list of people under a title; ``href`` leads to all of them."""

    key: str
    title: str
    lines: Sequence[PersonLine]
    empty: str
    href: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell is a text or a text with a link."""

    columns: Sequence[str]
    rows: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the audit: its ``finding`` is the title, everything else stands under it."""

    key: str
    question: str
    finding: str
    lead: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    lists: Sequence[PeopleList] = ()
    lines: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    source: str = ""
    todo: str = ""
    href: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it stands in the log now."""

    text: str
    url: str
    network: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """An audit with the people and messages that its keys name, as far as they are still there."""

    audit: Audit
    people: dict[int, Person]
    said: dict[UUID, Said]
    pages: dict[str, str]
    operations: dict[int, str]
    charts: dict[str, Chart]

    @property
    def slug(self) -> str:
        return str(self.audit.brand.slug)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole audit in words and pictures, in the language that was active when it was written."""

    audit: Audit
    todo: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    warnings: Sequence[str] = field(default=())
