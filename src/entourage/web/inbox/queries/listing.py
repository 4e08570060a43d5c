"""The list of the inbox: filters that are a URL, and pages of rows that cost the same at any size."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from entourage.web.core.queries import number_in, place_in
from entourage.web.inbox.models import Conversation, Place, State
from entourage.web.inbox.queries.searching import found
from entourage.web.listen.queries import files_with, in_brief
from entourage.web.people.models import Person, Standing
from entourage.web.reading.models import VEHEMENT, Intent
from entourage.web.reading.queries import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entourage.web.core.models import Brand, Member

#: Conversations on one page.
PAGE = 50
#: How many conversations are looked through for those that match; a page offers to look further.
LOOKED_THROUGH = 10_000

#: Whose turn it is, as a page calls it; nothing said is what is open.
BOXES = ("mine", "unassigned", *(state.value for state in State if state != State.OPEN), "all")
#: Boxes of what is open.
OPEN = ("", "mine", "unassigned")
STATES = ("vehement",)
#: Hours of waiting that can be asked for.
WAITS = ("1", "4", "24", "72")
SORTS = ("waiting", "due")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the list; each is empty where it does not matter, and unknown words are dropped."""

    q: str = ""
    box: str = ""
    department: str = ""
    network: str = ""
    place: str = ""
    label: str = ""
    sign: str = ""
    intent: str = ""
    language: str = ""
    person: str = ""
    state: str = ""
    waiting: str = ""
    sort: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Self:
        """The filters of a URL."""
        known: dict[str, Any] = {
            "box": BOXES, "place": Place.values, "sign": SIGNS, "intent": Intent.values, "state": STATES,
            "waiting": WAITS, "sort": SORTS,
        }  # fmt: skip
        words = {field.name: str(asked.get(field.name, "")).strip()[:80].replace("\0", "") for field in fields(cls)}
        for number in ("label", "person"):
            words[number] = words[number] if number_in(words[number]) is not None else ""
        return cls(**{name: word if word in known.get(name, (word,)) else "" for name, word in words.items()})

    @property
    def query(self) -> str:
        """The URL's part after the question mark, without what is empty."""
        return urlencode({field.name: word for field in fields(self) if (word := getattr(self, field.name))})

    @property
    def narrow(self) -> tuple[str, ...]:
        """The names of the filters that leave conversations out, the box itself aside."""
        return tuple(
            field.name for field in fields(self) if field.name not in {"sort", "box"} and getattr(self, field.name)
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of conversations; ``after`` asks for the next one, and is empty at the end."""

    conversations: list[Conversation]
    filters: Filters
    after: str
    # More may match: so many were looked through, and the next page looks further.
    looked_through: bool


@dataclass(frozen=True, slots=True)
class _Order:
    """A column by which an index holds the rows, before their number decides."""

    column: str
    descending: bool

    @property
    def sql(self) -> str:
        return f"{self.column} {'DESC' if self.descending else 'ASC'}, id"

    def beyond(self, place: tuple[datetime, int] | None) -> tuple[str, list[Any]]:
        """The rows after this place."""
        if place is None:
            return "true", []
        way = "<" if self.descending else ">"
        # The first part alone would do; the second lets PostgreSQL begin in the middle of the index.
        told = f"({self.column} {way} %s OR {self.column} = %s AND id > %s) AND {self.column} {way}= %s"
        return told, [place[0], place[0], place[1], place[0]]


_NEWEST = _Order("last_in_at", descending=True)
_SORTED = {"waiting": _Order("waiting_since", descending=False), "due": _Order("due_at", descending=False)}

_SELECT = """
SELECT id, {column} FROM (
    SELECT * FROM inbox_conversation WHERE {indexed} AND {beyond} ORDER BY {order} LIMIT {looked}
) looked WHERE {wanted} ORDER BY {order} LIMIT {size}
"""
_LAST = "SELECT {column}, id FROM inbox_conversation WHERE {indexed} AND {beyond} ORDER BY {order} OFFSET {far} LIMIT 1"


def listed(brand: Brand, member: Member, filters: Filters, *, after: str = "", size: int = PAGE) -> Listing:
    """One page of the conversations that match, from a place on; nine queries at most, whatever matches.

    Newest words of theirs first; what is open also by how long they wait, or by the next promise that ends. Each has
    ``person_name`` and ``standing`` (ring, name, weeks), where there is a person and they have one.
    """
    order = _SORTED.get(filters.sort, _NEWEST) if filters.box in OPEN else _NEWEST
    indexed, told = _indexed(brand, member, filters, order)
    beyond, place = order.beyond(place_in(after))
    wanted, asked = _wanted(filters, now=timezone.now())
    parts = {"column": order.column, "indexed": indexed, "beyond": beyond, "order": order.sql}
    select = _SELECT.format(**parts, wanted=wanted, looked=LOOKED_THROUGH, size=size + 1)
    with connection.cursor() as cursor:
        cursor.execute(select, [*told, *place, *asked])
        rows = cursor.fetchall()
        if len(rows) > size:
            return Listing(_rows(brand, rows[:size]), filters, _token(rows[size - 1]), looked_through=False)
        last = None
        if wanted != "true":
            cursor.execute(_LAST.format(**parts, far=LOOKED_THROUGH - 1), [*told, *place])
            last = cursor.fetchone()
    after = _token((last[1], last[0])) if last else ""
    return Listing(_rows(brand, rows), filters, after, looked_through=last is not None)


def _indexed(brand: Brand, member: Member, filters: Filters, order: _Order) -> tuple[str, list[Any]]:
    """The part of the question that an index answers in the asked order."""
    told: list[tuple[str, list[Any]]] = [("brand_id = %s", [brand.pk])]
    if filters.box != "all":
        told.append((f"state = '{'open' if filters.box in OPEN else State(filters.box)}'", []))
    if filters.box == "mine":
        told.append(("assignee_id = %s", [member.pk]))
    if filters.box == "unassigned":
        told.append(("assignee_id IS NULL", []))
    if filters.department and filters.box != "mine":
        told.append(("department = %s", [filters.department]))
    if filters.person:
        told.append(("person_id = %s", [int(filters.person)]))
    if order is not _NEWEST:
        told.append((f"{order.column} IS NOT NULL", []))
    if filters.q:
        told.append(("id = ANY(%s)", [found(brand, filters.q)]))
    return " AND ".join(one for one, _ in told), [value for _, values in told for value in values]


def _wanted(filters: Filters, *, now: datetime) -> tuple[str, list[Any]]:
    """The part that each row is looked at for."""
    told: list[tuple[str, Any]] = [
        (f"{name} = %s", word)
        for name in ("network", "place", "intent", "language", "department")
        if (word := getattr(filters, name))
    ]
    if filters.sign:
        told.append(("sign IS NOT DISTINCT FROM %s", SIGNS[filters.sign]))
    if filters.label:
        told.append(("labels @> ARRAY[%s]::bigint[]", int(filters.label)))
    if filters.state == "vehement":
        told.append(("vehemence >= %s", VEHEMENT))
    if filters.waiting:
        told.append(("waiting_since <= %s", now - timedelta(hours=int(filters.waiting))))
    if filters.box == "unassigned":
        told.append(("(claimed_until IS NULL OR claimed_until <= %s)", now))
    return " AND ".join(one for one, _ in told) or "true", [value for _, value in told]


def _rows(brand: Brand, found: Sequence[tuple[int, datetime]]) -> list[Conversation]:
    keys = [pk for pk, _ in found]
    # As they were found: read a moment later, one may have moved on.
    there = shown(brand).in_bulk(keys)
    rows = [there[pk] for pk in keys if pk in there]
    introduce(brand, rows)
    return rows


def shown(brand: Brand | int) -> Any:
    """Conversations with all that a line of the list says about each."""
    rows = Conversation.objects.of(brand).select_related(
        "brand", "account", "page", "assignee__user", "claimed_by__user", "last_message"
    )
    return rows.annotate(came=files_with(brand, "last_message"))


def said_in(it: Conversation) -> str:
    """What was said last in a conversation that is ``shown``, else what came without words; empty where nothing did."""
    return in_brief(it.last_message, getattr(it, "came", ())) if it.last_message else ""


def is_there(brand: Brand, pk: int) -> bool:
    """Whether this conversation is kept, still."""
    return bool(Conversation.objects.of(brand).filter(pk=pk).exists())


def introduce(brand: Brand | int, rows: Sequence[Conversation]) -> None:
    """Tell each conversation its person's name and standing; two queries."""
    people = {row.person_id for row in rows if row.person_id}
    names = dict(Person.objects.of(brand).filter(pk__in=people).values_list("pk", "name"))
    told = Standing.objects.of(brand).filter(person__in=people).values("person_id", "ring", "name", "weeks")
    standings = {one["person_id"]: one for one in told}
    for row in rows:
        row.person_name = names.get(row.person_id, "")  # type: ignore[attr-defined]
        row.standing = standings.get(row.person_id)  # type: ignore[attr-defined]


def _token(row: tuple[int, datetime]) -> str:
    return f"{row[1].isoformat()},{row[0]}"


def ever(brand: Brand) -> bool:
    """Whether anybody has ever written: an empty list says another thing to a new brand."""
    return bool(Conversation.objects.of(brand).exists())
