"""The rows of the outbox as its page shows them: by state, newest first, each with its reader and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from entourage.web.core.queries import moment_in
from entourage.web.listen.models import Account, Activity, ConnectionState
from entourage.web.listen.queries import files_with, in_brief, web_address
from entourage.web.listen.queries.saying import in_words
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.outbox.queries.known import stuck
from entourage.web.outbox.queries.newer import Newer, newer_than
from entourage.web.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from entourage.web.core.models import Brand

SIZE = 50
#: Rows of a file read at a time.
PIECE = 500
#: Counted so far and no further: more is "1,000+".
MANY = 1000
#: What needs somebody, or is on its way.
OPEN = (Sending.HELD, Sending.FAILED, Sending.BY_HAND, Sending.QUEUED, Sending.SENDING)
#: What the page can show: "" is what is open, "all" is everything.
BOXES = ("", *Sending.values, "all")

_COUNTS = """
SELECT wanted.state, (SELECT count(*) FROM (
    SELECT 1 FROM outbox_outgoing row WHERE row.brand_id = %s AND row.state = wanted.state LIMIT %s) counted)
FROM unnest(%s::text[]) wanted(state)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and what must be known to read it."""

    row: Outgoing
    name: str
    handle: str
    # The message that it answers, where it is kept.
    about: Activity | None
    reason: str
    link: str
    waits: bool
    # Of what waits for a yes: what they have written since, the oldest first, and all of that in one word.
    since: list[str]
    newer: Newer | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows; ``after`` leads to the next one, empty on the last."""

    lines: list[Line]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows, or "so many and more"."""

    number: int
    more: bool = field(default=False)


def listing(brand: Brand, *, box: str = "", person_id: int | None = None, after: str = "") -> Page:
    """The rows of a box, of one person where said, newest first. Six queries at most."""
    rows = Outgoing.objects.of(brand).select_related("by__user", "approved_by__user", "connection")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    elif box != "all":
        rows = rows.filter(state__in=OPEN) if box == "" else rows.filter(state=box)
    begin = _cursor(after)
    if begin is not None:
        rows = rows.filter(Q(created_at__lt=begin[0]) | Q(created_at=begin[0], pk__lt=begin[1]))
    found = list(rows.order_by("-created_at", "-pk")[: SIZE + 1])
    further = f"{found[SIZE - 1].created_at.isoformat()},{found[SIZE - 1].pk}" if len(found) > SIZE else ""
    return Page(_lines(brand, found[:SIZE]), further)


def counts(brand: Brand) -> dict[str, Count]:
    """How many rows stand in each box, counted up to a thousand; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [brand.pk, MANY + 1, list(Sending.values)])
        found = {state: Count(min(number, MANY), number > MANY) for state, number in cursor.fetchall()}
    parts = [found[state] for state in OPEN]
    return {**found, "": Count(sum(part.number for part in parts), any(part.more for part in parts))}


def by_hand_rows(brand: Brand) -> Iterator[Line]:
    """All that waits for a hand, the oldest first; read piece by piece, however much it is."""
    rows = Outgoing.objects.of(brand).filter(state=Sending.BY_HAND).select_related("by__user", "connection")
    rows = rows.order_by("created_at", "pk")
    piece = list(rows[:PIECE])
    while piece:
        yield from _lines(brand, piece)
        last = piece[-1]
        after = Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, pk__gt=last.pk)
        piece = list(rows.filter(after)[:PIECE])


def _lines(brand: Brand, rows: list[Outgoing]) -> list[Line]:
    people = Person.objects.of(brand).only("name").in_bulk({row.person_id for row in rows if row.person_id})
    accounts: dict[Any, Account] = Account.objects.of(brand).in_bulk({row.account for row in rows if row.account})
    since = newer_than(rows)
    wanted = {row.to for row in rows if row.to}.union(*(newer.messages for newer in since.values()))
    about: dict[Any, Any] = Activity.objects.of(brand).annotate(came=files_with(brand, "pk")).in_bulk(wanted)
    lines = []
    for row in rows:
        account = accounts.get(row.account)
        person = people.get(row.person_id)
        handle = account.handle or account.network_id if account else ""
        told, newer = about.get(row.to), since.get(row.pk)
        said = [about[key] for key in newer.messages if key in about] if newer else []
        lines.append(
            Line(
                row=row,
                name=person.name if person else (account.name if account else "") or handle,
                handle=handle,
                about=told,
                reason=in_words(row.reason) or _waits(row),
                link=web_address(row.url or (told.url if told and row.state == Sending.BY_HAND else "")),
                waits=row.state in OPEN,
                since=[in_brief(one, one.came) for one in said],
                newer=newer,
            )
        )
    return lines


def _waits(row: Outgoing) -> str:
    """Why a queued row does not leave, where that is its connection's business."""
    held = row.state == Sending.QUEUED and row.connection and row.connection.state != ConnectionState.LIVE
    return stuck(row.connection) if held and row.connection else ""


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    told, _, key = after.partition(",")
    moment = moment_in(told)
    try:
        return (moment, UUID(key)) if moment else None
    except ValueError:
        return None
