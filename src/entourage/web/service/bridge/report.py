"""How the promises of the last weeks were kept, stored with the rows behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from django.db import connection, transaction

from entourage.engine.errors import NotEnoughData
from entourage.engine.log import moment_us
from entourage.engine.service.deadlines import Attainment, Clock, Clocks, State, attainment, clocks, states
from entourage.engine.service.response import first_response, first_response_by
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.models import VEHEMENT
from entourage.web.service.bridge.clocks import Promises
from entourage.web.service.bridge.events import copied, events
from entourage.web.service.bridge.responses import frame, gather
from entourage.web.service.bridge.stretch import ENOUGH, stretches
from entourage.web.service.models import Promise, Report
from entourage.web.service.queries import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from entourage.engine.proof.intervals import Estimate
    from entourage.engine.service.response import Response
    from entourage.web.core.models import Brand

    Whole = NDArray[np.int64]

#: Conversations whose events are in memory at once.
TURN = 100_000

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The clocks of a stretch, by when each must end, where it stands, which target says so, and of what talk."""

    found: Clocks
    due: Whole
    told: Whole
    held: list[int | None]
    facts: dict[int, Facts]


@transaction.atomic
def make_report(report: Report, *, now: datetime) -> Report:
    """Count how the promises of the last weeks were kept; run twice, the second replaces the first.

    Raises
    ------
    NotEnoughData: nobody has asked this brand anything yet.
    """
    brand = report.brand
    report.at = horizon_end(brand, now=now)
    report.save()
    _gather(brand, report)
    talks = _talks(brand, report)
    if not talks.num_rows:
        raise NotEnoughData(
            f"A report on service needs at least one conversation of {brand.slug}. Got none; import messages and mark "
            f"your own account."
        )
    Promise.objects.of(brand).filter(report=report).delete()
    report.figures = _figures(brand, report, talks)
    report.finished_at = now
    report.save()
    # What is shown is the latest; its rows alone are kept.
    Report.objects.of(brand).exclude(pk=report.pk).filter(asked_at__lte=report.asked_at).delete()
    return report


def _gather(brand: Brand, report: Report) -> None:
    """Store the first responses of a quarter, or of half a year, a year, all, until there are enough."""
    assert report.at is not None  # noqa: S101 - the caller has just said it
    for starts_at in stretches(brand, until=report.at):
        report.starts_at = starts_at
        if gather(report) >= ENOUGH:
            break


def _talks(brand: Brand, report: Report) -> pa.Table:
    given = {"brand": brand.pk, "since": report.starts_at, "until": report.at, "vehement": VEHEMENT}
    return copied(_CHOSEN, given, _FACTS)


def _figures(brand: Brand, report: Report, talks: pa.Table) -> Figures:
    assert report.at is not None  # noqa: S101
    facts = {row[0]: Facts(*row[1:]) for row in zip(*(talks[name].to_pylist() for name in _FACTS), strict=True)}
    counted = _count(brand, facts, at=report.at)
    rows = _store(brand, report, counted)
    found, told, due = counted.found, counted.told, counted.due
    groups = {
        "department": np.array([facts[talk].department for talk in found.talk.tolist()]),
        "network": np.array([facts[talk].network for talk in found.talk.tolist()]),
    }
    asked = frame(report)
    return {
        "conversations": talks.num_rows,
        "rows": rows,
        "promises": _by_what(found, told, due, report.at),
        **{
            f"by_{name}": {
                str(one): _by_what(found, told, due, report.at, here=values == one) for one in np.unique(values)
            }
            for name, values in groups.items()
        },
        "response": _response(asked, report.at),
        "response_by_department": _response_by(asked, "department", report.at),
        "response_by_network": _response_by(asked, "network", report.at),
    }


def _count(brand: Brand, facts: dict[int, Facts], *, at: datetime) -> _Counted:
    found, promises = _clocks(list(facts), at=at), Promises(brand)
    due, held = promises.due(found, facts)
    return _Counted(found, due, states(found, due, at=at), [one.pk if one else None for one in held], facts)


def _clocks(ids: Sequence[int], *, at: datetime) -> Clocks:
    parts = []
    for start in range(0, len(ids), TURN):
        happened = events(ids[start : start + TURN])
        parts.append(clocks(*(happened[name].to_numpy() for name in ("talk", "at_us", "event")), at=at))
    return Clocks(*(np.concatenate([getattr(part, name) for part in parts]) for name in Clocks.__slots__))


def _by_what(found: Clocks, told: Whole, due: Whole, at: datetime, *, here: Any = True) -> Figures:
    chosen = {what: (found.what == what) & here for what in Clock}
    return {what.name.lower(): _attained(attainment(told[rows], due[rows], at=at)) for what, rows in chosen.items()}


def _attained(kept: Attainment) -> Figures:
    return {
        "met": kept.met, "missed": kept.missed, "share": _interval(kept.share), "early": kept.early,
        "running": kept.running, "cancelled": kept.cancelled, "unknown": kept.unknown,
    }  # fmt: skip


def _interval(one: Estimate) -> list[float | None]:
    return [one.value, one.low, one.high]


def _response(asked: pa.Table, at: datetime) -> Figures | None:
    return _told(first_response(asked, at=at)) if asked.num_rows else None


def _response_by(asked: pa.Table, by: str, at: datetime) -> Figures:
    return {name: _told(one) for name, one in first_response_by(asked, by, at=at).items()} if asked.num_rows else {}


def _told(response: Response) -> Figures:
    """In the words of the audit, which tells the same."""
    return {
        "conversations": response.conversations,
        "due": response.due,
        "answered": response.answered,
        "unanswered": response.unanswered,
        "unanswered_share": _interval(response.unanswered_share),
        "median_h": _interval(response.median_h),
        "p90_h": _interval(response.p90_h),
    }


def _store(brand: Brand, report: Report, counted: _Counted) -> int:
    """Write the rows of the report; how many. Streamed: a brand may have millions."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY service_staged FROM STDIN") as copy:
            for row in _lines(counted, at=report.at):
                copy.write_row(row)
        cursor.execute(_PUT, {"brand": brand.pk, "report": report.pk})
        stored = int(cursor.rowcount)
        # The page that follows reads these rows by their order: a planner that believes them to be none would sort.
        cursor.execute("ANALYZE service_promise")
        return stored


def _lines(counted: _Counted, *, at: datetime | None) -> Iterator[tuple[Any, ...]]:
    assert at is not None  # noqa: S101 - a report that counts has its moment
    now, found = moment_us(at), counted.found
    for talk, what, started, ended, due, state, target in zip(
        found.talk.tolist(), found.what.tolist(), found.started_us.tolist(), found.ended_us.tolist(),
        counted.due.tolist(), counted.told.tolist(), counted.held, strict=True,
    ):  # fmt: skip
        passed = state == State.MISSED or (state == State.MET and due <= now)
        facts = counted.facts[talk]
        yield (
            talk, Clock(what).name.lower(), started, ended if ended >= 0 else None, due if due >= 0 else None,
            State(state).name.lower(), passed, facts.department, facts.network, target,
        )  # fmt: skip


_FACTS = {
    "talk": pa.int64(), "department": pa.string(), "network": pa.string(), "standing": pa.string(),
    "vehement": pa.bool_(),
}  # fmt: skip
_CHOSEN = """
SELECT c.id AS talk, c.department, c.network, coalesce(s.name, 'unknown') AS standing,
       coalesce(c.vehemence, 0) >= %(vehement)s AS vehement
FROM inbox_conversation c LEFT JOIN people_standing s ON s.person_id = c.person_id
WHERE c.brand_id = %(brand)s AND c.asked_at >= %(since)s AND c.asked_at < %(until)s
ORDER BY c.id
"""
_STAGE = """
DROP TABLE IF EXISTS pg_temp.service_staged;
CREATE TEMP TABLE service_staged (
    talk bigint, what text, started bigint, ended bigint, due bigint, state text, counted boolean, department text,
    network text, target bigint
) ON COMMIT DROP
"""
_AT = "timestamptz 'epoch' + {0} * interval '1 microsecond'"
_PUT = f"""
INSERT INTO service_promise
    (brand_id, report_id, conversation_id, what, started_at, ended_at, due_at, state, counted, department, network,
     target_id)
SELECT %(brand)s, %(report)s, talk, what, {_AT.format("started")}, {_AT.format("ended")}, {_AT.format("due")}, state,
       counted, department, network, target
FROM service_staged
WHERE EXISTS (SELECT FROM inbox_conversation c WHERE c.id = talk)
ORDER BY started, talk, what
"""
