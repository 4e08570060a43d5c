"""The brand's rules of contact pressure, and who took rows out of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.locks import hold
from entourage.web.outbox import queries

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


@transaction.atomic
def change_pressure(*, brand: Brand, by: Member | None, at: datetime, **rules: Any) -> list[str]:
    """Change how often people are contacted first, at most; says which rules changed. Safe to repeat.

    Parameters
    ----------
    rules : some of most, days, apart_days, while_waiting, holdout
    """
    hold("outbox.rules", brand.pk)
    kept = queries.pressure_of(brand)
    changed = [name for name, value in rules.items() if getattr(kept, name) != value]
    if changed:
        for name in changed:
            setattr(kept, name, rules[name])
        kept.save()
        record(brand=brand, by=by, at=at, what="pressure.changed", subject=brand.slug, settings=changed)
    return changed


def list_taken(*, brand: Brand, by: Member | None, at: datetime) -> None:
    """Note that the list of what waits for a hand was taken."""
    record(brand=brand, by=by, at=at, what="outgoing.taken-out")
