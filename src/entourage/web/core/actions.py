"""What a member can do to the house itself; the trail that every other room writes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from entourage.web.core.models import AuditEvent, Brand, Member


def record(
    *, brand: Brand, by: Member | None, at: datetime, what: str, subject: object = "", **detail: Any
) -> AuditEvent:
    """Write one line of the audit trail, in the caller's transaction; ``what`` is ``noun.past-tense``."""
    return AuditEvent.objects.create(brand=brand, by=by, at=at, what=what, subject=str(subject), detail=detail)
