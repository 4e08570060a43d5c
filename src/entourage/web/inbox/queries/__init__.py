"""What pages read of the inbox: its list, a conversation, and what stands around both."""

from entourage.web.inbox.queries.kept import (
    VARIABLES,
    Changed,
    Count,
    changed_since,
    counts,
    labels,
    macro_named,
    macros,
    networks,
    views,
)
from entourage.web.inbox.queries.listing import Filters, Listing, ever, introduce, is_there, listed, shown
from entourage.web.inbox.queries.naming import also_departments, departments
from entourage.web.inbox.queries.searching import found
from entourage.web.inbox.queries.threads import (
    PRESENT,
    Item,
    Thread,
    Written,
    conversation_of,
    draft_of,
    others_of,
    present,
    seen_of,
    thread_of,
    written,
)
from entourage.web.inbox.queries.told import TABLES, kept_about

__all__ = [
    "PRESENT",
    "TABLES",
    "VARIABLES",
    "Changed",
    "Count",
    "Filters",
    "Item",
    "Listing",
    "Thread",
    "Written",
    "also_departments",
    "changed_since",
    "conversation_of",
    "counts",
    "departments",
    "draft_of",
    "ever",
    "found",
    "introduce",
    "is_there",
    "kept_about",
    "labels",
    "listed",
    "macro_named",
    "macros",
    "networks",
    "others_of",
    "present",
    "seen_of",
    "shown",
    "thread_of",
    "views",
    "written",
]
