"""What members decide about a row of the outbox: let it go, take it back, send it by hand, try it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from entourage.web.core.actions import record
from entourage.web.listen.models import Account, Activity
from entourage.web.outbox import queries
from entourage.web.outbox.actions.blocked import Blocked, Unread
from entourage.web.outbox.actions.queueing import may_leave
from entourage.web.outbox.actions.starting import start
from entourage.web.outbox.models import Outgoing, Sending

if TYPE_CHECKING:
    from uuid import UUID

    from entourage.web.core.models import Member

#: Whom to tell, in the same transaction, what was decided: "approved" or "withdrawn".
Told = Callable[[Outgoing, str, "Member | None", datetime], None]
_TOLD: list[Told] = []

#: Nothing of these has left the house, or will without somebody's doing.
STILL_OURS = (Sending.HELD, Sending.QUEUED, Sending.BY_HAND, Sending.FAILED)


def also_told(room: Told) -> None:
    """Have a room above hear what was decided about a row; it writes that down where its own readers look."""
    _TOLD.append(room)


def _tell(row: Outgoing, what: str, by: Member | None, at: datetime) -> None:
    for room in _TOLD:
        room(row, what, by, at)


def approve(*, outgoing: Outgoing, by: Member | None, at: datetime, seen: UUID | None = None) -> Outgoing:
    """Let go what waited for somebody's yes. Doing it twice changes nothing.

    The rules are looked at again: raises ``Blocked`` where they forbid it by now, or somebody else has answered
    meanwhile, and the row says why. ``Unread`` where they have written more since than was ``seen``
    (``queries.newer_than``).
    """
    try:
        return _approve(outgoing, by, at, seen)
    except Unread:
        raise
    except Blocked as blocked:
        Outgoing.objects.of(outgoing.brand_id).filter(pk=outgoing.pk, state=Sending.HELD).update(reason=blocked.reason)
        raise


@transaction.atomic
def _approve(outgoing: Outgoing, by: Member | None, at: datetime, seen: UUID | None) -> Outgoing:
    row = _locked(outgoing)
    if row.state != Sending.HELD:
        return row
    newer = queries.newer_than([row]).get(row.pk)
    if newer is not None and newer.seen != seen:
        raise Unread
    row.approved_by = by
    _let_go(row, at=at)
    record(brand=row.brand, by=by, at=at, what="outgoing.approved", subject=row.pk)
    _tell(row, "approved", by, at)
    return row


@transaction.atomic
def withdraw(*, outgoing: Outgoing, by: Member | None, at: datetime) -> Outgoing:
    """Take back what has not left the house. Doing it twice changes nothing; ``Blocked`` where it is too late."""
    row = _locked(outgoing)
    if row.state == Sending.WITHDRAWN:
        return row
    if row.state not in STILL_OURS:
        raise Blocked(gettext("It has left the house, or is leaving it just now. Take it back on the network."))
    row.state, row.reason = Sending.WITHDRAWN, ""
    row.save(update_fields=["state", "reason"])
    record(brand=row.brand, by=by, at=at, what="outgoing.withdrawn", subject=row.pk)
    _tell(row, "withdrawn", by, at)
    return row


@transaction.atomic
def sent_by_hand(*, outgoing: Outgoing, by: Member | None, at: datetime, url: str = "") -> Outgoing:
    """Say that somebody has sent it themselves. Doing it twice changes nothing."""
    row = _locked(outgoing)
    if row.state in {Sending.SENT, Sending.ACCEPTED}:
        return row
    if row.state not in {Sending.BY_HAND, Sending.FAILED}:
        raise Blocked(gettext("It is sent from here, or was withdrawn: only what waits for a hand is sent by hand."))
    row.state, row.reason, row.sent_at, row.url = Sending.SENT, "", at, url
    row.save(update_fields=["state", "reason", "sent_at", "url"])
    record(brand=row.brand, by=by, at=at, what="outgoing.sent-by-hand", subject=row.pk)
    return row


@transaction.atomic
def try_again(*, outgoing: Outgoing, by: Member | None, at: datetime) -> Outgoing:
    """Queue again what failed, or what had to go by hand before a connection was there. Twice changes nothing.

    The rules are looked at again: raises ``Blocked`` where they forbid it by now, or somebody else has answered
    meanwhile. What may have arrived already is looked for on the network before it is sent.
    """
    row = _locked(outgoing)
    if row.state not in {Sending.FAILED, Sending.BY_HAND}:
        return row
    row.tries = 0
    _let_go(row, at=at)
    record(brand=row.brand, by=by, at=at, what="outgoing.tried-again", subject=row.pk)
    return row


def _locked(outgoing: Outgoing) -> Outgoing:
    """The row as it is now, held until the transaction ends."""
    row: Outgoing = (
        Outgoing.objects.of(outgoing.brand_id)
        .select_for_update(of=("self",))
        .select_related("brand")
        .get(pk=outgoing.pk)
    )
    return row


def _let_go(row: Outgoing, *, at: datetime) -> None:
    """Queue it by the connection that can send it now, or leave it to a hand; never on top of another answer."""
    if queries.answered_since(row):
        raise Blocked(
            gettext(
                "They were answered meanwhile. Read what was said; then withdraw this, and write anew what is left to "
                "say."
            )
        )
    to = Activity.objects.of(row.brand_id).filter(pk=row.to).first() if row.to else None
    receiver = Account.objects.of(row.brand_id).filter(pk=row.account).first() if row.account else None
    if row.to and to is None:
        raise Blocked(gettext("What it answers is no longer kept. Withdraw it."))
    row.due_at = at
    row.connection = may_leave(row, to, receiver, list(row.enclosures.all()), at=at)
    if row.connection is None:
        row.state, row.reason = Sending.BY_HAND, queries.by_hand(row.network)
    else:
        # What may be there already is looked for first.
        row.state, row.reason = Sending.SENDING if row.sending_at else Sending.QUEUED, ""
        start(row, at=at)
    row.save()
