"""What is written here: rows that leave the house, and what members decide about them."""

from entourage.web.outbox.actions.blocked import Blocked
from entourage.web.outbox.actions.deciding import also_told, approve, sent_by_hand, try_again, withdraw
from entourage.web.outbox.actions.queueing import File, queue
from entourage.web.outbox.actions.rules import change_pressure, list_taken
from entourage.web.outbox.actions.starting import defer

__all__ = [
    "Blocked",
    "File",
    "also_told",
    "approve",
    "change_pressure",
    "defer",
    "list_taken",
    "queue",
    "sent_by_hand",
    "try_again",
    "withdraw",
]
