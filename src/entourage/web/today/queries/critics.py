"""The critics' ladder: of those who were angry with us, how far we came with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from entourage.web.inbox.queries import introduce, shown
from entourage.web.reading.models import VEHEMENT

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.inbox.models import Conversation

#: How far back: a critic of a year ago is history, and whether they came back is known after a quarter.
SINCE = timedelta(weeks=26)
#: Coming back is something new, not the end of the same talk.
LATER = timedelta(days=7)
#: So many of the newest are looked at, out of so many vehement messages.
LOOKED_AT, MESSAGES = 800, 2_400
SHOWN = 50

RUNGS = (
    ("heard", _("heard")),
    ("answered", _("answered")),
    ("solved", _("solved")),
    ("confirmed", _("confirmed")),
    ("back", _("came back")),
)

#: Confirmed: they said something good after our answer, there or anywhere. Of a row named ``talk``, with their account
#: and when we answered.
CONFIRMED = """
EXISTS (
    SELECT FROM listen_activity a JOIN reading_reading r ON r.id = a.id
    WHERE a.account_id = talk.account_id AND a.at > talk.answered_at AND a.at < %(now)s AND a.deleted_at IS NULL
      AND r.sign = 1
)
"""
#: Came back: a week after our answer or later, they did something with us again, and nothing against us; told by
#: ``back.good`` where this is joined to such a row.
BACK = """
LATERAL (
    SELECT count(*) > 0 AND NOT coalesce(bool_or(r.sign = -1), false) AS good
    FROM listen_activity a LEFT JOIN reading_reading r ON r.id = a.id
    WHERE a.account_id = talk.account_id AND a.deleted_at IS NULL AND a.at >= talk.answered_at + %(later)s
      AND a.at < %(now)s
) back ON true
"""
# Heard: a member opened it to answer, wrote a note about it, or answered. Solved: a member resolved it after an answer.
_LADDER = f"""
WITH said AS (
    SELECT id, at FROM reading_reading
    WHERE brand_id = %(brand)s AND sign = -1 AND vehemence >= %(vehement)s AND at >= %(since)s AND at < %(now)s
    ORDER BY at DESC LIMIT %(messages)s
), critics AS (
    SELECT c.id, c.account_id, c.asked_at, c.answered_at
    FROM said JOIN inbox_message m ON m.activity_id = said.id AND m.inward
    JOIN inbox_conversation c ON c.id = m.conversation_id AND c.brand_id = %(brand)s
    LEFT JOIN people_person p ON p.id = c.person_id
    WHERE coalesce(p.kind, 'public') = 'public'
    GROUP BY c.id ORDER BY max(said.at) DESC LIMIT %(looked)s
)
SELECT talk.id, talk.answered_at IS NOT NULL OR EXISTS (
           SELECT FROM inbox_step s WHERE s.conversation_id = talk.id AND s.by_id IS NOT NULL
       ) OR EXISTS (SELECT FROM inbox_note n WHERE n.conversation_id = talk.id) AS heard,
       talk.answered_at IS NOT NULL AS answered,
       talk.answered_at IS NOT NULL AND EXISTS (
           SELECT FROM inbox_step s WHERE s.conversation_id = talk.id AND s.what = 'resolved' AND s.by_id IS NOT NULL
           AND s.at >= talk.answered_at) AS solved,
       talk.answered_at IS NOT NULL AND {CONFIRMED} AS confirmed,
       talk.answered_at IS NOT NULL AND back.good AS back,
       coalesce(talk.answered_at, talk.asked_at) < %(now)s - %(later)s AS old,
       (SELECT count(*) FROM said) = %(messages)s AS more
FROM critics talk LEFT JOIN {BACK}
ORDER BY talk.asked_at DESC, talk.id
"""


@dataclass(frozen=True, slots=True)
class Critic:
    """Somebody who was angry with us, and the rungs that were reached; none where nobody has even heard them."""

    it: Conversation
    rungs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """How many of the critics reached it, of how many."""

    key: str
    label: Any
    reached: int
    of: int

    @property
    def share(self) -> float | None:
        """Of the critics; unknown where there are none."""
        return self.reached / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs with their figures, and the critics of one of them; whether more than we looked at are there."""

    rungs: tuple[Rung, ...]
    critics: tuple[Critic, ...]
    more: bool
    #: Who stands on no rung.
    unheard: int


def ladder(brand: Brand, *, now: datetime, at: str = "") -> Ladder:
    """How far we came with each angry person of the last half year; ``at`` shows those whose highest rung it is.

    A share here is associated, not proven: whom we answer was not drawn by lot. Five queries.
    """
    told: dict[str, Any] = {
        "brand": brand.pk, "now": now, "since": now - SINCE, "later": LATER, "vehement": VEHEMENT, "looked": LOOKED_AT,
        "messages": MESSAGES,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LADDER, told)
        found = cursor.fetchall()
    reached = {row[0]: tuple(key for (key, _), yes in zip(RUNGS, row[1:6], strict=True) if yes) for row in found}
    # Who was answered in this very week cannot have come back yet.
    due = [row[0] for row in found if row[6]]
    rungs = tuple(
        Rung(key, label, *_counted(reached, due if key == "back" else list(reached), key)) for key, label in RUNGS
    )
    wanted = [key for key, has in reached.items() if not at or (has[-1] if has else "unheard") == at][:SHOWN]
    return Ladder(
        rungs,
        _critics(brand, wanted, reached),
        len(found) == LOOKED_AT or any(row[7] for row in found),
        sum(not has for has in reached.values()),
    )


def _counted(reached: dict[int, tuple[str, ...]], among: list[int], key: str) -> tuple[int, int]:
    return sum(key in reached[one] for one in among), len(among)


def _critics(brand: Brand, keys: list[int], reached: dict[int, tuple[str, ...]]) -> tuple[Critic, ...]:
    rows = {row.pk: row for row in shown(brand).filter(pk__in=keys)}
    introduce(brand, list(rows.values()))
    return tuple(Critic(rows[key], reached[key]) for key in keys if key in rows)
