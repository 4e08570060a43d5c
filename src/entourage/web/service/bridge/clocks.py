"""The promises that run: by when each open conversation must hear from us."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction

from entourage.engine.service.deadlines import NONE, Clock, Clocks, clocks, due_us
from entourage.web.core.locks import hold
from entourage.web.reading.models import VEHEMENT
from entourage.web.service.bridge.events import events
from entourage.web.service.bridge.hours import hours_of
from entourage.web.service.models import Desk, Holiday, Target
from entourage.web.service.queries import Facts, chosen, targets
from entourage.web.service.queries.promises import minutes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from entourage.web.core.models import Brand

    Whole = NDArray[np.int64]

#: Conversations in one transaction.
TURN = 10_000


def set_clocks(brand: Brand, *, now: datetime, most: int = TURN) -> int:
    """Tell by when each open conversation must hear from us, where anything changed; how many were told.

    Fills ``Conversation.due_at`` and ``due_what``. Doing it twice changes nothing.
    """
    promises, stamp = Promises(brand), _stamp(brand)
    total = 0
    while True:
        told = _turn(brand, promises, stamp, now=now, most=most)
        total += told
        if told < most:
            break
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, {"brand": brand.pk, "now": now})
    return total


class Promises:
    """What a brand promises, ready to be asked for many clocks at once."""

    def __init__(self, brand: Brand) -> None:
        self.targets = targets(brand)
        hours = hours_of(brand)
        self._hours = list(hours.values())
        self._places = {key: place for place, key in enumerate(hours)}
        self._chosen: dict[tuple[Facts, str], Target | None] = {}

    def target(self, facts: Facts, what: str) -> Target | None:
        """The target that holds for a clock."""
        if (facts, what) not in self._chosen:
            self._chosen[facts, what] = chosen(facts, self.targets, what)
        return self._chosen[facts, what]

    def due(self, found: Clocks, facts: dict[int, Facts]) -> tuple[Whole, list[Target | None]]:
        """By when each clock must end (-1: nothing is promised), and the target that says so."""
        rows = list(zip(found.talk.tolist(), found.what.tolist(), strict=True))
        held = [self.target(facts[talk], Clock(what).name.lower()) for talk, what in rows]
        allowed = [
            NONE if target is None else minutes(target, Clock(what).name.lower())
            for target, (_, what) in zip(held, rows, strict=True)
        ]
        which = [self._places.get(facts[talk].department, 0) for talk, _ in rows]
        due = due_us(found.started_us, np.array(allowed, np.int64), self._hours, np.array(which, np.int64))
        return due, held


@transaction.atomic
def _turn(brand: Brand, promises: Promises, stamp: str, *, now: datetime, most: int) -> int:
    hold("service.clocks", brand.pk)
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, {"brand": brand.pk, "stamp": stamp, "vehement": VEHEMENT, "most": most})
        rows = cursor.fetchall()
        facts = {row[0]: Facts(*row[2:]) for row in rows}
        told = _next_due(promises, facts, now=now) if promises.targets and rows else {}
        _store(cursor, brand, [(row[0], row[1], *told.get(row[0], (None, "", None))) for row in rows], now=now)
    return len(rows)


def _next_due(promises: Promises, facts: dict[int, Facts], *, now: datetime) -> dict[int, tuple[int, str, int]]:
    """The promise of each conversation that ends first: when (microseconds), which, and the target's number."""
    happened = events(list(facts))
    found = clocks(*(happened[name].to_numpy() for name in ("talk", "at_us", "event")), at=now)
    due, held = promises.due(found, facts)
    runs = np.flatnonzero((found.ended_us < 0) & (due >= 0))
    # The latest first, so that the one that ends first is what stays.
    told: dict[int, tuple[int, str, int]] = {}
    for place in runs[np.argsort(-due[runs], kind="stable")].tolist():
        target = held[place]
        if target is not None:
            what = Clock(int(found.what[place])).name.lower()
            told[int(found.talk[place])] = (int(due[place]), what, target.pk)
    return told


def _store(
    cursor: Any, brand: Brand, rows: Sequence[tuple[int, int, int | None, str, int | None]], *, now: datetime
) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
    given = dict(zip(("ids", "facts", "due", "what", "targets"), columns, strict=True))
    cursor.execute(_STORE, {"brand": brand.pk, "now": now, **given})
    cursor.execute(_REMEMBER, {"brand": brand.pk, **given})


def _stamp(brand: Brand) -> str:
    """Changes with what is promised and with the hours: then every clock is set anew."""
    rows = [list(model.objects.of(brand).order_by("pk").values_list()) for model in (Target, Desk, Holiday)]
    told = json.dumps([brand.time_zone, *rows], default=str)
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


# A message that comes late may lie between the first and the last: their number tells that one more is there.
_FACTS = """
hashtextextended(concat_ws('|', %(stamp)s::text, c.state, c.asked_at, c.messages, c.last_in_at,
    coalesce(c.last_out_at::text, ''), coalesce(c.waiting_since::text, ''), c.department,
    coalesce(c.vehemence, 0) >= %(vehement)s, coalesce(s.name, 'unknown')), 0)
"""
_LOOK = f"""
SELECT c.id, {_FACTS}, c.department, c.network, coalesce(s.name, 'unknown'), coalesce(c.vehemence, 0) >= %(vehement)s
FROM inbox_conversation c LEFT JOIN service_handling h ON h.conversation_id = c.id
LEFT JOIN people_standing s ON s.person_id = c.person_id
WHERE c.brand_id = %(brand)s AND c.state = 'open' AND h.clocked IS DISTINCT FROM {_FACTS}
ORDER BY c.id LIMIT %(most)s
"""
_DUE = "timestamptz 'epoch' + told.due * interval '1 microsecond'"
_STORE = f"""
UPDATE inbox_conversation c SET due_at = {_DUE}, due_what = told.what, changed_at = %(now)s
FROM unnest(%(ids)s::bigint[], %(due)s::bigint[], %(what)s::text[]) told (id, due, what)
WHERE c.id = told.id AND c.brand_id = %(brand)s AND (c.due_at, c.due_what) IS DISTINCT FROM ({_DUE}, told.what)
"""
_REMEMBER = """
INSERT INTO service_handling (conversation_id, brand_id, said, urgent, clocked, target_id)
SELECT told.id, %(brand)s, '', false, told.facts, told.target
FROM unnest(%(ids)s::bigint[], %(facts)s::bigint[], %(targets)s::bigint[]) told (id, facts, target)
WHERE EXISTS (SELECT FROM inbox_conversation c WHERE c.id = told.id)
ON CONFLICT (conversation_id) DO UPDATE SET clocked = excluded.clocked, target_id = excluded.target_id
"""
# Nothing runs where nobody waits any more.
_CLEAR = """
WITH still AS (
    UPDATE service_handling h SET clocked = NULL, target_id = NULL FROM inbox_conversation c
    WHERE h.brand_id = %(brand)s AND h.clocked IS NOT NULL AND c.id = h.conversation_id
      AND c.state NOT IN ('open', 'snoozed')
    RETURNING h.conversation_id
)
UPDATE inbox_conversation c SET due_at = NULL, due_what = '', changed_at = %(now)s FROM still
WHERE c.id = still.conversation_id AND c.due_at IS NOT NULL
"""
