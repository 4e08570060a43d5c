"""What stands around the list: counts, labels, macros, views, what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entourage.web.inbox.models import Label, Macro, State, View
from entourage.web.listen.models import AccountRole
from entourage.web.listen.queries import own_accounts
from entourage.web.reading.models import Department

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from entourage.web.core.models import Brand, Member

#: Counting stops here: "1,000+" tells as much as the number.
MOST_COUNTED = 1_000
#: Changed conversations that are named; a page that was away for longer is shown anew.
NAMED = 200
#: What stands for something else in a macro, and what it is.
VARIABLES = {
    "name": _("their name"),
    "first_name": _("the first word of their name"),
    "handle": _("their handle"),
    "brand": _("the brand's name"),
    "me": _("your name"),
}

_CHANGED = """
SELECT EXISTS (SELECT FROM inbox_conversation WHERE brand_id = %(brand)s AND id = %(still)s), told.*
FROM (SELECT) once LEFT JOIN (
    SELECT changed_at, id FROM inbox_conversation WHERE brand_id = %(brand)s AND changed_at > %(moment)s
    ORDER BY changed_at DESC LIMIT %(named)s
) told ON true ORDER BY told.changed_at DESC
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and whether counting stopped there."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """Which conversations changed, the last first, and when the last one did; whether the one asked for is kept."""

    moment: datetime | None
    ids: list[int]
    there: bool = True


def counts(brand: Brand, member: Member) -> dict[str, Count]:
    """How many conversations stand in each box, and of those that are open in each department; one query."""
    rows = "SELECT 1 FROM inbox_conversation WHERE brand_id = %(brand)s AND "
    boxes = {state.value: f"state = '{state}'" for state in State}
    boxes |= {
        "mine": "state = 'open' AND assignee_id = %(member)s",
        # As the list has it: who is being answered right now is somebody's.
        "unassigned": "state = 'open' AND assignee_id IS NULL AND (claimed_until IS NULL OR claimed_until <= now())",
    }
    boxes |= {f"department:{one}": f"state = 'open' AND department = '{one}'" for one in Department.values}
    counted = ", ".join(f"(SELECT count(*) FROM ({rows}{box} LIMIT %(most)s) few)" for box in boxes.values())
    with connection.cursor() as cursor:
        asked = {"brand": brand.pk, "member": member.pk, "most": MOST_COUNTED + 1}
        cursor.execute(f"SELECT {counted}", asked)
        told: Iterable[Any] = cursor.fetchone()
    return {
        box: Count(min(number, MOST_COUNTED), number > MOST_COUNTED) for box, number in zip(boxes, told, strict=True)
    }


def changed_since(brand: Brand, moment: datetime, *, still: int | None = None) -> Changed:
    """What changed after a moment, of very much the last two hundred; and whether one conversation is kept, still.

    One query that looks twice into an index: every page that stays open asks it each second.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"brand": brand.pk, "moment": moment, "still": still, "named": NAMED})
        found: list[Any] = cursor.fetchall()
    changed = [(at, pk) for _, at, pk in found if pk]
    return Changed(changed[0][0] if changed else None, [pk for _, pk in changed], still is None or found[0][0])


def networks(brand: Brand) -> list[str]:
    """The networks on which the brand has accounts of its own: nobody else can be talked to there."""
    own = own_accounts(brand).filter(role=AccountRole.OWN).order_by()
    return sorted(own.values_list("network", flat=True).distinct())


def labels(brand: Brand) -> list[Label]:
    """All labels by name."""
    return list(Label.objects.of(brand).order_by("name"))


def macros(brand: Brand, *, language: str = "", department: str = "") -> list[Macro]:
    """Answers written beforehand, by name; those for another language or department are left out."""
    wanted = Q()
    if language:
        wanted &= Q(language__in=["", language])
    if department:
        wanted &= Q(department__in=["", department])
    return list(Macro.objects.of(brand).filter(wanted).order_by("name"))


def macro_named(brand: Brand, name: str) -> Macro | None:
    """The macro of this name."""
    found: Macro | None = Macro.objects.of(brand).filter(name=name).first()
    return found


def views(brand: Brand, member: Member) -> list[View]:
    """Kept searches: the member's own, and everybody's."""
    return list(View.objects.of(brand).filter(Q(member=member) | Q(member=None)).order_by("name", "pk"))
