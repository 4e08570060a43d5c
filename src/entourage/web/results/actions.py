"""What a member does in the results room: asks for an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate.contrib.django import app

from entourage.web.core.actions import record
from entourage.web.results.models import Audit, AuditState

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


@transaction.atomic
def ask_for_audit(*, brand: Brand, by: Member, at: datetime) -> Audit:
    """Put an audit in the queue; while one waits or runs, asking again gives that one."""
    open_states = (AuditState.WAITING, AuditState.RUNNING)
    begun: Audit | None = Audit.objects.of(brand).filter(state__in=open_states).order_by("-created_at").first()
    if begun is not None:
        return begun
    audit = Audit.objects.create(brand=brand, by=by, starts_at=at, ends_at=at)
    record(brand=brand, by=by, at=at, what="audit.asked", subject=audit.pk)
    transaction.on_commit(lambda: _defer(audit))
    return audit


def _defer(audit: Audit) -> None:
    app.configure_task(name="results.audit").defer(brand_id=audit.brand_id, by_id=audit.by_id, audit_id=audit.pk)
