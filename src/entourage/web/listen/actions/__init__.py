"""What is written here: activities taken in, accounts marked, imports begun."""

from entourage.web.listen.actions.preparing import Named
from entourage.web.listen.actions.taking import Taken, intake_lock, take_in

__all__ = ["Named", "Taken", "intake_lock", "take_in"]
