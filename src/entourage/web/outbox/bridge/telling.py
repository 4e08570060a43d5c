"""What a network is told and tells: the answer as it takes it, its receipt, and our own words told back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from entourage.networks.activity import Account, Act, Activity, Attachment, Change
from entourage.networks.live import Answer, Receipt
from entourage.web.listen.actions import intake_lock, take_in, told
from entourage.web.listen.keys import activity_key
from entourage.web.listen.models import Account as Stored
from entourage.web.listen.models import Activity as Kept
from entourage.web.listen.models import Connection
from entourage.web.outbox.models import Deed, Outgoing, Sending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from entourage.networks.live import Network
    from entourage.web.outbox.bridge.claiming import Claim


def answer_of(row: Outgoing, to: Kept | None) -> Answer:
    """The row as a network takes it."""
    receiver = Stored.objects.of(row.brand_id).filter(pk=row.account).first() if row.account else None
    return Answer(
        key=row.key,
        text=row.text,
        to=to.network_id if to else "",
        context=_thread(row),
        recipient=plain(receiver) if receiver else None,
        private=row.deed == Deed.MESSAGE,
        subject=row.subject,
        language=row.language,
        attachments=tuple(
            Attachment(name=one.name, kind=one.kind, content=bytes(one.content), alt=one.alt)
            for one in row.enclosures.order_by("pk")
        ),
    )


def _thread(row: Outgoing) -> str:
    """The network's id of the thread's first message, where it was taken in."""
    first = Kept.objects.of(row.brand_id).filter(pk=row.context)
    return (first.values_list("network_id", flat=True).first() or "") if row.context else ""


def plain(account: Stored, kind: str = "") -> Account:
    return Account(id=account.network_id, handle=account.handle, name=account.name, url=account.url, kind=kind)


@transaction.atomic
def done(claimed: Claim, receipt: Receipt | None, network: Network, *, found: bool, now: datetime) -> bool:
    """Keep the receipt, and our words in the log, at once or not at all: what is SENT can be read in its thread."""
    row, brand = claimed.row, claimed.row.brand
    # Before the row, as an erasure does: each would wait for the other for ever.
    intake_lock(brand)
    erased = row.account is not None and not Stored.objects.of(brand).filter(pk=row.account).exists()
    ours = _own(row, network)
    there = found
    if receipt is not None:
        row.network_id, row.url, row.sent_at = receipt.id, receipt.url, receipt.at
        row.activity = UUID(bytes=activity_key(brand.pk, row.network, receipt.id))
        there = found or Kept.objects.of(brand).filter(pk=row.activity).exists()
        if not erased:
            _take_in(row, [_words(claimed, receipt, ours)])
    else:
        row.sent_at = now
        if row.deed == Deed.DELETE and claimed.to is not None:
            _take_in(row, [taken_back(claimed.to, ours, now=now)])
    # The network told it before its receipt came, or it was found there: others can see it.
    row.state, row.accepted_at = (Sending.ACCEPTED, now) if there else (Sending.SENT, None)
    return _kept(row, erased=erased)


def _own(row: Outgoing, network: Network) -> Account:
    known = row.connection.account if row.connection else None
    return plain(known, "own") if known else network.check().account


def _take_in(row: Outgoing, activities: Sequence[Activity]) -> None:
    take_in(brand=row.brand, activities=activities)
    told(row.brand_id, activities[0].at, activities[-1].at)


def _words(claimed: Claim, receipt: Receipt, ours: Account) -> Activity:
    """What we said, as the network will tell it."""
    row, answer = claimed.row, answer_of(claimed.row, claimed.to)
    return Activity(
        network=row.network,
        id=receipt.id,
        act=Act.MESSAGE if row.deed == Deed.MESSAGE else Act.REPLY,
        actor=ours,
        at=receipt.at,
        to=(answer.recipient,) if answer.recipient else (),
        in_reply_to=answer.to,
        context=answer.context,
        text=row.text,
        url=receipt.url,
        language=row.language,
    )


def taken_back(was: Kept, ours: Account, *, now: datetime) -> Activity:
    return Activity(network=was.network, id=was.network_id, act=Act(was.act), actor=ours, at=now, change=Change.DELETE)


def _kept(row: Outgoing, *, erased: bool) -> bool:
    """Write what became of the row; of somebody erased meanwhile nothing comes back with it."""
    facts: dict[str, Any] = {"state": row.state, "reason": "", "sent_at": row.sent_at, "accepted_at": row.accepted_at}
    names = {"network_id": row.network_id, "url": row.url, "activity": row.activity}
    rows = Outgoing.objects.of(row.brand_id).filter(pk=row.pk, state=Sending.SENDING)
    return bool(rows.update(**facts, **({} if erased else names)))


def told_back(connection_id: int, ids: Sequence[str], *, now: datetime) -> int:
    """The network told these acts of ours: others can see them. How many of the outbox those were. Safe to repeat."""
    connection = Connection.objects.everywhere().filter(pk=connection_id).first()
    if connection is None:
        return 0
    keys = [UUID(bytes=activity_key(connection.brand_id, connection.network, one)) for one in ids]
    sent = Outgoing.objects.of(connection.brand_id).filter(activity__in=keys, state=Sending.SENT)
    return sent.update(state=Sending.ACCEPTED, accepted_at=now)
