"""Who is for the brand and who against it: the signs of their messages, and what these make of their standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from django.db import connection

from entourage.engine.ties.histories import places
from entourage.engine.ties.misread import believed
from entourage.engine.ties.warmth import NAMES, TEMPERS, UNKNOWN, named_standing, warmth, warmth_facts
from entourage.web.people.bridge.log import database
from entourage.web.people.queries.tempers import PURPOSES

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand

# Messages that are no engagement with the brand (a word to a competitor, a post to nobody in particular) tell nothing
# about it, and help tells how somebody speaks to another customer. These are few, so readings pass them by instead of
# being joined with all activities.
_JUDGED = """
WITH own AS MATERIALIZED (
    SELECT id FROM listen_account WHERE brand_id = {brand} AND role = 'own'
), elsewhere AS MATERIALIZED (
    SELECT told.id FROM listen_activity told
    WHERE told.brand_id = {brand} AND told.text <> '' AND told.account_id NOT IN (SELECT id FROM own)
      AND (told.act IN ('post', 'help') OR told.toward_id IS NOT NULL AND told.toward_id NOT IN (SELECT id FROM own))
), said AS (
    SELECT account_id, count(*) FILTER (WHERE sign = 1) AS positive, count(*) FILTER (WHERE sign = 0) AS neutral,
           count(*) FILTER (WHERE sign = -1) AS negative
    FROM reading_reading read
    WHERE brand_id = {brand} AND sign IS NOT NULL AND at < '{at}' AND intent NOT IN ({purposes})
      AND NOT EXISTS (SELECT FROM elsewhere WHERE elsewhere.id = read.id)
    GROUP BY account_id
)
SELECT person.id AS person, said.positive, said.neutral, said.negative
FROM said
JOIN listen_account account ON account.id = said.account_id AND account.role = 'public'
JOIN people_person person ON person.id = account.person_id AND person.kind = 'public' AND person.left_alone_at IS NULL
"""

# What the reader itself believes of its judgements; what a member said is certain.
_BELIEVED = """
SELECT sign, count(*), avg(positive) / 1000, avg(neutral) / 1000, avg(negative) / 1000 FROM reading_reading
WHERE brand_id = %(brand)s AND sign IS NOT NULL AND at < %(at)s AND NOT corrected GROUP BY sign
"""


def judged(brand: Brand, at: datetime) -> pa.Table:
    """Count the judged messages of everybody around a brand before a moment.

    Returns
    -------
    pyarrow table, a row an account : ``person``, ``positive``, ``neutral``, ``negative`` (int64)
    """
    with database() as arrow, arrow.cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'")
        purposes = ", ".join(f"'{intent}'" for intent in PURPOSES)
        cursor.execute(_JUDGED.format(brand=int(brand.pk), at=at.isoformat(), purposes=purposes))
        return cursor.fetch_arrow_table()


def confusion(brand: Brand, at: datetime) -> Any:
    """How the reader errs with this brand's messages, by its own calibrated probabilities; None before any was read."""
    with connection.cursor() as cursor:
        cursor.execute(_BELIEVED, {"brand": brand.pk, "at": at})
        found = {sign: (int(messages), [float(one) for one in means]) for sign, messages, *means in cursor.fetchall()}
    if not found:
        return None
    rows = [found.get(sign, (0, [0.0, 0.0, 0.0])) for sign in (1, 0, -1)]
    return believed([means for _, means in rows], [messages for messages, _ in rows])


def with_tempers(standings: pa.Table, counted: pa.Table, *, confusion: Any = None) -> tuple[pa.Table, dict[str, Any]]:
    """The standings with warmth and a name each, and what was found of the crowd.

    Parameters
    ----------
    standings : table, P rows ordered by ``person``, with ``ring``
    counted : as ``judged`` returns it
    confusion : as ``confusion`` returns it
    """
    told = warmth(counted, confusion=confusion)
    place = places(told["person"].to_numpy(), standings["person"].to_numpy())
    columns = _columns(told, place)
    judged_messages = np.asarray(columns["judged"])
    temper = np.asarray(pa.compute.index_in(columns["temper"], pa.array(TEMPERS)))
    names = named_standing(standings["ring"].to_numpy(), temper, judged=judged_messages)
    columns["name"] = pa.array(NAMES).take(pa.array(names))
    return pa.table({**dict(zip(standings.column_names, standings.columns, strict=True)), **columns}), warmth_facts(
        told
    )


def _columns(told: pa.Table, place: np.ndarray) -> dict[str, pa.Array]:
    """Warmth in the order of the standings; who said nothing that was judged has no number."""
    rows = pa.array(place, mask=place < 0)
    names = {"warmth": "warmth", "warmth_low": "low", "warmth_high": "high"}
    found = {name: told[column].take(rows) for name, column in names.items()}
    counts = {name: told[name].take(rows).fill_null(0).cast(pa.int32()) for name in ("judged", "positive", "negative")}
    return {**found, **counts, "temper": told["temper"].take(rows).fill_null(TEMPERS[UNKNOWN])}
