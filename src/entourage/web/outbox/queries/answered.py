"""Whether somebody has answered meanwhile: what waited, failed or was written elsewhere is not said on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from entourage.web.listen.models import AccountRole, Activity
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.outbox.queries.leaving import LEAVING, WORDS

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand


def answered_since(row: Outgoing) -> bool:
    """Whether others have answered, since this row was written, whom it goes to; three looks into indexes."""
    if row.deed not in WORDS:
        return False
    others = Outgoing.objects.of(row.brand_id).filter(_same_talk(row), deed__in=WORDS, state__in=LEAVING)
    # Written before it, and let go or sent by hand only after: whoever wrote this one had not seen it leave.
    after = Q(sent_at=None) | Q(sent_at__gt=row.created_at)
    let_go = (Q(approved_by__isnull=False) | Q(connection=None)) & after
    if others.filter(Q(created_at__gt=row.created_at) | let_go).exclude(pk=row.pk).exists():
        return True
    # What may have arrived stands in the log itself, perhaps; it is looked for before it is sent again.
    return row.sending_at is None and _told(row.brand, row, since=row.created_at)


def answered(brand: Brand, activity: Activity, *, but: Outgoing) -> bool:
    """Whether this message has another answer of ours, in the log or in the outbox, be it waiting for a yes."""
    rows = Outgoing.objects.of(brand).filter(account=activity.account_id, to=activity.pk, deed__in=WORDS)
    if rows.exclude(pk=but.pk).exclude(state__in=[Sending.WITHDRAWN, Sending.FAILED]).exists():
        return True
    said = Activity.objects.of(brand).filter(reply_to=activity.pk, account__role=AccountRole.OWN, deleted_at=None)
    return bool(said.exists())


def _same_talk(row: Outgoing) -> Q:
    if row.conversation_id is not None:
        return Q(conversation_id=row.conversation_id) | Q(account=row.account, to=row.to)
    return Q(account=row.account, to=row.to)


def _told(brand: Brand, row: Outgoing, *, since: datetime) -> bool:
    """Whether the log has words of ours to them, said elsewhere or by hand."""
    ours = Activity.objects.of(brand).filter(account__role=AccountRole.OWN, at__gt=since, deleted_at=None)
    in_thread = ours.filter(context=row.context, toward=row.account) if row.context and row.account else ours.none()
    return bool((row.to and ours.filter(reply_to=row.to).exists()) or in_thread.exists())
