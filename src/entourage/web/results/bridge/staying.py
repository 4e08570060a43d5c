"""Who stayed after each operation: SQL prepares the acts, the engine judges."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection, transaction

from entourage.engine.log import MEANINGFUL
from entourage.engine.operations.audit import DORMANT_DAYS, Cohort, who_stayed
from entourage.web.operations.queries import marked, operations_of, taking_part
from entourage.web.results.bridge.service import interval

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.operations.models import Operation

#: The days at which the curve of who is still here is drawn, once every three days for half a year.
DAYS = tuple(range(0, 181, 3))

Figures = dict[str, Any]


def staying(brand: Brand, *, at: datetime) -> list[Figures]:
    """Each operation that began before ``at``, the latest first, with who stayed and who came by themselves."""
    operations = operations_of(brand)
    return [_one(brand, operation, operations, at) for operation in operations if operation.starts_at < at]


def _one(brand: Brand, operation: Operation, operations: list[Operation], at: datetime) -> Figures:
    acts = _acts(brand, operation, [o for o in operations if o.pk != operation.pk], at)
    stayed = who_stayed(acts, starts=operation.starts_at, ends=operation.ends_at, at=at)
    return {
        "operation": operation.pk,
        "state": stayed.state,
        "judged_day": stayed.judged_day,
        "entrants": stayed.entrants,
        "recruits": _cohort(stayed.recruits),
        "organic": _cohort(stayed.organic),
        "gap": interval(stayed.gap),
        "label": stayed.label,
        "short_history": _short_history(brand, operation),
    }


def _cohort(cohort: Cohort) -> Figures:
    return {
        "people": cohort.people,
        "kept": cohort.kept,
        "kept_share": interval(cohort.kept_share),
        "here": interval(cohort.here),
        "curve": _curve(cohort),
        "kept_ids": list(cohort.kept_ids),
    }


def _curve(cohort: Cohort) -> list[list[float]]:
    """Share still around on each of the days: day, share, low, high."""
    if cohort.curve is None:
        return []
    points = ((day, cohort.curve.at(day)) for day in DAYS)
    return [
        [day, one.value, one.low, one.high]
        for day, one in points
        if one.value is not None and one.low is not None and one.high is not None
    ]


def _acts(brand: Brand, operation: Operation, others: list[Operation], at: datetime) -> pa.Table:
    """All acts since ninety days before the operation of whoever acted within its dates."""
    this, given_this = taking_part(operation)
    other, given_other = marked(others)
    acts = list(MEANINGFUL)
    since = operation.starts_at - timedelta(days=DORMANT_DAYS)
    rows = bytearray()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COHORT, [brand.pk, brand.pk, operation.starts_at, operation.ends_at, acts])
        with cursor.copy(_ACTS.format(this=this, other=other), [*given_this, *given_other, since, at, acts]) as copy:
            for chunk in copy:
                rows += chunk
    types = {"person": pa.int64(), "at_us": pa.int64(), "mark": pa.int64()}
    return pa_csv.read_csv(pa.BufferReader(bytes(rows)), convert_options=pa_csv.ConvertOptions(column_types=types))


def _short_history(brand: Brand, operation: Operation) -> bool:
    """Whether the log begins less than ninety days before: then nobody can be told to be new for sure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at) FROM listen_activity WHERE brand_id = %s AND act <> ''", [brand.pk])
        (first,) = cursor.fetchone()
    return bool(first is None or first > operation.starts_at - timedelta(days=DORMANT_DAYS))


# The accounts of whoever acted within the dates; a table of its own, because the planner cannot guess how few they are.
_COHORT = """
DROP TABLE IF EXISTS audit_cohort;
CREATE TEMP TABLE audit_cohort ON COMMIT DROP AS
SELECT c.id AS account, c.person_id AS person
FROM listen_account c LEFT JOIN people_person e ON e.id = c.person_id
WHERE c.brand_id = %s AND c.role = 'public' AND c.told_kind <> 'bot'
  AND coalesce(e.kind, 'public') = 'public' AND e.left_alone_at IS NULL
  AND c.person_id IN (
    SELECT i.person_id FROM listen_activity w JOIN listen_account i ON i.id = w.account_id
    WHERE w.brand_id = %s AND w.at BETWEEN %s AND %s AND w.act = ANY(%s) AND w.deleted_at IS NULL);
CREATE INDEX ON audit_cohort (account); ANALYZE audit_cohort
"""

_ACTS = """
COPY (
    SELECT k.person, (extract(epoch FROM a.at) * 1000000)::bigint AS at_us,
           CASE WHEN {this} THEN 1 WHEN {other} THEN 2 ELSE 0 END AS mark
    FROM audit_cohort k
    JOIN listen_activity a ON a.account_id = k.account
    LEFT JOIN listen_account t ON t.id = a.toward_id
    WHERE a.at >= %s AND a.at < %s AND a.act = ANY(%s) AND a.deleted_at IS NULL
      AND (a.toward_id IS NULL OR t.role = 'own')
) TO STDOUT (FORMAT csv, HEADER)
"""
