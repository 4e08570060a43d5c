"""Background work of the results room."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.models import Brand, Member
from entourage.web.results.actions import forget_person
from entourage.web.results.models import Audit, AuditState


@app.task(name="results.audit")
def audit(brand_id: int, by_id: int | None = None, audit_id: int | None = None) -> None:
    """Compute a brand's audit; run twice, it computes the same again."""
    # The engine is loaded here and not above: every process of the web imports this module to know its jobs.
    from entourage.engine.errors import EntourageError
    from entourage.web.results.bridge import build

    brand = Brand.objects.get(pk=brand_id)
    by = Member.objects.of(brand).filter(pk=by_id).first() if by_id else None
    begun = Audit.objects.of(brand).filter(pk=audit_id).first() if audit_id else _waiting(brand)
    try:
        build(brand=brand, now=timezone.now(), by=by, audit=begun)
    except EntourageError:
        # The sentence stands on the audit's row, where its reader sees it; a retry would not mend the data.
        return


@app.task(name="results.forget")
def forget(brand_id: int, person_id: int) -> None:
    """Take the keys of somebody who was erased out of the audits. May run twice."""
    forget_person(brand=Brand.objects.get(pk=brand_id), person_id=person_id)


def _waiting(brand: Brand) -> Audit | None:
    return Audit.objects.of(brand).filter(state=AuditState.WAITING).order_by("-created_at").first()
