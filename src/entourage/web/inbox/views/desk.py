"""What stands on the desk: the list at its place, the conversation beside it, and whether anything has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode
from zlib import crc32

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from entourage.web.core.permissions import May, may
from entourage.web.inbox import queries
from entourage.web.inbox.views import words
from entourage.web.inbox.views.bounds import snoozes, writing
from entourage.web.inbox.views.one import One
from entourage.web.inbox.views.row import Row
from entourage.web.reading.views.shown import fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.web.core.models import Brand
    from entourage.web.core.permissions import BrandRequest

#: A change is dated a little before it can be seen, as it is committed later: so far back is looked again.
SLACK = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands in the inbox: its filters, and from which conversation on it is listed."""

    filters: queries.Filters
    after: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Self:
        """The place that an address names."""
        return cls(queries.Filters.read(asked), str(asked.get("after", "")))

    @property
    def query(self) -> str:
        """The part of an address after the question mark."""
        return "&".join(filter(None, [self.filters.query, urlencode({"after": self.after}) if self.after else ""]))

    @property
    def carried(self) -> str:
        """The same, ready to stand behind an address."""
        return f"?{self.query}" if self.query else ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page has seen: the newest change, which conversations it was about, and the minute on its clocks."""

    moment: datetime
    ids: tuple[int, ...]
    minute: str

    def __str__(self) -> str:
        return f"{self.moment.isoformat()} {crc32(repr(self.ids).encode())} {self.minute}"


def stamp(brand: Brand, told: str, *, now: datetime, still: int | None = None) -> Stamp:
    """The stamp of now, for a page that shows another; what it has not seen is among its ``ids``.

    Raises
    ------
    Http404: the conversation that is ``still`` open on the page is kept no more.
    """
    seen = _moment_in(told) or now
    changed = queries.changed_since(brand, seen - SLACK, still=still)
    if not changed.there:
        raise Http404
    return Stamp(changed.moment or seen, tuple(changed.ids), f"{now:%H%M}")


def knows(told: str, seen: Stamp) -> bool:
    """Whether a page with this stamp shows what ``seen`` does, but for the conversations in it."""
    return _moment_in(told) is not None and told.endswith(f" {seen.minute}")


def _moment_in(told: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told.partition(" ")[0])
    except ValueError:
        return None
    # Nobody has seen what is to come, and what lies far back changes nothing on a page.
    now = timezone.now()
    return moment if moment.tzinfo and now - timedelta(days=1) < moment <= now + timedelta(minutes=1) else None


def list_parts(request: BrandRequest, place: Place, *, now: datetime) -> dict[str, Any]:
    """The rows of the list, and where it goes on."""
    labels, counts = queries.labels(request.brand), queries.counts(request.brand, request.member)
    page = queries.listed(request.brand, request.member, place.filters, after=place.after)
    names = {label.pk: label.name for label in labels}
    departments = queries.departments(request.brand)
    further = Place(place.filters, page.after) if page.after else None
    inbox_url = reverse("inbox:list", args=[request.brand.slug])
    return {
        "rows": [Row(it, names, departments, now, request.member) for it in page.conversations],
        "after": f"{inbox_url}{further.carried}" if further else "",
        "first_url": f"{inbox_url}{Place(place.filters).carried}" if place.after else "",
        "filters": place.filters,
        "after_key": place.after,
        "carried": place.carried,
        "carried_query": place.query,
        "inbox_url": inbox_url,
        "all_labels": labels,
        "counts": counts,
        "chips": words.chips(place.filters, counts),
        # Asked of the database only where the list is empty.
        "ever": SimpleLazyObject(lambda: queries.ever(request.brand)),
    }


def frame_parts(request: BrandRequest, place: Place, shown: dict[str, Any]) -> dict[str, Any]:
    """What stands around the list: whose turn, filters, views."""
    filters = place.filters
    choices = words.choices(
        filters, shown["all_labels"], queries.networks(request.brand), queries.departments(request.brand)
    )
    return {
        "choices": choices,
        "chosen": words.chosen(filters, choices),
        "page_keys": words.KEYS,
        "snoozes": snoozes(timezone.now()),
        "saved": queries.views(request.brand, request.member),
    }


def one_parts(request: BrandRequest, pk: int, *, now: datetime, before: str = "") -> dict[str, Any]:
    """One conversation, with what one may do with it."""
    it = queries.conversation_of(request.brand, pk)
    if it is None:
        raise Http404
    # What the brand of the request remembers is not asked again.
    it.brand = request.brand
    answers = may(request.member, May.ANSWER)
    one = One(it, request.member, now, before)
    tools = {"correction": fields(), **writing(one, request)} if answers else {}
    return {"one": one, "open_pk": pk, **tools}


def live_parts(request: BrandRequest, place: Place, pk: int | None) -> dict[str, Any]:
    """All parts of the desk that change, as they are now; with no conversation open, the list alone."""
    now = timezone.now()
    seen = stamp(request.brand, "", now=now)
    parts = list_parts(request, place, now=now)
    one = one_parts(request, pk, now=now) if pk is not None else {}
    return {**parts, **one, "stamp": seen, "oob": True, "list_too": True, "one_too": pk is not None}
