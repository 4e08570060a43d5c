"""Which stretch is looked at, by the report on service and by the audit: the same, or they could not agree."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from entourage.web.listen.models import Activity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.core.models import Brand

#: A quarter, or more where a quarter holds too few conversations to say anything.
WEEKS = (13, 26, 52)
#: From so many conversations with us on, a stretch is long enough.
ENOUGH = 20
#: How far back a conversation may have begun and still be the same one; what began before the stretch is left out.
BEFORE = timedelta(days=28)


def stretches(brand: Brand, *, until: datetime) -> Iterator[datetime]:
    """From when on to look, the shorter stretch first; the last one holds all that there is, and none is longer."""
    first: datetime | None = (
        Activity.objects.of(brand).exclude(act="").order_by("at").values_list("at", flat=True).first()
    )
    if first is None:
        return
    for weeks in (*WEEKS, None):
        starts = first if weeks is None else max(first, until - timedelta(weeks=weeks))
        yield starts
        if starts == first:
            return
