"""The People page: filters that are a URL, and pages of rows that cost the same at any size."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce

from entourage.web.people.models import Kind, Movement, Person, Ring, StandingName
from entourage.web.people.queries.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand
    from entourage.web.people.models import Scoring

#: Rows on one page.
PAGE = 50
#: A search finds at most so many; more are no answer to a name, and the page says so.
MOST_FOUND = 2_000
#: Counting stops here: "1,000+" tells as much as the number.
MOST_COUNTED = 1_000
#: From so many letters on, the index of three-letter pieces finds a name by its middle.
TRIGRAM = 3

RINGS = {"inner": Ring.INNER, "close": Ring.CLOSE, "known": Ring.KNOWN, "passing": Ring.PASSING}
MOVEMENTS = {**{word.value: word for word in Movement if word.value}, "steady": Movement.NONE}
NAMES = {name.value: name for name in StandingName}
ANSWERED = {
    "never": Q(standing__asked__gt=0, standing__answered=0),
    "partly": Q(standing__asked__gt=F("standing__answered"), standing__answered__gt=0),
    "all": Q(standing__asked__gt=0, standing__answered__gte=F("standing__asked")),
    "unasked": Q(standing__asked=0),
}
# An answer is missing: said in so many words, so that the small index of those people serves.
_UNANSWERED = Q(standing__asked__gt=0, standing__answered__lt=F("standing__asked"))
KINDS = {
    "public": Q(kind=Kind.PUBLIC),
    "staff": Q(kind=Kind.STAFF),
    "bot": Q(kind=Kind.BOT),
    "alone": Q(left_alone_at__isnull=False),
}
SEEN_DAYS = ("7", "30", "90")
SORTS = ("closeness", "last", "name", "warmth", "hostility")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the list; each is empty where it does not matter, and unknown words are dropped."""

    q: str = ""
    ring: str = ""
    standing: str = ""
    movement: str = ""
    network: str = ""
    kind: str = ""
    answered: str = ""
    seen: str = ""
    sort: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Self:
        """The filters of a URL."""
        known: dict[str, Any] = {
            "ring": RINGS,
            "standing": NAMES,
            "movement": MOVEMENTS,
            "kind": KINDS,
            "answered": ANSWERED,
            "seen": (*SEEN_DAYS, "older"),
            "sort": SORTS,
        }
        words = {field.name: str(asked.get(field.name, "")).strip()[:80].replace("\0", "") for field in fields(cls)}
        return cls(**{name: word if word in known.get(name, (word,)) else "" for name, word in words.items()})

    @property
    def query(self) -> str:
        """The URL's part after the question mark, without what is empty."""
        return urlencode({field.name: word for field in fields(self) if (word := getattr(self, field.name))})

    @property
    def narrow(self) -> tuple[str, ...]:
        """The names of the filters that leave people out."""
        return tuple(field.name for field in fields(self) if field.name != "sort" and getattr(self, field.name))

    @property
    def order(self) -> str:
        """How rows are sorted; who has not been seen for long has hardly any closeness left to sort by."""
        if self.kind in ("staff", "bot", "alone"):
            return "name"
        return self.sort or ("last" if self.seen == "older" and not self.q else "")

    @property
    def by_name(self) -> bool:
        """Whether people come in the order of their names, with or without a standing."""
        return self.order == "name"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of people, each with their standing where they have one."""

    people: list[Person]
    filters: Filters
    # The last and the first row's person, where there is a page after or before.
    after: int | None
    before: int | None
    # How many people match, and whether counting stopped there.
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class _Order:
    """What rows are ordered by, before their number decides."""

    column: str
    descending: bool

    def rows(self, rows: QuerySet[Any], *, backwards: bool) -> QuerySet[Any]:
        column, number = F(self.column), F("pk")
        if backwards:
            return rows.order_by(column.asc() if self.descending else column.desc(), number.desc())
        return rows.order_by(column.desc() if self.descending else column.asc(), number.asc())

    def beyond(self, value: Any, person: int, *, backwards: bool) -> Q:
        """The rows after this one (before it, going backwards)."""
        way = "lt" if self.descending != backwards else "gt"
        same = Q(**{self.column: value, f"pk__{'lt' if backwards else 'gt'}": person})
        # The first part alone would do; the second lets PostgreSQL begin in the middle of the index.
        return (Q(**{f"{self.column}__{way}": value}) | same) & Q(**{f"{self.column}__{way}e": value})


def listing(
    brand: Brand, filters: Filters, *, scoring: Scoring | None, after: int | None = None, before: int | None = None
) -> Listing:
    """One page of the people who match, from the person given on; the first where that person is not among them."""
    rows, order = matching(brand, filters, scoring=scoring)
    total, more = _counted(rows, filters, scoring)
    backwards = before is not None
    edge = before if backwards else after
    begin = rows.filter(pk=edge).values_list(order.column, flat=True).first() if edge is not None else None
    if begin is not None and edge is not None:
        rows = rows.filter(order.beyond(begin, edge, backwards=backwards))
    found = list(order.rows(rows, backwards=backwards and begin is not None)[: PAGE + 1])
    further, people = len(found) > PAGE, found[:PAGE]
    if backwards and begin is not None:
        people.reverse()
        return Listing(people, filters, _last(people, there=True), _first(people, there=further), total, more)
    return Listing(people, filters, _last(people, there=further), _first(people, there=begin is not None), total, more)


def matching(brand: Brand, filters: Filters, *, scoring: Scoring | None) -> tuple[QuerySet[Any], _Order]:
    """The people who match, each with their standing, and the order they are shown in."""
    rows: QuerySet[Any] = Person.objects.of(brand).select_related("standing")
    unsorted = rows.filter(_wanted(brand, filters, scoring))
    if filters.q:
        found = Person.objects.of(brand).filter(_named(filters.q)).values("pk")[:MOST_FOUND]
        unsorted = unsorted.filter(pk__in=found)
    if filters.by_name or scoring is None or not scoring.model:
        return unsorted, _Order("sort_name", descending=False)
    if filters.order == "last":
        return unsorted.filter(standing__brand=brand), _Order("standing__last_at", descending=True)
    if filters.order in ("warmth", "hostility"):
        told = unsorted.filter(standing__brand=brand, standing__warmth__isnull=False)
        return told, _Order("standing__warmth", descending=filters.order == "warmth")
    if filters.q:
        # Who has no standing is found too, after the others.
        closeness = Coalesce("standing__weeks", Value(-1.0), output_field=FloatField())
        return unsorted.annotate(closeness=closeness), _Order("closeness", descending=True)
    return unsorted.filter(standing__brand=brand), _Order("standing__weeks", descending=True)


def everybody(brand: Brand, filters: Filters, *, scoring: Scoring | None) -> Iterator[Person]:
    """All who match, in order, read as they are written out: for files, never for a page."""
    rows, order = matching(brand, filters, scoring=scoring)
    return order.rows(rows, backwards=False).iterator(chunk_size=2_000)


def _wanted(brand: Brand, filters: Filters, scoring: Scoring | None) -> Q:
    wanted = Q()
    if filters.ring:
        wanted &= Q(standing__brand=brand, standing__ring=RINGS[filters.ring])
    if filters.standing:
        wanted &= Q(standing__brand=brand, standing__name=NAMES[filters.standing])
    if filters.movement:
        wanted &= Q(standing__brand=brand, standing__movement=MOVEMENTS[filters.movement])
    if filters.kind:
        wanted &= KINDS[filters.kind]
    if filters.answered:
        wanted &= Q(standing__brand=brand) & ANSWERED[filters.answered]
        wanted &= _UNANSWERED if filters.answered in ("never", "partly") else Q()
    if filters.network:
        wanted &= _on(filters.network, scoring)
    return wanted & _seen(brand, filters, scoring)


def _on(network: str, scoring: Scoring | None) -> Q:
    """On this network: the few combinations that hold it, so that the index on them serves."""
    told = scoring.counts.get("networks", {}) if scoring else {}
    if told:
        return Q(networks__in=[networks for networks in told if network in networks.split()])
    return Q(networks__contains=network)


def _seen(brand: Brand, filters: Filters, scoring: Scoring | None) -> Q:
    if not filters.seen or scoring is None:
        return Q()
    days = int(SEEN_DAYS[-1] if filters.seen == "older" else filters.seen)
    edge: datetime = scoring.at - timedelta(days=days)
    if filters.seen == "older":
        return Q(standing__brand=brand, standing__last_at__lt=edge)
    return Q(standing__brand=brand, standing__last_at__gte=edge)


def _named(asked: str) -> Q:
    """A piece of a name or handle; one or two letters are the beginning of a name."""
    wanted = plain(asked.removeprefix("@"))
    if len(wanted) < TRIGRAM:
        return Q(sort_name__gte=wanted, sort_name__lt=wanted + "\U0010fffd")
    return Q(sort_name__icontains=wanted) | Q(handles__icontains=asked.removeprefix("@"))


def _counted(rows: QuerySet[Any], filters: Filters, scoring: Scoring | None) -> tuple[int, bool]:
    """How many match: as counted with the scores where one filter asks, else counted up to a limit."""
    told = _told(filters, scoring)
    if told is not None:
        return told, False
    found = rows.order_by()[: MOST_COUNTED + 1].count()
    return min(found, MOST_COUNTED), found > MOST_COUNTED


def _told(filters: Filters, scoring: Scoring | None) -> int | None:
    if scoring is None or not scoring.model or filters.order in ("name", "warmth", "hostility"):
        return None
    counts: dict[str, Any] = scoring.counts
    match filters.narrow:
        case ():
            told = counts["people"]
        case ("ring",):
            told = counts["rings"].get(str(int(RINGS[filters.ring])), 0)
        case ("standing",):
            if "names" not in counts:  # scored before standings had names
                return None
            told = counts["names"].get(filters.standing, 0)
        case ("movement",):
            told = counts["movements"].get(MOVEMENTS[filters.movement].value, 0)
        case ("answered",):
            told = counts["answered"].get(filters.answered, 0)
        case _:
            return None
    return int(told)


def _first(people: list[Person], *, there: bool) -> int | None:
    return people[0].pk if people and there else None


def _last(people: list[Person], *, there: bool) -> int | None:
    return people[-1].pk if people and there else None
