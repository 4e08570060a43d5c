"""What the house itself is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from entourage.web.core.models import AuditEvent, Brand, Invitation, Member, Role, User

# How many lines of the trail stand on one page.
TRAIL_PAGE = 50
#: More digits than this fit no key.
DIGITS = 18


def number_in(told: str) -> int | None:
    """The whole number that an address names; none where it names none, or one longer than any key."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= DIGITS else None


def key_in(told: str) -> UUID | None:
    """The key that an address or a form names; none where it names none."""
    try:
        return UUID(told) if told else None
    except ValueError:
        return None


def moment_in(told: str) -> datetime | None:
    """The moment that an address names, in UTC; none where it names none, or none that the database could hold."""
    try:
        moment = datetime.fromisoformat(told)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def place_in(told: str) -> tuple[datetime, int] | None:
    """The row after which a list goes on, as an address names it: its moment, a comma, its number."""
    moment, _, number = told.replace(" ", "+").partition(",")
    at, key = moment_in(moment), number_in(number)
    return (at, key) if at and key is not None else None


def has_owner() -> bool:
    """Whether somebody can already sign in and own a brand."""
    return User.objects.filter(is_superuser=True).exists()


def user_called(email: str) -> User | None:
    """Who signs in with this address, however it is written."""
    return User.objects.filter(email__iexact=email.strip()).first()


def addresses(*, limit: int) -> list[str]:
    """The first addresses that sign in here, in the order of the alphabet."""
    return list(User.objects.order_by("email").values_list("email", flat=True)[:limit])


def is_empty() -> bool:
    """Whether the installation has no brand yet."""
    return not Brand.objects.exists()


def database_answers() -> bool:
    """Whether the database takes a question."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return bool(cursor.fetchone())


def brands_of(user: User) -> list[Member]:
    """The brands that somebody works for, each with their role."""
    return list(Member.objects.everywhere().filter(user=user).select_related("brand").order_by("brand__name"))


def members(brand: Brand) -> list[Member]:
    """Everybody who works for the brand, owners first."""
    order = {role: rank for rank, role in enumerate(Role.values)}
    rows = Member.objects.of(brand).select_related("user").order_by("user__name", "user__email")
    return sorted(rows, key=lambda member: order[member.role])


def owners(brand: Brand) -> int:
    return Member.objects.of(brand).filter(role=Role.OWNER).count()


def open_invitations(brand: Brand, *, at: datetime) -> list[Invitation]:
    """Links that still let somebody in."""
    return list(Invitation.objects.of(brand).filter(accepted_at=None, expires_at__gt=at).order_by("-expires_at"))


def invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation behind a link, unless it was used or has expired."""
    return (
        Invitation.objects.everywhere()
        .select_related("brand")
        .filter(token=token, accepted_at=None, expires_at__gt=at)
        .first()
    )


@dataclass(frozen=True)
class TrailPage:
    """Lines of the trail, newest first, and where the next page begins."""

    events: list[AuditEvent]
    after: int | None


def trail(brand: Brand, *, what: str = "", by: int | None = None, after: int | None = None) -> TrailPage:
    """The trail of writes, one page; ``what`` is the noun (``person``), ``after`` the last line already seen."""
    rows = AuditEvent.objects.of(brand).select_related("by__user").order_by("-id")
    if what:
        rows = rows.filter(what__startswith=f"{what}.")
    if by:
        rows = rows.filter(by_id=by)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows[: TRAIL_PAGE + 1])
    more = len(found) > TRAIL_PAGE
    return TrailPage(found[:TRAIL_PAGE], found[TRAIL_PAGE - 1].pk if more else None)
