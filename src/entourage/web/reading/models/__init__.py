"""What was read in people's messages, what members corrected, and what the brand's reader learned from it."""

from entourage.web.reading.models.readings import DEPARTMENTS, Department, Intent, Lesson, Reading, Sign
from entourage.web.reading.models.teaching import About, Label, Teaching, TeachingState

__all__ = [
    "DEPARTMENTS",
    "About",
    "Department",
    "Intent",
    "Label",
    "Lesson",
    "Reading",
    "Sign",
    "Teaching",
    "TeachingState",
]
