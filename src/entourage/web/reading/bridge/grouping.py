"""After indexing: the weeks' topics, what the public teaches, how much of the talk is about what the brand does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from entourage.web.core.locks import alone
from entourage.web.reading.bridge.findings import find_lessons
from entourage.web.reading.bridge.indexing import encoder
from entourage.web.reading.bridge.territories import count_talk
from entourage.web.reading.bridge.weeks import find_topics
from entourage.web.reading.models import Indexing, Vector

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from entourage.web.core.models import Brand

STEPS = 3


def gather(
    brand: Brand, *, now: datetime, anew: bool = False, progress: Callable[[int, int], None] | None = None
) -> None:
    """Find the topics of the weeks that have new messages (``anew``: of all), and what the public teaches.

    Twice over the same messages changes nothing. A second run of the same brand waits for the first.
    """
    tell = progress or (lambda _done, _total: None)
    with alone("reading.gather", brand.pk):
        reader = encoder()
        row, _ = Indexing.objects.of(brand).get_or_create(brand=brand)
        newest = Vector.objects.of(brand).aggregate(newest=Max("number"))["newest"] or 0
        tell(0, STEPS)
        find_topics(brand, reader, grouped=-1 if anew else row.grouped, now=now)
        tell(1, STEPS)
        find_lessons(brand, reader, now=now)
        tell(2, STEPS)
        count_talk(brand)
        Indexing.objects.of(brand).filter(pk=brand.pk).update(grouped=newest)
        tell(STEPS, STEPS)
