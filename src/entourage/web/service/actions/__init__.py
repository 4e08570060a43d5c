"""What members do with the service, and what it does by itself: routing, assigning, escalating."""

from entourage.web.service.actions.assigning import assign
from entourage.web.service.actions.departments import (
    be_away,
    remove_desk,
    remove_holiday,
    remove_seat,
    save_desk,
    save_holiday,
    save_seat,
)
from entourage.web.service.actions.escalating import escalate
from entourage.web.service.actions.holding import hold_again
from entourage.web.service.actions.promises import ask_report, remove_target, save_target
from entourage.web.service.actions.routing import route
from entourage.web.service.actions.rules import move_rule, remove_rule, save_rule

__all__ = [
    "ask_report",
    "assign",
    "be_away",
    "escalate",
    "hold_again",
    "move_rule",
    "remove_desk",
    "remove_holiday",
    "remove_rule",
    "remove_seat",
    "remove_target",
    "route",
    "save_desk",
    "save_holiday",
    "save_rule",
    "save_seat",
    "save_target",
]
