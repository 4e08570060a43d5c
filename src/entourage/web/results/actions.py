"""What a member does in the results room: asks for an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer
from entourage.web.results.models import Audit, AuditedConversation, AuditState

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


@transaction.atomic
def forget_person(*, brand: Brand, person_id: int) -> None:
    """Take the keys of somebody who was erased out of the brand's audits; its numbers stay. Safe to repeat."""
    nobody = UUID(int=0)
    theirs = AuditedConversation.objects.of(brand).filter(person_id=person_id)
    theirs.update(person_id=None, account=nobody, message=nobody)
    for audit in Audit.objects.of(brand).select_for_update().exclude(figures={}):
        figures = _without(audit.figures, person_id)
        if figures != audit.figures:
            audit.figures = figures
            audit.save(update_fields=["figures"])


def _without(told: Any, person_id: int) -> Any:
    """The same figures without what is told of this person, wherever it stands."""
    if isinstance(told, dict):
        return {
            name: [key for key in value if key != person_id] if name == "kept_ids" else _without(value, person_id)
            for name, value in told.items()
        }
    if isinstance(told, list):
        return [
            _without(one, person_id) for one in told if not (isinstance(one, dict) and one.get("person") == person_id)
        ]
    return told


def _defer(audit: Audit) -> None:
    defer("results.audit", brand_id=audit.brand_id, by_id=audit.by_id, audit_id=audit.pk)
