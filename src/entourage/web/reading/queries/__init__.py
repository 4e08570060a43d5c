"""What pages read of the reading room: readings, corrections, how exact the brand's reader is."""

from entourage.web.reading.queries.gathered import (
    Asked,
    Told,
    findings_of,
    said_in,
    told_of,
    topic_weeks,
    topics_of,
)
from entourage.web.reading.queries.languages import LANGUAGES, language_name
from entourage.web.reading.queries.messages import Filters, Listing, find, listing
from entourage.web.reading.queries.search import LONGEST, Hit, exact, hits, latest_search, matching
from entourage.web.reading.queries.signs import readings_of, signs_of
from entourage.web.reading.queries.teaching import Lessons, labels_of, lessons, newest_label, outdated
from entourage.web.reading.queries.territory import (
    Talk,
    about_from,
    by_ring,
    by_week,
    closest_talk,
    talk_of,
    territory_of,
)
from entourage.web.reading.queries.words import Cue, Piece, brief, cues, pieces

__all__ = [
    "LANGUAGES",
    "LONGEST",
    "Asked",
    "Cue",
    "Filters",
    "Hit",
    "Lessons",
    "Listing",
    "Piece",
    "Talk",
    "Told",
    "about_from",
    "brief",
    "by_ring",
    "by_week",
    "closest_talk",
    "cues",
    "exact",
    "find",
    "findings_of",
    "hits",
    "labels_of",
    "language_name",
    "latest_search",
    "lessons",
    "listing",
    "matching",
    "newest_label",
    "outdated",
    "pieces",
    "readings_of",
    "said_in",
    "signs_of",
    "talk_of",
    "territory_of",
    "told_of",
    "topic_weeks",
    "topics_of",
]
