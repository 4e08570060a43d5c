"""What is read here: what may be sent and how, what presses on whom, and the rows of the outbox."""

from entourage.web.outbox.queries.kept import TABLE, sent_to
from entourage.web.outbox.queries.known import NEEDS, Known, by_hand, connection_for, known, stopped, stuck
from entourage.web.outbox.queries.lengths import graphemes, measured
from entourage.web.outbox.queries.pressure import Room, held_out, pressure_of, pressure_on, waiting_since

__all__ = [
    "NEEDS",
    "TABLE",
    "Known",
    "Room",
    "by_hand",
    "connection_for",
    "graphemes",
    "held_out",
    "known",
    "measured",
    "pressure_of",
    "pressure_on",
    "sent_to",
    "stopped",
    "stuck",
    "waiting_since",
]
