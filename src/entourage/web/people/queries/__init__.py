"""What pages read of the people room: standings, lists, one person, how far to trust a prediction."""

from entourage.web.people.queries.files import people_rows
from entourage.web.people.queries.listing import (
    MOVEMENTS,
    NAMES,
    RINGS,
    Filters,
    Listing,
    everybody,
    listing,
)
from entourage.web.people.queries.persons import objections, person_or_404, segment_or_404, segments
from entourage.web.people.queries.pictures import Trial, timeline, trial
from entourage.web.people.queries.rings import Band, rings
from entourage.web.people.queries.standings import (
    HORIZONS,
    PERIODS,
    UNIT_SPANS,
    angry_regulars,
    came_back,
    closest,
    drifting,
    gone_quiet,
    horizon_of,
    latest_scoring,
    people_of,
    standing_in_words,
    thresholds,
    unanswered_regulars,
)
from entourage.web.people.queries.story import Cell, Said, Story, find_person, said, story, told_accounts
from entourage.web.people.queries.takeout import FORMATS, TABLES, takeout
from entourage.web.people.queries.trust import rule_name, trust_sentence, units, verdict_sentence

__all__ = [
    "FORMATS",
    "HORIZONS",
    "MOVEMENTS",
    "NAMES",
    "PERIODS",
    "RINGS",
    "TABLES",
    "UNIT_SPANS",
    "Band",
    "Cell",
    "Filters",
    "Listing",
    "Said",
    "Story",
    "Trial",
    "angry_regulars",
    "came_back",
    "closest",
    "drifting",
    "everybody",
    "find_person",
    "gone_quiet",
    "horizon_of",
    "latest_scoring",
    "listing",
    "objections",
    "people_of",
    "people_rows",
    "person_or_404",
    "rings",
    "rule_name",
    "said",
    "segment_or_404",
    "segments",
    "standing_in_words",
    "story",
    "takeout",
    "thresholds",
    "timeline",
    "told_accounts",
    "trial",
    "trust_sentence",
    "unanswered_regulars",
    "units",
    "verdict_sentence",
]
