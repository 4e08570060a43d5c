"""What a member promises, and asking how it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer
from entourage.web.service.actions.later import look_again
from entourage.web.service.models import Report, Target

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


@transaction.atomic
def save_target(
    *,
    brand: Brand,
    by: Member | None,
    at: datetime,
    department: str = "",
    network: str = "",
    standing: str = "",
    vehement: bool | None = None,
    first: int | None = None,
    following: int | None = None,
    resolution: int | None = None,
) -> Target:
    """Promise minutes of service to whoever is as said; the same once more changes the minutes."""
    target: Target
    target, _ = Target.objects.of(brand).update_or_create(
        brand=brand,
        department=department,
        network=network,
        standing=standing,
        vehement=vehement,
        defaults={"first_minutes": first, "next_minutes": following, "resolution_minutes": resolution},
    )
    record(brand=brand, by=by, at=at, what="target.saved", subject=target.pk)
    look_again(brand)
    return target


@transaction.atomic
def remove_target(*, target: Target, by: Member | None, at: datetime) -> None:
    """Promise this no longer. Doing it twice changes nothing."""
    gone, _ = Target.objects.of(target.brand_id).filter(pk=target.pk).delete()
    if gone:
        record(brand=target.brand, by=by, at=at, what="target.removed", subject=target.pk)
        look_again(target.brand)


@transaction.atomic
def ask_report(*, brand: Brand, by: Member | None, at: datetime) -> Report:
    """Have the promises of the last weeks counted anew; one that is being counted is given back."""
    waiting: Report | None = Report.objects.of(brand).filter(finished_at=None).order_by("-asked_at").first()
    if waiting is not None and at - waiting.asked_at < Report.GIVEN_UP:
        return waiting
    report: Report = Report.objects.create(brand=brand, by=by, asked_at=at)
    record(brand=brand, by=by, at=at, what="promises.counted", subject=report.pk)
    transaction.on_commit(lambda: defer("service.report", report_id=report.pk))
    return report
