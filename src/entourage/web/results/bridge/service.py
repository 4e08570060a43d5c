"""Is the page deserted? The figures of service, ours and the competitors', as the audit stores them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from entourage.engine.errors import NotEnoughData
from entourage.engine.service.response import Response, against, first_response, first_response_by
from entourage.engine.service.silences import silences

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from entourage.engine.proof.intervals import Estimate

#: The hours at which the curve of answers is drawn: fine where people notice, coarse where they have given up.
HOURS = (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 30, 36, 48, 60, 72, 96, 120, 144, 168)
#: A page of a handful of conversations says nothing about a competitor.
FEWEST_OF_A_COMPETITOR = 10
#: More competitors than this make a list, not a comparison; the others are counted.
MOST_COMPETITORS = 8

Figures = dict[str, Any]


def service(talks: pa.Table, *, since: datetime, at: datetime) -> Figures:
    """All figures of the service section; ``ours`` is None where nobody asked us anything."""
    ours = talks.filter(pc.equal(talks["page"], ""))
    others = talks.filter(pc.not_equal(talks["page"], ""))
    if not ours.num_rows:
        return {
            "ours": None,
            "competitors": _competitors(others, None, at),
            "silences": [],
            "hours": [],
            "networks": [],
        }
    response = first_response(ours, at=at)
    only_answered = _only_answered(talks, at)
    return {
        "ours": told(response, curve=True),
        "verdict": "only_answered" if only_answered else response.verdict(),
        "networks": [{"network": name, **told(one)} for name, one in first_response_by(ours, "network", at=at).items()],
        "acts": [{"act": name, **told(one)} for name, one in first_response_by(ours, "act", at=at).items()],
        "hours": _hours(ours, at),
        "competitors": _competitors(others, response, at),
        "silences": _silences(ours, since, at),
        "timing": _timing(ours),
        "only_answered": only_answered,
    }


def interval(one: Estimate) -> list[float | None]:
    """An estimate as stored: value, low, high."""
    return [one.value, one.low, one.high]


def told(response: Response, *, curve: bool = False) -> Figures:
    """A response as stored."""
    figures: Figures = {
        "conversations": response.conversations,
        "due": response.due,
        "answered": response.answered,
        "unanswered": response.unanswered,
        "moment_unknown": response.moment_unknown,
        "unanswered_share": interval(response.unanswered_share),
        "median_h": interval(response.median_h),
        "p90_h": interval(response.p90_h),
        "median_80_h": interval(response.median_80_h),
        "p90_80_h": interval(response.p90_80_h),
        "answered_only_median_h": response.answered_only_median_h,
    }
    if curve:
        figures["curve"] = _curve(response)
    return figures


def _curve(response: Response) -> list[list[float]]:
    """Share answered within each of the hours, with its band: hour, share, low, high."""
    points = ((hour, response.curve.at(hour)) for hour in HOURS)
    return [
        [hour, 1 - one.value, 1 - one.high, 1 - one.low]
        for hour, one in points
        if one.value is not None and one.low is not None and one.high is not None
    ]


def _hours(ours: pa.Table, at: datetime) -> list[Figures]:
    """Asked and unanswered in each hour of the week in which somebody asked."""
    by_hour = first_response_by(ours, "hour", at=at)
    return [{"hour": hour, "asked": one.due, "unanswered": one.unanswered} for hour, one in by_hour.items() if one.due]


def _competitors(others: pa.Table, ours: Response | None, at: datetime) -> list[Figures]:
    """The most talked-to pages first; each with our unanswered share minus theirs."""
    try:
        pages = first_response_by(others, "page", at=at)
    except NotEnoughData:
        return []
    most = sorted(pages.items(), key=lambda page: -page[1].conversations)[:MOST_COMPETITORS]
    return [
        {"page": page, **told(theirs, curve=True), "gap": interval(against(ours, theirs)) if ours else [None] * 3}
        for page, theirs in most
        if theirs.conversations >= FEWEST_OF_A_COMPETITOR
    ]


def _silences(ours: pa.Table, since: datetime, at: datetime) -> list[Figures]:
    answered = pc.fill_null(ours["answered_us"], -1).to_numpy()
    found = silences(ours["asked_us"].to_numpy(), answered, since=since, at=at)
    return [
        {"starts_us": one.starts_us, "ends_us": one.ends_us, "asked": one.asked, "ongoing": one.ongoing}
        for one in found
    ]


def _timing(ours: pa.Table) -> dict[str, int]:
    """How many answers have an exact, a derived and an unknown moment."""
    values, counts = np.unique(ours["timing"].to_numpy(zero_copy_only=False).astype(str), return_counts=True)
    return {value: int(count) for value, count in zip(values.tolist(), counts.tolist(), strict=True) if value}


def _only_answered(talks: pa.Table, at: datetime) -> bool:
    """Whether no page left anybody waiting: then the file holds answered conversations only, not all of them."""
    whole = first_response(talks, at=at)
    return whole.unanswered == 0 and len(pc.unique(talks["page"])) > 1
