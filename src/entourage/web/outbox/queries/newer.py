"""What they have written since an answer was that waits for a yes: whoever says it has read that first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from entourage.web.outbox.models import Outgoing, Sending

#: Of what they have written since, so many messages are shown; the others are a link away.
NEWEST = 20


@dataclass(frozen=True, slots=True)
class Newer:
    """What they have written since: the newest messages, the oldest of these first."""

    messages: tuple[UUID, ...]
    #: All of it in one word: who approves says it back, and who has not seen all of it is told so.
    seen: UUID
    #: Whether there are more than those.
    more: bool


#: Rooms above that know conversations: by row, what was written in its conversation since, where anything was.
Heard = Callable[[Sequence[Outgoing]], dict[UUID, Newer]]
_HEARD: list[Heard] = []


def also_heard(room: Heard) -> None:
    """Have a room above say what they have written since; said once, when it is loaded."""
    _HEARD.append(room)


def newer_than(rows: Sequence[Outgoing]) -> dict[UUID, Newer]:
    """By row, what they have written since it was, of those that wait for a yes; one query, none where none waits."""
    held = [row for row in rows if row.state == Sending.HELD and row.conversation_id is not None]
    told: dict[UUID, Newer] = {}
    for room in _HEARD if held else []:
        told |= room(held)
    return told
