"""Answers prepared for a group, and laid out as drafts: each is adapted and sent in the inbox, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from entourage.web.core.actions import record
from entourage.web.core.locks import hold
from entourage.web.crisis.models import Group
from entourage.web.crisis.queries import pressing
from entourage.web.inbox.actions import draft, filled
from entourage.web.inbox.models import Conversation, Draft, Macro, State
from entourage.web.outbox.models import Outgoing
from entourage.web.outbox.queries.leaving import UNSENT

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Member

#: As many as one adapts at a sitting; whoever presses again gets the next ones.
AT_ONCE = 25
#: Those looked at for it: all of a group.
LOOKED_AT = 2_000


@transaction.atomic
def prepare(*, group: Group, text: str, by: Member, at: datetime) -> None:
    """Keep the answer from which each person's own is made. Safe to repeat."""
    told = text.strip()
    rows = Group.objects.of(group.brand_id).filter(pk=group.pk)
    if rows.exclude(answer=told).update(answer=told, answer_by=by, answer_at=at):
        record(brand=group.crisis.brand, by=by, at=at, what="crisis.prepared", subject=group.crisis_id)


@transaction.atomic
def draft_answers(*, group: Group, by: Member, at: datetime) -> int:
    """Lay the prepared answer as this member's draft into the most pressing conversations; in how many.

    Only those that wait, that nobody holds, and in which nobody has begun to write or written. Nothing is sent.
    """
    hold("crisis.drafts", group.brand_id)
    if not group.answer:
        return 0
    macro = Macro(brand_id=group.brand_id, text=group.answer)
    chosen = _free(group, by, at)
    for conversation in chosen:
        draft(conversation=conversation, text=filled(macro, conversation, by), by=by, at=at)
    if chosen:
        told = {"group": group.pk, "drafts": len(chosen)}
        record(brand=group.crisis.brand, by=by, at=at, what="crisis.drafted", subject=group.crisis_id, **told)
    return len(chosen)


def _free(group: Group, by: Member, at: datetime) -> list[Conversation]:
    told, _ = pressing(group, most=0)
    keys = [key for key in told.order if key in told.waiting][:LOOKED_AT]
    begun = Draft.objects.of(group.brand_id).filter(conversation=OuterRef("pk"))
    written = Outgoing.objects.of(group.brand_id).filter(conversation_id=OuterRef("pk"), state__in=UNSENT)
    free = (
        Conversation.objects.of(group.brand_id)
        .filter(Q(assignee=None) | Q(assignee=by), pk__in=keys, state=State.OPEN, waiting_since__isnull=False)
        .filter(Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lte=at))
        .exclude(Exists(begun))
        .exclude(Exists(written))
        .select_related("brand", "account")
    )
    found = {one.pk: one for one in free}
    return [found[key] for key in keys if key in found][:AT_ONCE]
