"""What pages read of the people room: standings, lists, one person, how far to trust a prediction."""

from entourage.web.people.queries.listing import Filters, Listing, everybody, listing
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
from entourage.web.people.queries.story import Cell, Said, Story, find_person, said, story, told_accounts
from entourage.web.people.queries.takeout import FORMATS, TABLES, takeout
from entourage.web.people.queries.trust import rule_name, trust_sentence, units, verdict_sentence

__all__ = [
    "FORMATS",
    "HORIZONS",
    "PERIODS",
    "TABLES",
    "UNIT_SPANS",
    "Cell",
    "Filters",
    "Listing",
    "Said",
    "Story",
    "came_back",
    "closest",
    "drifting",
    "everybody",
    "find_person",
    "gone_quiet",
    "latest_scoring",
    "listing",
    "people_of",
    "rule_name",
    "said",
    "story",
    "takeout",
    "thresholds",
    "told_accounts",
    "trust_sentence",
    "unanswered_regulars",
    "units",
    "verdict_sentence",
]
