"""What rooms above ask of a member: Today shows it among the people, in the words of the room that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from entourage.web.core.models import Brand, Member


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do that is not about one person: for how long, worth how much, and how its line reads."""

    #: As in ``models.PassedOver``: what *Not today* puts off.
    key: str
    minutes: float
    worth: float
    #: Where one does it, and what the button there says.
    url: str
    verb: str
    name: str
    why: tuple[str, ...] = ()
    said: str = ""
    #: What was promised by then; what waits already stands with the promises that have ended.
    due_at: datetime | None = None


#: What a room above asks of this member now; a constant number of queries, none for most members.
Source = Callable[[Brand, Member, datetime], Sequence[Errand]]
_ALSO: list[Source] = []


def also_today(source: Source) -> None:
    """Have what a room above asks of its members stand on their Today; said once, when it is loaded."""
    if source not in _ALSO:
        _ALSO.append(source)


def errands(brand: Brand, member: Member, *, now: datetime) -> list[Errand]:
    """All that rooms above ask of this member now."""
    return [one for source in _ALSO for one in source(brand, member, now)]
