"""What was read in people's messages, what members corrected, what the brand's reader learned, what messages mean."""

from entourage.web.reading.models.gathered import (
    Finding,
    FindingMessage,
    Progress,
    Topic,
    TopicMessage,
    TopicWeek,
)
from entourage.web.reading.models.meaning import (
    Indexing,
    Search,
    SearchState,
    Territory,
    Unindexed,
    Vector,
    Words,
)
from entourage.web.reading.models.readings import (
    DEPARTMENTS,
    MILLE,
    VEHEMENT,
    Department,
    Intent,
    Lesson,
    Reading,
    Sign,
)
from entourage.web.reading.models.teaching import About, Label, Teaching, TeachingState

__all__ = [
    "DEPARTMENTS",
    "MILLE",
    "VEHEMENT",
    "About",
    "Department",
    "Finding",
    "FindingMessage",
    "Indexing",
    "Intent",
    "Label",
    "Lesson",
    "Progress",
    "Reading",
    "Search",
    "SearchState",
    "Sign",
    "Teaching",
    "TeachingState",
    "Territory",
    "Topic",
    "TopicMessage",
    "TopicWeek",
    "Unindexed",
    "Vector",
    "Words",
]
