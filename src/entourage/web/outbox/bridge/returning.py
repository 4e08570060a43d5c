"""What came back after it had left: it was not said, whoever waits for it still does, and a member may send it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from procrastinate.contrib.django import app

from entourage.web.core.actions import record
from entourage.web.core.jobs import LIVE
from entourage.web.listen.actions import intake_lock, take_in, told
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox.bridge.sending import ARRIVES, LONGEST_WAIT, MOST_TRIES
from entourage.web.outbox.bridge.telling import plain, taken_back
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.outbox.queries.leaving import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

#: What has left the house, as far as we knew.
LEFT = (Sending.SENT, Sending.ACCEPTED)


@transaction.atomic
def returned(
    connection_id: int, *, network_id: str, accounts: Sequence[UUID], reason: str, now: datetime, looked: int = 0
) -> bool:
    """A server sent back what had left by this connection to one of these accounts; whether it was ours.

    The row has failed and says why; our words go from the log, so that nothing counts them as an answer. What is not
    from here, or went to somebody else, changes nothing. A server may be faster than our own note that it was sent:
    then it is looked at again. Safe to repeat.
    """
    connection = Connection.objects.everywhere().select_related("brand", "account").filter(pk=connection_id).first()
    if connection is None:
        return False
    # Before the row, as what sends it does.
    intake_lock(connection.brand)
    rows = Outgoing.objects.of(connection.brand_id).filter(connection=connection, deed__in=WORDS, account__in=accounts)
    held = rows.select_for_update(of=("self",)).select_related("brand")
    row: Outgoing | None = held.filter(state__in=LEFT, network_id=network_id).first()
    if row is None:
        leaving = rows.filter(state=Sending.SENDING)
        if looked < MOST_TRIES and any(one.key in network_id for one in leaving):
            _look_again(connection_id, network_id, accounts, reason, looked)
        return False
    _forget(row, now=now)
    _fail(row, reason)
    record(brand=row.brand, by=None, at=now, what="outgoing.returned", subject=row.pk)
    told(row.brand_id, now, now)
    return True


def _look_again(connection_id: int, network_id: str, accounts: Sequence[UUID], reason: str, looked: int) -> None:
    wait = min(ARRIVES * 2 ** min(looked, 10), LONGEST_WAIT)
    job = app.configure_task("outbox.returned", queue=LIVE, schedule_in={"seconds": int(wait.total_seconds())})
    keys: list[Any] = [str(one) for one in accounts]
    job.defer(connection_id=connection_id, network_id=network_id, accounts=keys, reason=reason, looked=looked + 1)


def _forget(row: Outgoing, *, now: datetime) -> None:
    """Take our words out of the log as if we had taken them back; read later from the mailbox, they stay out."""
    was = Activity.objects.of(row.brand_id).select_related("account").filter(pk=row.activity).first()
    if was is not None:
        take_in(brand=row.brand, activities=[taken_back(was, plain(was.account, "own"), now=now)])


def _fail(row: Outgoing, reason: str) -> None:
    """It was not said: what its network knew of it goes, and tried again it leaves under a new key."""
    row.state, row.reason, row.returned = Sending.FAILED, reason, row.returned + 1
    row.network_id, row.url, row.activity = "", "", None
    row.sending_at = row.sent_at = row.accepted_at = None
    row.save(
        update_fields=[
            "state", "reason", "returned", "network_id", "url", "activity", "sending_at", "sent_at", "accepted_at",
        ]
    )  # fmt: skip
