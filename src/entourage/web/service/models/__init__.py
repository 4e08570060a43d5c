"""Departments, hours, people, promises, rules, and how promises were kept."""

from entourage.web.service.models.desks import Desk, Holiday, Seat
from entourage.web.service.models.promises import FirstResponse, Kept, Promise, Report, Target, What
from entourage.web.service.models.routing import Handling, Rule

__all__ = [
    "Desk",
    "FirstResponse",
    "Handling",
    "Holiday",
    "Kept",
    "Promise",
    "Report",
    "Rule",
    "Seat",
    "Target",
    "What",
]
