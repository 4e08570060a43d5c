"""How the brand's reader stands: what it was taught, how exact it is on the brand's own labels, how far it has read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Max, Q

from entourage.web.reading.models import About, Label, Teaching, TeachingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Brand

#: Figures of a reading under way that have not moved for so long are of a process that was killed.
MOVES = timedelta(minutes=2)

_LABELS = "SELECT text_key, about, value FROM reading_label WHERE brand_id = %s AND text_key = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Exactness:
    """Right answers on the brand's own labels, of its reader and of the shipped one; 80 % intervals."""

    about: str
    n: int
    share: float
    low: float
    high: float
    shipped: float
    shipped_low: float
    shipped_high: float
    # Whether what was learned is better, and therefore used.
    used: bool

    @property
    def word(self) -> str:
        """What it is about, as the page calls it."""
        return str(About(self.about).label)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the brand's reader was taught, and what is under way."""

    teaching: Teaching | None
    # Labels in all, and those given since it was taught.
    labels: int
    new: int
    exactness: list[Exactness]

    @property
    def busy(self) -> bool:
        """Whether a worker teaches it now, or soon will."""
        return self.teaching is not None and self.teaching.state in (TeachingState.WAITING, TeachingState.RUNNING)

    def reading(self, now: datetime) -> bool:
        """Whether messages are being read now."""
        told = self.teaching
        return bool(told and told.total is not None and told.moved_at and now - told.moved_at < MOVES)


def lessons(brand: Brand) -> Lessons:
    """What the brand's reader was taught. Two queries."""
    teaching: Teaching | None = Teaching.objects.of(brand).defer("taught").first()
    upto = teaching.upto if teaching else 0
    counted = Label.objects.of(brand).aggregate(labels=Count("pk"), new=Count("pk", filter=Q(pk__gt=upto)))
    return Lessons(teaching, counted["labels"], counted["new"], _exactness(teaching))


def _exactness(teaching: Teaching | None) -> list[Exactness]:
    told: Sequence[dict[str, Any]] = teaching.accuracy.get("abouts", ()) if teaching else ()
    known = [one for one in told if one["about"] in About.values]
    return [Exactness(**{name: one[name] for name in Exactness.__slots__}) for one in known]


def labels_of(brand: Brand | int, text_keys: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """What members said of these texts: values by what they are about. One query."""
    told: dict[UUID, dict[str, str]] = {}
    with connection.cursor() as cursor:
        # One array, not thousands of parameters: a batch of messages asks for as many texts.
        cursor.execute(_LABELS, [brand if isinstance(brand, int) else brand.pk, list(text_keys)])
        for key, about, value in cursor.fetchall():
            told.setdefault(key, {})[about] = value
    return told


def outdated(brand: Brand | int, teaching: Teaching | None) -> bool:
    """Whether the reader still holds what it learned from words that have gone since: erased, edited, put back."""
    if teaching is None or not teaching.labels:
        return False
    return bool(Label.objects.of(brand).filter(pk__lte=teaching.upto).count() < teaching.labels)


def newest_label(brand: Brand | int) -> int:
    """The number of the newest label; zero where there is none."""
    return int(Label.objects.of(brand).aggregate(newest=Max("pk"))["newest"] or 0)
