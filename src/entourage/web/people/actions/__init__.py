"""What is done about people: meeting them, marking them, leaving them alone, forgetting them."""

from entourage.web.people.actions.access import access, also_kept
from entourage.web.people.actions.erasure import Erasure, also_cleaned, also_forgetting, also_searched, erase
from entourage.web.people.actions.exports import brand_exported, list_exported
from entourage.web.people.actions.locking import standings_lock
from entourage.web.people.actions.marking import leave_alone, mark_kind, take_back
from entourage.web.people.actions.meeting import greet, meet
from entourage.web.people.actions.naming import also_named, naming, without_names
from entourage.web.people.actions.segments import remove_segment, save_segment

__all__ = [
    "Erasure",
    "access",
    "also_cleaned",
    "also_forgetting",
    "also_kept",
    "also_named",
    "also_searched",
    "brand_exported",
    "erase",
    "greet",
    "leave_alone",
    "list_exported",
    "mark_kind",
    "meet",
    "naming",
    "remove_segment",
    "save_segment",
    "standings_lock",
    "take_back",
    "without_names",
]
