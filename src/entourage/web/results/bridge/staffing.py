"""When people write and when they are answered, ours and the competitors', as the audit stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc
from django.db import connection

from entourage.engine.log import DAY_US
from entourage.engine.proof.intervals import share
from entourage.engine.service.staffing import FEWEST, staffing
from entourage.web.results.bridge.service import MOST_COMPETITORS, interval
from entourage.web.service.bridge.hours import hours_of
from entourage.web.service.queries import desks

if TYPE_CHECKING:
    import pyarrow as pa

    from entourage.engine.service.staffing import Staffing
    from entourage.web.core.models import Brand
    from entourage.web.results.models import Audit

Figures = dict[str, Any]


def staffed(audit: Audit, brand: Brand, talks: pa.Table) -> Figures:
    """All figures of the section: ours, the most talked-to competitors', and what came outside of hours of service."""
    ours = talks.filter(pc.equal(talks["page"], ""))
    return {
        "ours": told(_of(ours)) if ours.num_rows else None,
        "competitors": _competitors(talks),
        "outside": _outside(audit, brand),
    }


def told(found: Staffing) -> Figures:
    """As stored."""
    return {
        "verdict": found.verdict(),
        "asked": list(found.asked),
        "answered": list(found.answered),
        "gaps": [
            {"days": list(gap.days), "first": gap.first, "last": gap.last, "asked": gap.asked, "answered": gap.answered}
            for gap in found.gaps
        ],
        "alone": interval(found.alone),
        "then": interval(found.then),
    }


def _of(talks: pa.Table) -> Staffing:
    answered = pc.drop_null(talks["answer_hour"]).to_numpy()
    return staffing(talks["hour"].to_numpy(), answered, weeks=talks["asked_us"].to_numpy() // (7 * DAY_US))


def _competitors(talks: pa.Table) -> list[Figures]:
    """The most talked-to pages first, as far as they hold enough to say anything."""
    counts = pc.value_counts(talks["page"]).to_pylist()
    enough = [one for one in counts if one["values"] and one["counts"] >= FEWEST]
    most = sorted(enough, key=lambda one: (-one["counts"], one["values"]))[:MOST_COMPETITORS]
    return [{"page": one["values"], **told(_of(talks.filter(pc.equal(talks["page"], one["values"]))))} for one in most]


def _outside(audit: Audit, brand: Brand) -> Figures | None:
    """How much was asked of us while no department was open, each row marked; none where none has hours."""
    keys = [desk.key for desk in desks(brand) if desk.week]
    if not keys:
        return None
    rows, asked = _asked(audit)
    every = hours_of(brand)
    closed = np.ones(len(asked), bool)
    for key in keys:
        closed &= every[key].open_between_us(asked, asked + 1) == 0
    _mark(audit, rows[closed].tolist())
    return {"asked": int(closed.sum()), "of": len(asked), "share": interval(share(int(closed.sum()), len(asked)))}


def _asked(audit: Audit) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The rows of our conversations, and the microsecond of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, (extract(epoch FROM asked_at) * 1000000)::bigint FROM results_auditedconversation"
            " WHERE audit_id = %s AND page = ''",
            [audit.pk],
        )
        found = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _mark(audit: Audit, outside: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE results_auditedconversation r SET outside = o.id IS NOT NULL"
            " FROM results_auditedconversation one LEFT JOIN unnest(%s::bigint[]) o(id) ON o.id = one.id"
            " WHERE one.audit_id = %s AND one.page = '' AND r.id = one.id",
            [outside, audit.pk],
        )
