"""From messages to the engine and back: reading what is new, teaching, indexing, gathering, searching."""

from entourage.web.reading.bridge.grouping import gather
from entourage.web.reading.bridge.indexing import TURN, index
from entourage.web.reading.bridge.readers import reader_of, taught_of
from entourage.web.reading.bridge.running import read_again, read_new
from entourage.web.reading.bridge.searching import Found, answer, search
from entourage.web.reading.bridge.teaching import teach

__all__ = [
    "TURN",
    "Found",
    "answer",
    "gather",
    "index",
    "read_again",
    "read_new",
    "reader_of",
    "search",
    "taught_of",
    "teach",
]
