"""What no job has done: a sweep each minute starts what is due, and looks for what no network has told back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from entourage.networks.base import NetworkError
from entourage.networks.live import Retry
from entourage.web.core.jobs import defer_live
from entourage.web.listen.actions import failed
from entourage.web.listen.bridge import door
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox.bridge.claiming import OPEN, UNDER_WAY, lost_door
from entourage.web.outbox.bridge.sending import CLOCKS
from entourage.web.outbox.bridge.telling import answer_of
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.outbox.queries.leaving import WORDS

if TYPE_CHECKING:
    from uuid import UUID

    from entourage.networks.live import Network

#: Rows started by one sweep: the next one is a minute away.
MOST = 500
#: So old, what was sent is looked for on the network, if it has not told it by itself: each age once.
AGES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 60, 360))
#: How often the sweep runs.
EVERY = timedelta(minutes=1)


def sweep(*, now: datetime) -> int:
    """Start what is due and may leave; how many rows. What lost its connection goes to a hand. May run twice."""
    _find_hands()
    due: list[UUID] = list(
        Outgoing.objects.everywhere()
        .filter(state__in=UNDER_WAY, due_at__lte=now, connection__state__in=OPEN)
        .order_by("due_at", "created_at")
        .values_list("pk", flat=True)[:MOST]
    )
    for key in due:
        defer_live("outbox.send", key=str(key))
    for number in _unseen(now).order_by().values_list("connection_id", flat=True).distinct():
        defer_live("outbox.look_back", connection_id=number)
    return len(due)


def _find_hands() -> None:
    for key in Outgoing.objects.everywhere().filter(state__in=UNDER_WAY, connection=None).values_list("pk", flat=True):
        with transaction.atomic():
            rows = Outgoing.objects.everywhere().select_for_update(skip_locked=True, of=("self",))
            row = rows.select_related("brand").filter(pk=key, state__in=UNDER_WAY, connection=None).first()
            if row is not None:
                with translation.override(row.brand.language):
                    lost_door(row)


def _unseen(now: datetime) -> QuerySet[Outgoing]:
    of_age = Q(pk=None)
    for age in AGES:
        of_age |= Q(sent_at__lte=now - age, sent_at__gt=now - age - EVERY)
    sent = Outgoing.objects.everywhere().filter(of_age, state=Sending.SENT, connection__state__in=OPEN)
    return sent.filter(deed__in=WORDS).exclude(network_id="")


def look_back(connection_id: int, *, now: datetime) -> int:
    """Look on the network for what it has not told back by itself; how many were found. May run twice."""
    connection = Connection.objects.everywhere().filter(pk=connection_id, state__in=OPEN).first()
    rows = list(_unseen(now).filter(connection_id=connection_id).select_related("brand")[:MOST])
    if connection is None or not rows:
        return 0
    try:
        with door(connection) as network:
            return sum(_seen(network, row, now=now) for row in rows)
    except Retry:
        return 0  # at the next age
    except NetworkError as error:
        failed(connection_id, error, now=now)
        return 0


def _seen(network: Network, row: Outgoing, *, now: datetime) -> bool:
    to = Activity.objects.of(row.brand_id).filter(pk=row.to).first() if row.to else None
    if network.find(answer_of(row, to), since=row.created_at - CLOCKS) is None:
        return False
    sent = Outgoing.objects.of(row.brand_id).filter(pk=row.pk, state=Sending.SENT)
    return bool(sent.update(state=Sending.ACCEPTED, accepted_at=now))
