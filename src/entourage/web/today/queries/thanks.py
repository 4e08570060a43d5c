"""Whom to thank, and for what: close people and helpers whom nothing keeps waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.listen.models import Activity
from entourage.web.outbox.queries import pressure_on
from entourage.web.people.models import Person, Standing
from entourage.web.reading.models import Reading

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.outbox.queries import Room

#: A deed older than this is no news to who did it.
FRESH = timedelta(weeks=4)
#: Of each kind of deed, so many of the newest are looked at.
LOOKED_AT = 400
#: People shown.
SHOWN = 30
#: A review from here on (of 0..1, three stars of five) is worth a thank-you.
GOOD = 0.6

# As in the audit: help, an order, an idea, a good review, a share without words of its own; praise and thanks where
# their sign is certain. Nobody who is against us is thanked as a friend, nor who is mostly left without an answer, nor
# somebody whose deed has been answered or thanked already.
_DEEDS = """
WITH read AS (
    (SELECT id FROM reading_reading WHERE brand_id = %(brand)s AND intent = 'praise' AND sign = 1
     AND at >= %(since)s AND at < %(now)s ORDER BY at DESC LIMIT %(looked)s)
    UNION ALL
    (SELECT id FROM reading_reading WHERE brand_id = %(brand)s AND intent = 'thanks' AND sign = 1
     AND at >= %(since)s AND at < %(now)s ORDER BY at DESC LIMIT %(looked)s)
), done AS (
    SELECT a.id FROM (
        SELECT * FROM listen_activity WHERE brand_id = %(brand)s AND at >= %(since)s AND at < %(now)s
        AND act IN ('help', 'purchase', 'idea', 'share', 'review')
        ORDER BY at DESC LIMIT 2 * %(looked)s
    ) a LEFT JOIN reading_reading r ON r.id = a.id
    WHERE coalesce(r.sign, 0) >= 0 AND (a.act IN ('help', 'purchase', 'idea') OR (a.act = 'share' AND a.text = '')
          OR (a.act = 'review' AND a.rating >= %(good)s))
), deed AS (
    SELECT c.person_id, a.id, a.at, a.act,
           count(*) FILTER (WHERE a.act = 'help') OVER (PARTITION BY c.person_id) AS helps,
           row_number() OVER (PARTITION BY c.person_id
                              ORDER BY a.act = 'help' DESC, a.act = 'purchase' DESC, a.at DESC) AS place
    FROM (SELECT id FROM read UNION SELECT id FROM done) told
    JOIN listen_activity a ON a.id = told.id AND a.deleted_at IS NULL
    JOIN listen_account c ON c.id = a.account_id AND c.role = 'public' AND c.told_kind <> 'bot'
    LEFT JOIN listen_account t ON t.id = a.toward_id
    WHERE (a.act = 'help' OR a.toward_id IS NULL OR t.role = 'own')
      AND NOT EXISTS (SELECT FROM listen_activity o JOIN listen_account w ON w.id = o.account_id AND w.role = 'own'
                      WHERE o.reply_to = a.id AND o.deleted_at IS NULL)
      AND NOT EXISTS (SELECT FROM outbox_outgoing g WHERE g.brand_id = %(brand)s AND g.person_id = c.person_id
                      AND g.purpose = 'thanks' AND g.state NOT IN ('withdrawn', 'failed')
                      AND g.created_at >= %(since)s)
)
SELECT d.person_id, d.id, d.helps FROM deed d
JOIN people_person p ON p.id = d.person_id AND p.kind = 'public' AND p.left_alone_at IS NULL
JOIN people_standing s ON s.person_id = p.id AND NOT (s.asked >= 2 AND s.answered * 2 < s.asked)
     AND s.name NOT IN ('hostile_regular', 'critic')
WHERE d.place = 1
ORDER BY s.weeks + 2 * least(d.helps, 3) DESC, p.id LIMIT %(shown)s
"""


@dataclass(frozen=True, slots=True)
class Deserving:
    """Somebody to thank: who, how close, for which deed, and whether there is room to write to them first."""

    person: Person
    standing: Standing
    deed: Activity
    intent: str
    helps: int
    room: Room

    @property
    def worth(self) -> float:
        """The engaged weeks that we expect of them; each time that they helped another customer counts as two."""
        return float(self.standing.weeks) + 2 * min(self.helps, 3)


@dataclass(frozen=True, slots=True)
class Thankworthy:
    """The queue: whom to thank, who must wait and why, and how many are held out by lot."""

    now: tuple[Deserving, ...]
    later: tuple[Deserving, ...]
    held_out: int


def thankworthy(brand: Brand, *, now: datetime) -> Thankworthy:
    """Whom to thank, closest and most helpful first; nine queries, whatever their number.

    Who is held out by lot is not named: a member who knew would thank them elsewhere.
    """
    told: dict[str, Any] = {
        "brand": brand.pk, "since": now - FRESH, "now": now, "looked": LOOKED_AT, "good": GOOD, "shown": SHOWN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DEEDS, told)
        found = cursor.fetchall()
    everybody = _introduced(brand, found, now=now)
    open_ = [one for one in everybody if not one.room.held_out]
    return Thankworthy(
        now=tuple(one for one in open_ if one.room.allowed),
        later=tuple(one for one in open_ if not one.room.allowed),
        held_out=len(everybody) - len(open_),
    )


def _introduced(brand: Brand, found: list[tuple[int, Any, int]], *, now: datetime) -> list[Deserving]:
    keys = [person for person, _, _ in found]
    people = Person.objects.of(brand).in_bulk(keys)
    standings = Standing.objects.of(brand).in_bulk(keys)
    deeds = {row.pk: row for row in Activity.objects.of(brand).filter(pk__in=[deed for _, deed, _ in found])}
    intents = dict(Reading.objects.of(brand).filter(pk__in=list(deeds)).values_list("pk", "intent"))
    rooms = pressure_on(brand, keys, at=now, purpose="thanks")
    return [
        Deserving(people[person], standings[person], deeds[deed], intents.get(deed, ""), int(helps), rooms[person])
        for person, deed, helps in found
        if person in people and person in standings and deed in deeds
    ]
