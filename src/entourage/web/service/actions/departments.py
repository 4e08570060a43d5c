"""What a member does with departments: their hours and leads, their holidays, and who sits there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.inbox.models import Conversation
from entourage.web.reading.models import Department
from entourage.web.service.actions.later import hold_later, look_again
from entourage.web.service.models import Desk, Holiday, Rule, Seat, Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from entourage.web.core.models import Brand, Member

Shifts = list[list[int]]


@transaction.atomic
def save_desk(
    *,
    brand: Brand,
    key: str,
    by: Member | None,
    at: datetime,
    name: str = "",
    lead: Member | None = None,
    zone: str = "",
    week: list[Shifts] | None = None,
    warn_minutes: int = 0,
) -> Desk:
    """Set up a department, one of the six or one of the brand's own. Doing it twice changes nothing."""
    told = {"name": name, "lead": lead, "zone": zone, "week": week, "warn_minutes": warn_minutes}
    desk: Desk
    desk, _ = Desk.objects.of(brand).update_or_create(brand=brand, key=key, defaults=told)
    record(brand=brand, by=by, at=at, what="department.changed", subject=key)
    look_again(brand)
    return desk


@transaction.atomic
def remove_desk(*, desk: Desk, by: Member | None, at: datetime) -> None:
    """Forget a department: of the six, its settings; of the brand's own, all of it. Its conversations are read anew."""
    brand, key = desk.brand, desk.key
    gone, _ = Desk.objects.of(brand).filter(pk=desk.pk).delete()
    if not gone:
        return
    if key not in Department.values:
        Conversation.objects.of(brand).filter(department=key).update(
            department="", department_said=False, changed_at=at
        )
        Target.objects.of(brand).filter(department=key).delete()
        Rule.objects.of(brand).filter(department=key).update(department="", active=False)
        hold_later(brand)
        for seat in Seat.objects.of(brand).filter(departments__contains=[key]):
            seat.departments = [one for one in seat.departments if one != key]
            seat.save(update_fields=["departments"])
    record(brand=brand, by=by, at=at, what="department.removed", subject=key)
    look_again(brand)


@transaction.atomic
def save_holiday(
    *,
    brand: Brand,
    day: date,
    by: Member | None,
    at: datetime,
    name: str = "",
    desk: Desk | None = None,
    shifts: Shifts | None = None,
) -> Holiday:
    """Say that a date differs: closed, or with shifts of its own; of one department, or of all."""
    holiday: Holiday
    holiday, _ = Holiday.objects.of(brand).update_or_create(
        brand=brand, day=day, desk=desk, defaults={"name": name, "shifts": shifts or []}
    )
    record(brand=brand, by=by, at=at, what="holiday.saved", subject=day.isoformat())
    look_again(brand)
    return holiday


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: Member | None, at: datetime) -> None:
    """Let a date be like its weekday again. Doing it twice changes nothing."""
    gone, _ = Holiday.objects.of(holiday.brand_id).filter(pk=holiday.pk).delete()
    if gone:
        record(brand=holiday.brand, by=by, at=at, what="holiday.removed", subject=holiday.day.isoformat())
        look_again(holiday.brand)


@transaction.atomic
def save_seat(
    *,
    member: Member,
    departments: Sequence[str],
    by: Member | None,
    at: datetime,
    languages: Sequence[str] = (),
    skills: Sequence[str] = (),
    capacity: int = 20,
    absent_until: datetime | None = None,
) -> Seat:
    """Say for whom a member answers, how much at once, and until when they are away; who is away is relieved."""
    told: dict[str, Any] = {
        "brand": member.brand, "departments": list(departments), "languages": list(languages), "skills": list(skills),
        "capacity": capacity, "absent_until": absent_until,
    }  # fmt: skip
    seat: Seat
    seat, _ = Seat.objects.of(member.brand).update_or_create(member=member, defaults=told)
    record(brand=member.brand, by=by, at=at, what="seat.changed", subject=member.pk)
    look_again(member.brand)
    return seat


@transaction.atomic
def remove_seat(*, seat: Seat, by: Member | None, at: datetime) -> None:
    """Give a member no more conversations; those that they have stay theirs. Doing it twice changes nothing."""
    gone, _ = Seat.objects.of(seat.brand_id).filter(pk=seat.pk).delete()
    if gone:
        record(brand=seat.brand, by=by, at=at, what="seat.removed", subject=seat.member_id)


@transaction.atomic
def be_away(*, member: Member, until: datetime | None, by: Member | None, at: datetime) -> bool:
    """Say until when a member is away, or that they are back; whether they answer for anybody at all."""
    changed = Seat.objects.of(member.brand).filter(member=member).update(absent_until=until)
    if changed:
        record(brand=member.brand, by=by, at=at, what="seat.away" if until else "seat.back", subject=member.pk)
        look_again(member.brand)
    return bool(changed)
