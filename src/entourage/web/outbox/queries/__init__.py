"""What is read here: what may be sent and how, what presses on whom, and the rows of the outbox."""

from entourage.web.outbox.queries.answered import answered, answered_since
from entourage.web.outbox.queries.files import hand_rows
from entourage.web.outbox.queries.kept import TABLE, sent_to
from entourage.web.outbox.queries.known import (
    NEEDS,
    NOWHERE,
    Known,
    by_hand,
    connection_for,
    known,
    stopped,
    stuck,
    unreachable,
)
from entourage.web.outbox.queries.lengths import measured
from entourage.web.outbox.queries.listing import BOXES, Count, Line, Page, counts, listing
from entourage.web.outbox.queries.newer import NEWEST, Newer, also_heard, newer_than
from entourage.web.outbox.queries.pressure import (
    Pressed,
    Room,
    held_out,
    pressed,
    pressure_of,
    pressure_on,
    waiting_since,
)

__all__ = [
    "BOXES",
    "NEEDS",
    "NEWEST",
    "NOWHERE",
    "TABLE",
    "Count",
    "Known",
    "Line",
    "Newer",
    "Page",
    "Pressed",
    "Room",
    "also_heard",
    "answered",
    "answered_since",
    "by_hand",
    "connection_for",
    "counts",
    "hand_rows",
    "held_out",
    "known",
    "listing",
    "measured",
    "newer_than",
    "pressed",
    "pressure_of",
    "pressure_on",
    "sent_to",
    "stopped",
    "stuck",
    "unreachable",
    "waiting_since",
]
