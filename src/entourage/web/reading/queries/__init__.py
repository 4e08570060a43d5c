"""What pages read of the reading room: readings, corrections, how exact the brand's reader is."""

from entourage.web.reading.queries.languages import LANGUAGES, language_name
from entourage.web.reading.queries.messages import Filters, Listing, find, listing
from entourage.web.reading.queries.signs import readings_of, signs_of
from entourage.web.reading.queries.teaching import Lessons, labels_of, lessons, newest_label, outdated
from entourage.web.reading.queries.words import Cue, Piece, brief, cues, pieces

__all__ = [
    "LANGUAGES",
    "Cue",
    "Filters",
    "Lessons",
    "Listing",
    "Piece",
    "brief",
    "cues",
    "find",
    "labels_of",
    "language_name",
    "lessons",
    "listing",
    "newest_label",
    "outdated",
    "pieces",
    "readings_of",
    "signs_of",
]
