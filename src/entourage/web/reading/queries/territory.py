"""The Territory page: what the brand is about, and how much of its public's talk is about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext, gettext_noop

from entourage.web.reading.models import Territory

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

#: Whatever chatter gives, a message that might as well be chatter is not about the brand.
EVEN = 500
#: The closest people whose talk is shown.
CLOSEST = 20
#: As the people room names its rings.
RINGS = {
    3: gettext_noop("inner circle"),
    2: gettext_noop("close"),
    1: gettext_noop("known"),
    0: gettext_noop("passing"),
}
#: Wilson's interval, 80 % as for all that is said of a person.
_Z = 1.2816

# People and standings belong to a room above: they are read by their tables.
_CLOSEST = """
SELECT person.id, person.name, stands.ring, count(*), count(*) FILTER (WHERE told.nearness >= %(from)s)
FROM (SELECT person_id, ring, weeks FROM people_standing
      WHERE brand_id = %(brand)s ORDER BY weeks DESC, person_id LIMIT %(most)s) stands
JOIN people_person person ON person.id = stands.person_id AND person.left_alone_at IS NULL
JOIN listen_account account ON account.person_id = stands.person_id
JOIN reading_vector told ON told.account_id = account.id AND told.nearness IS NOT NULL
GROUP BY person.id, person.name, stands.ring, stands.weeks ORDER BY stands.weeks DESC, person.id
"""

_OF_PERSON = """
SELECT count(*), count(*) FILTER (WHERE told.nearness >= greatest(territory.most, %(even)s))
FROM reading_territory territory
JOIN listen_account account ON account.person_id = %(person)s AND account.brand_id = territory.brand_id
JOIN reading_vector told ON told.account_id = account.id AND told.nearness IS NOT NULL
WHERE territory.brand_id = %(brand)s AND territory.kept IS NOT NULL GROUP BY territory.brand_id
"""


def about_from(territory: Territory) -> int:
    """The nearness (per mille) from which a message is about what the brand does: beyond what chatter gives."""
    return max(EVEN, territory.most)


def territory_of(brand: Brand) -> Territory | None:
    """What the brand is about, as it was drawn last; None before the first time."""
    found: Territory | None = Territory.objects.of(brand).defer("kept").filter(pk=brand.pk).first()
    return found


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages, and those of them about what the brand does; the share with its 80 % interval."""

    name: str
    messages: int
    about: int
    person: int | None = None
    ring: int | None = None

    @property
    def share(self) -> float | None:
        return self.about / self.messages if self.messages else None

    @property
    def ring_name(self) -> str:
        """The ring in words, as the people room calls it."""
        return gettext(RINGS[self.ring]) if self.ring in RINGS else ""

    @property
    def percent(self) -> float:
        """The share in per cent; the middle of nothing is nothing."""
        return 100 * (self.share or 0.0)

    @property
    def low(self) -> float:
        """The lower end, in per cent."""
        return 100 * self.interval[0]

    @property
    def high(self) -> float:
        """The upper end, in per cent."""
        return 100 * self.interval[1]

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's; the whole way where nothing was said."""
        if not self.messages:
            return 0.0, 1.0
        n, p = self.messages, self.about / self.messages
        middle, spread = p + _Z**2 / (2 * n), _Z * (p * (1 - p) / n + _Z**2 / (4 * n**2)) ** 0.5
        return max(0.0, (middle - spread) / (1 + _Z**2 / n)), min(1.0, (middle + spread) / (1 + _Z**2 / n))


def closest_talk(brand: Brand, territory: Territory) -> list[Talk]:
    """How much of what the closest people say is about what the brand does, the closest first. One query."""
    told: dict[str, Any] = {"brand": brand.pk, "from": about_from(territory), "most": CLOSEST}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSEST, told)
        return [Talk(name, messages, about, key, ring) for key, name, ring, messages, about in cursor.fetchall()]


def talk_of(brand: Brand | int, person: int) -> Talk | None:
    """How much of what one person says is about what the brand does; None without a territory or words. One query."""
    told = {"brand": brand if isinstance(brand, int) else brand.pk, "person": person, "even": EVEN}
    with connection.cursor() as cursor:
        cursor.execute(_OF_PERSON, told)
        row = cursor.fetchone()
    return Talk("", row[0], row[1], person) if row else None


def by_ring(territory: Territory) -> list[Talk]:
    """The last quarter's talk by ring, the inner circle first; who has no standing comes last."""
    rings: dict[str, list[int]] = territory.counts.get("rings", {})
    told = [(ring, rings[str(ring)]) for ring in (3, 2, 1, 0, -1) if str(ring) in rings]
    return [Talk("", messages, about, ring=ring) for ring, (messages, about) in told]


def by_week(territory: Territory) -> list[Talk]:
    """The last thirteen weeks' talk, the oldest first."""
    return [Talk("", messages, about) for messages, about in territory.counts.get("weeks", [])]


def all_talk(territory: Territory) -> Talk:
    """The last quarter's talk of everybody."""
    rings = by_ring(territory)
    return Talk("", sum(one.messages for one in rings), sum(one.about for one in rings))
