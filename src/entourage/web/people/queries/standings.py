"""Who stands where: the short lists that the audit and the People page begin with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from entourage.web.core.models import Unit
from entourage.web.people.models import SILENT, Movement, Person, Ring, Scoring, Standing, StandingName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand

#: How long an opportunity to engage is.
UNIT_SPANS = {Unit.HOUR: timedelta(hours=1), Unit.DAY: timedelta(days=1), Unit.WEEK: timedelta(weeks=1)}
#: How many units ahead closeness looks when nobody says: a quarter, four weeks, a day.
HORIZONS = {Unit.WEEK: 13, Unit.DAY: 28, Unit.HOUR: 24}
#: How many units lie between the last two looks; a ring is lost only below its threshold at both.
PERIODS = {Unit.WEEK: 4, Unit.DAY: 7, Unit.HOUR: 6}
#: Shares of the horizon from which a person is in the inner circle, close, known (methods.md, "Rings").
STANDARD_THRESHOLDS = (0.50, 0.23, 0.075)
#: From so many messages on, silence is a habit and not an oversight.
REGULAR_ASKED = 2


def latest_scoring(brand: Brand) -> Scoring | None:
    """The newest run of the scores that came to its end: what pages show; none before the first."""
    found: Scoring | None = Scoring.objects.of(brand).filter(finished_at__isnull=False).order_by("-started_at").first()
    return found


def horizon_of(brand: Brand) -> int:
    """Of how many units the expected ones are, so that a share can be told; 1 before the first scoring."""
    scoring = latest_scoring(brand)
    return scoring.horizon if scoring and scoring.horizon else 1


def thresholds(brand: Brand) -> tuple[float, float, float]:
    """The shares of the horizon from which a person is in the inner circle, close, known: the brand's own or ours."""
    inner, close, known = brand.ring_thresholds or STANDARD_THRESHOLDS
    return inner, close, known


def standing_in_words(ring: int, name: str) -> str:
    """Where somebody stands, in a word or two: hostile regular, else their ring."""
    return str(Ring(ring).label if name in SILENT else StandingName(name).label)


def closest(brand: Brand, limit: int = 10) -> list[Standing]:
    """The people from whom we expect to hear in the most weeks, closest first, but for those who are angry."""
    return list(_by_closeness(brand).exclude(name=StandingName.HOSTILE_REGULAR)[:limit])


def angry_regulars(brand: Brand, limit: int = 10) -> list[Standing]:
    """Who is close and against us, closest first: named apart, for they are no fans."""
    return list(_by_closeness(brand).filter(name=StandingName.HOSTILE_REGULAR)[:limit])


def drifting(brand: Brand, limit: int = 10) -> list[Standing]:
    """Who stood in a closer ring one horizon ago; who was the closest then comes first."""
    further = _by_closeness(brand).filter(movement=Movement.DRIFTING)
    return list(further.order_by(F("weeks_before").desc(nulls_last=True), "person")[:limit])


def gone_quiet(brand: Brand, limit: int = 10) -> list[Standing]:
    """Who was close and has probably left; who left from the closest place comes first."""
    quiet = _by_closeness(brand).filter(movement=Movement.QUIET)
    return list(quiet.order_by(F("weeks_before").desc(nulls_last=True), "person")[:limit])


def came_back(brand: Brand, limit: int = 10) -> list[Standing]:
    """Who had gone quiet and is active again, closest first."""
    return list(_by_closeness(brand).filter(movement=Movement.BACK)[:limit])


def unanswered_regulars(brand: Brand, limit: int = 10) -> list[Standing]:
    """Known people who wrote at least twice and got an answer less than every other time, closest first."""
    waiting = _by_closeness(brand).filter(ring__gte=Ring.KNOWN, asked__gte=REGULAR_ASKED)
    return list(waiting.filter(asked__gt=F("answered") * 2)[:limit])


def people_of(brand: Brand, ids: Iterable[int]) -> dict[int, Person]:
    """The people behind stored ids; who has been erased since is not among them."""
    people: dict[int, Person] = Person.objects.of(brand).in_bulk(list(ids))
    return people


def _by_closeness(brand: Brand) -> QuerySet[Any]:
    rows: QuerySet[Any] = Standing.objects.of(brand).select_related("person").order_by("-weeks", "person")
    return rows
