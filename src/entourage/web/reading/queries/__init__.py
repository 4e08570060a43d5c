"""What pages read of the reading room: readings, corrections, how exact the brand's reader is."""

from entourage.web.reading.queries.gathered import (
    PAGE,
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
from entourage.web.reading.queries.pictures import finding_weeks, talk_by_week
from entourage.web.reading.queries.search import LONGEST, Hit, exact, fresh_search, hits, indexing, matching
from entourage.web.reading.queries.signs import SIGN_CHOICES, SIGNS, readings_of
from entourage.web.reading.queries.teaching import Lessons, labels_of, lessons, newest_label, outdated
from entourage.web.reading.queries.territory import (
    Talk,
    about_from,
    all_talk,
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
    "PAGE",
    "SIGNS",
    "SIGN_CHOICES",
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
    "all_talk",
    "brief",
    "by_ring",
    "by_week",
    "closest_talk",
    "cues",
    "exact",
    "find",
    "finding_weeks",
    "findings_of",
    "fresh_search",
    "hits",
    "indexing",
    "labels_of",
    "language_name",
    "lessons",
    "listing",
    "matching",
    "newest_label",
    "outdated",
    "pieces",
    "readings_of",
    "said_in",
    "talk_by_week",
    "talk_of",
    "territory_of",
    "told_of",
    "topic_weeks",
    "topics_of",
]
