"""What is read here: crises and what was behind them, whom to answer first, what came of them, the pictures."""

from entourage.web.crisis.queries.aftermath import SINCE_DAYS, figures, overdue
from entourage.web.crisis.queries.behind import (
    Behind,
    Load,
    behind,
    counted_in,
    load,
    pressing,
    same_words,
)
from entourage.web.crisis.queries.counting import moment
from entourage.web.crisis.queries.crises import crises, crisis_or_404, group_or_404, open_crisis, running, watch
from entourage.web.crisis.queries.pictures import pictures

__all__ = [
    "SINCE_DAYS",
    "Behind",
    "Load",
    "behind",
    "counted_in",
    "crises",
    "crisis_or_404",
    "figures",
    "group_or_404",
    "load",
    "moment",
    "open_crisis",
    "overdue",
    "pictures",
    "pressing",
    "running",
    "same_words",
    "watch",
]
