"""What pages read of the people room: standings, lists, one person, how far to trust a prediction."""

from entourage.web.people.queries.standings import (
    HORIZONS,
    PERIODS,
    UNIT_SPANS,
    came_back,
    closest,
    drifting,
    gone_quiet,
    latest_scoring,
    people_of,
    thresholds,
    unanswered_regulars,
)

__all__ = [
    "HORIZONS",
    "PERIODS",
    "UNIT_SPANS",
    "came_back",
    "closest",
    "drifting",
    "gone_quiet",
    "latest_scoring",
    "people_of",
    "thresholds",
    "unanswered_regulars",
]
