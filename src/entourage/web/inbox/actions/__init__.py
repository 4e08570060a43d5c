"""What is done with conversations: threading them, claiming, answering, sorting."""

from entourage.web.inbox.actions.claiming import (
    CLAIM,
    PRESENT,
    Collision,
    assign,
    claim,
    hand_over,
    leave,
    mark_seen,
    release,
    tidy_up,
)
from entourage.web.inbox.actions.threading import age, tell, thread

__all__ = [
    "CLAIM",
    "PRESENT",
    "Collision",
    "age",
    "assign",
    "claim",
    "hand_over",
    "leave",
    "mark_seen",
    "release",
    "tell",
    "thread",
    "tidy_up",
]
