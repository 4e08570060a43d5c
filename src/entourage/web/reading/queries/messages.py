"""The Reading page: filters that are a URL, and pages that cost the same however many messages there are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.db.models import Q

from entourage.web.reading.models import VEHEMENT, Department, Intent, Reading
from entourage.web.reading.queries.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand

#: Messages on one page.
PAGE = 30
#: How many messages are looked through for those that match; a page offers to look further.
LOOKED_THROUGH = 20_000
#: The same for words, which stand in the messages themselves and take longer to look at.
WORDS_LOOKED_THROUGH = 4_000

STATES = {
    "corrected": Q(corrected=True),
    "unsure_sign": Q(sign__isnull=True),
    "unsure_intent": Q(intent=""),
    "vehement": Q(vehemence__gte=VEHEMENT),
}
#: The longest language code.
CODE = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the messages; each is empty where it does not matter, and unknown words are dropped."""

    q: str = ""
    sign: str = ""
    intent: str = ""
    department: str = ""
    language: str = ""
    state: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Self:
        """The filters of a URL."""
        known: dict[str, Any] = {
            "sign": SIGNS,
            "intent": Intent.values,
            "department": Department.values,
            "state": STATES,
        }
        words = {field.name: str(asked.get(field.name, "")).strip()[:80].replace("\0", "") for field in fields(cls)}
        words["language"] = words["language"][:CODE]
        return cls(**{name: word if word in known.get(name, (word,)) else "" for name, word in words.items()})

    @property
    def query(self) -> str:
        """The URL's part after the question mark, without what is empty."""
        return urlencode({field.name: word for field in fields(self) if (word := getattr(self, field.name))})

    @property
    def narrow(self) -> bool:
        """Whether some messages are left out."""
        return bool(self.query)

    @property
    def wanted(self) -> Q:
        """The readings that match; what stands in an index of its own (intent, corrected) is not among them."""
        told = Q()
        if self.sign:
            told &= Q(sign=SIGNS[self.sign])
        if self.department:
            told &= Q(department=self.department)
        if self.language:
            told &= Q(language=self.language)
        if self.state:
            told &= STATES[self.state]
        return told & Q(activity__text__icontains=self.q) if self.q else told

    @property
    def indexed(self) -> Q:
        """The part that an index answers: messages are looked through within it."""
        told = Q(intent=self.intent) if self.intent else Q()
        told &= Q(intent="") if self.state == "unsure_intent" else Q()
        return told & Q(corrected=True) if self.state == "corrected" else told


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of readings, newest first, each with its message and account."""

    readings: list[Reading]
    filters: Filters
    # The message after which the next page begins: the last one shown, or the last one looked at.
    after: UUID | None
    # Until when messages were looked through, where that stopped before the page was full.
    until: datetime | None


def listing(brand: Brand, filters: Filters, *, after: UUID | None = None) -> Listing:
    """One page of the messages that match, from just before a message on; the first where there is no such message.

    Of 10 million messages only so many are looked through for a rare combination: the page says until when, and its
    next page looks on from there. Three queries at most.
    """
    rows = _beyond(Reading.objects.of(brand).filter(filters.indexed), brand, after).order_by("-at", "pk")
    edge = _edge(rows, filters) if filters.wanted else None
    if edge is not None:
        rows = rows.filter(at__gte=edge.at)
    told = rows.filter(filters.wanted).select_related("activity", "account")
    found: list[Reading] = list(told.defer("activity__tags", "activity__addressed")[: PAGE + 1])
    if len(found) > PAGE:
        return Listing(found[:PAGE], filters, found[PAGE - 1].pk, None)
    return Listing(found, filters, edge.pk if edge else None, edge.at if edge else None)


def find(brand: Brand, key: UUID) -> Reading | None:
    """One reading with its message and account."""
    rows = Reading.objects.of(brand).select_related("activity", "account", "brand")
    found: Reading | None = rows.filter(pk=key, activity__deleted_at=None).first()
    return found


def _edge(rows: QuerySet[Reading], filters: Filters) -> Reading | None:
    """The last message that is looked at; none where there are fewer."""
    most = WORDS_LOOKED_THROUGH if filters.q else LOOKED_THROUGH
    last: Reading | None = rows.only("at")[most - 1 : most].first()
    return last


def _beyond(rows: QuerySet[Reading], brand: Brand, after: UUID | None) -> QuerySet[Reading]:
    if after is None:
        return rows
    at = Reading.objects.of(brand).filter(pk=after).values_list("at", flat=True).first()
    if at is None:
        return rows
    # The first part alone would do; the second lets PostgreSQL begin in the middle of the index.
    return rows.filter(Q(at__lt=at) | Q(at=at, pk__gt=after), at__lte=at)
