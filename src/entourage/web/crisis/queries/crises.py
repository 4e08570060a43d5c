"""Crises as pages list them, and what ran at the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.http import Http404

from entourage.web.crisis.models import Crisis, Group, Watch

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand

#: A brand with more crises than this has one that never ends.
SHOWN = 50
#: Operations told beside a crisis.
MOST = 10

# Operations belong to a room above: read by their table.
_RUNNING = """
SELECT id, name, starts_at, ends_at FROM operations_operation
WHERE brand_id = %s AND starts_at < %s AND ends_at > %s ORDER BY starts_at, id LIMIT %s
"""


def crises(brand: Brand) -> list[Crisis]:
    """The crises of a brand, the newest first."""
    return list(Crisis.objects.of(brand).select_related("owner__user").order_by("-starts_at", "-pk")[:SHOWN])


def crisis_or_404(brand: Brand, pk: int) -> Crisis:
    """One crisis of this brand."""
    row = Crisis.objects.of(brand).select_related("brand", "owner__user", "by__user", "closed_by__user").filter(pk=pk)
    found: Crisis | None = row.first()
    if found is None:
        raise Http404
    return found


def group_or_404(brand: Brand, pk: int) -> Group:
    """One group of messages of this brand."""
    found: Group | None = (
        Group.objects.of(brand).select_related("crisis__brand", "answer_by__user").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def open_crisis(brand: Brand) -> Crisis | None:
    """The one that lasts, if any."""
    found: Crisis | None = Crisis.objects.of(brand).filter(closed_at=None).first()
    return found


def watch(brand: Brand) -> Watch:
    """The last look; an empty one where nobody has looked."""
    found: Watch | None = Watch.objects.of(brand).first()
    return found or Watch(brand=brand)


@dataclass(frozen=True, slots=True)
class Running:
    """An operation that ran at the time: it may be why."""

    pk: int
    name: str
    starts_at: datetime
    ends_at: datetime


def running(crisis: Crisis) -> list[Running]:
    """The operations whose dates overlap with a crisis."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, [crisis.brand_id, crisis.until, crisis.starts_at, MOST])
        return [Running(*row) for row in cursor.fetchall()]
