"""What is read here: a member's day, whom to thank, how far we came with critics, what was promised."""

from entourage.web.today.queries.candidates import open_pledges
from entourage.web.today.queries.critics import RUNGS, Critic, Ladder, Rung, ladder
from entourage.web.today.queries.day import Day, Item, today, urgency
from entourage.web.today.queries.errands import Errand, also_today
from entourage.web.today.queries.kept import pledges, promised_to
from entourage.web.today.queries.planning import Job, Plan, plan
from entourage.web.today.queries.thanks import Deserving, Thankworthy, thankworthy

__all__ = [
    "RUNGS",
    "Critic",
    "Day",
    "Deserving",
    "Errand",
    "Item",
    "Job",
    "Ladder",
    "Plan",
    "Rung",
    "Thankworthy",
    "also_today",
    "ladder",
    "open_pledges",
    "plan",
    "pledges",
    "promised_to",
    "thankworthy",
    "today",
    "urgency",
]
