"""What the service is asked: departments, people, promises, rules, and how promises were kept."""

from entourage.web.service.queries.departments import called, desk_of, desks, holidays, names, seats
from entourage.web.service.queries.matching import (
    NEWEST,
    DryRun,
    Found,
    asking,
    dry_run,
    fitting,
    rules,
    which_of,
)
from entourage.web.service.queries.promises import Facts, chosen, reason, targets
from entourage.web.service.queries.report import Filters, latest_report, rows, summary, waiting_report
from entourage.web.service.queries.responses import Waits, also_left_out, left_out, waits

__all__ = [
    "NEWEST",
    "DryRun",
    "Facts",
    "Filters",
    "Found",
    "Waits",
    "also_left_out",
    "asking",
    "called",
    "chosen",
    "desk_of",
    "desks",
    "dry_run",
    "fitting",
    "holidays",
    "latest_report",
    "left_out",
    "names",
    "reason",
    "rows",
    "rules",
    "seats",
    "summary",
    "targets",
    "waiting_report",
    "waits",
    "which_of",
]
