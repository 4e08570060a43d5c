"""Answering: once, by whoever holds the conversation and has read all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from entourage.web.core.actions import record
from entourage.web.inbox import queries
from entourage.web.inbox.actions.claiming import Collision, holder, rows, step
from entourage.web.inbox.actions.deciding import must_wait_now
from entourage.web.inbox.actions.threading import tell
from entourage.web.inbox.models import Conversation, Draft, Message, State
from entourage.web.listen.models import Activity
from entourage.web.outbox.actions import Blocked, queue
from entourage.web.outbox.models import Deed, Outgoing, Purpose, Sending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Member
    from entourage.web.outbox.actions import File


@transaction.atomic
def answer(
    *,
    conversation: Conversation,
    text: str,
    by: Member,
    at: datetime,
    seen: UUID,
    private: bool = False,
    resolve: bool = False,
    purpose: str = Purpose.ANSWER,
    hold: str = "",
    undo_s: int = 0,
    enclosures: Sequence[File] = (),
) -> Outgoing:
    """Answer their last message; the draft goes, the claim is given back, and the row of the outbox is theirs.

    The row of the conversation is held meanwhile: of two who answer at once, the second one is told so.

    Parameters
    ----------
    seen : ``Thread.seen`` of what the writer had before them
    private : in private, where they spoke for all to see
    resolve : nothing is left to do; new words of theirs open it again. Not while the answer waits for a yes
    hold : why somebody must say yes first, where no rule of the brand asks for it already
    undo_s : seconds in which it can be taken back

    Raises
    ------
    Collision: somebody else holds the conversation, or something was said that the writer has not seen.
    Blocked: the network, a window, or contact pressure forbids it; nothing is written then.
    """
    row = rows(conversation).select_for_update().first()
    if row is None:
        raise _taken_back()
    held = holder(row, at=at)
    if held is not None and held != by:
        raise Collision("held", by=held)
    if queries.seen_of(row) != seen:
        raise Collision("newer")
    to = _answered(row)
    hold = must_wait_now(row, by) or hold
    made = queue(
        brand=row.brand, deed=Deed.MESSAGE if private or to.act == "message" else Deed.REPLY, purpose=purpose, to=to,
        text=text, by=by, at=at, conversation_id=row.pk, person_id=row.person_id, subject=row.subject,
        language=row.language, enclosures=enclosures, hold=hold, undo_s=undo_s,
    )  # fmt: skip
    resolve = resolve and made.state != Sending.HELD
    said = {"state": State.RESOLVED, "resolved_at": at, "state_said": True} if resolve else {"state_said": False}
    rows(row).update(claimed_by=None, claimed_until=None, changed_at=at, **said)
    rows(row).filter(assignee=None).update(assignee=by)
    Draft.objects.of(row.brand_id).filter(conversation=row, member=by).delete()
    step(row, "answered", by=by, at=at, private=private)
    if resolve:
        step(row, "resolved", by=by, at=at)
    record(brand=row.brand, by=by, at=at, what="conversation.answered", subject=row.pk)
    tell(row.brand, [row.pk], now=at)
    return made


def _answered(conversation: Conversation) -> Activity:
    """Their last message that is still there."""
    lines = Message.objects.of(conversation.brand_id).filter(Q(conversation=conversation), inward=True)
    last = lines.order_by("-at", "-activity").values_list("activity", flat=True)[:1]
    found: Activity | None = Activity.objects.of(conversation.brand_id).filter(pk__in=last, deleted_at=None).first()
    if found is None:
        raise _taken_back()
    return found


def _taken_back() -> Blocked:
    return Blocked(
        gettext("Its author has taken this message back: nothing can be answered to it. Mark it as resolved.")
    )
