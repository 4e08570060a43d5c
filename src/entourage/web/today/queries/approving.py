"""Answers that wait for this member's yes, and how pressing the conversations are in which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entourage.web.core.permissions import May, may
from entourage.web.inbox.queries import introduce, shown
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.people.queries import horizon_of
from entourage.web.today.queries.candidates import MOST, Waiting

if TYPE_CHECKING:
    from entourage.web.core.models import Brand, Member


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that somebody has written, and the conversation that waits for it."""

    outgoing: Outgoing
    waiting: Waiting


def to_approve(brand: Brand, member: Member) -> list[Held]:
    """What waits for a yes that this member may say, the oldest first, one a conversation; five queries at most."""
    if not may(member, May.APPROVE):
        return []
    rows = Outgoing.objects.of(brand).filter(state=Sending.HELD, conversation_id__isnull=False)
    oldest: dict[int | None, Outgoing] = {}
    for row in rows.select_related("by__user").order_by("created_at", "pk")[:MOST]:
        oldest.setdefault(row.conversation_id, row)
    talks = list(shown(brand).filter(pk__in=oldest)) if oldest else []
    introduce(brand, talks)
    horizon = horizon_of(brand)
    found = {it.pk: Waiting(it, _closeness(it, horizon)) for it in talks}
    return [Held(row, found[number]) for number, row in oldest.items() if number in found]


def _closeness(it: object, horizon: int) -> float:
    standing = getattr(it, "standing", None)
    return min(1.0, standing["weeks"] / horizon) if standing else 0.0
