"""What a member can do to the house itself; the trail that every other room writes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import CharField, F, Func, Value
from django.utils.text import slugify
from django.utils.translation import gettext

from entourage.web.core.jobs import defer
from entourage.web.core.models import AuditEvent, Brand, Invitation, Member, Role, User

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

# Long enough for a holiday's first days, short enough that a forgotten link dies.
INVITATION_LIFE = timedelta(days=7)
# Settings that change what everybody's standing says.
READS_CLOSENESS = frozenset({"unit", "ring_thresholds"})

_DOORS: ArrayField[Any, Any] = ArrayField(CharField(max_length=40))


class LastOwner(Exception):  # noqa: N818 - it names who cannot leave
    """A brand keeps at least one owner."""

    def __init__(self) -> None:
        super().__init__(gettext("A brand keeps at least one owner. Make somebody else an owner first."))


class UsedUp(Exception):  # noqa: N818 - it names the link
    """The invitation has let somebody in already."""


def record(
    *, brand: Brand, by: Member | None, at: datetime, what: str, subject: object = "", **detail: Any
) -> AuditEvent:
    """Write one line of the audit trail, in the caller's transaction; ``what`` is ``noun.past-tense``."""
    return AuditEvent.objects.create(brand=brand, by=by, at=at, what=what, subject=str(subject), detail=detail)


def alarm(brands: QuerySet[Brand], door: str, *, on: bool) -> None:
    """Say on these brands' rails that a door needs somebody, or no longer does. Safe to repeat.

    One statement, so that two rooms that say so at the same moment do not undo each other.
    """
    what = "array_append" if on else "array_remove"
    rows = brands.exclude(alarms__contains=[door]) if on else brands.filter(alarms__contains=[door])
    rows.update(alarms=Func(F("alarms"), Value(door, CharField()), function=what, output_field=_DOORS))


@transaction.atomic
def make_owner(*, email: str, password: str) -> None:
    """Make the installation's owner, who owns every brand that has nobody yet. Doing it twice changes the password."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_superuser(email)
    user.is_superuser = user.is_staff = True
    user.set_password(password)
    user.save()
    for brand in Brand.objects.filter(members=None):
        Member.objects.create(brand=brand, user=user, role=Role.OWNER)


def change_password(*, user: User, password: str) -> None:
    """Let somebody in with a new password; sessions opened with the old one end."""
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def make_brand(
    *,
    name: str,
    by: User | None,
    at: datetime,
    slug: str = "",
    language: str = "en",
    time_zone: str = "Europe/Paris",
    goals: Sequence[str] = (),
    simulated: bool = False,
) -> Brand:
    """Make a brand that its maker owns; without a maker (the command line) the installation's owners own it."""
    brand = Brand.objects.create(
        slug=slug or free_slug(name),
        name=name,
        language=language,
        time_zone=time_zone,
        goals=list(goals),
        simulated=simulated,
    )
    makers = [by] if by else list(User.objects.filter(is_superuser=True))
    first = [Member.objects.create(brand=brand, user=user, role=Role.OWNER) for user in makers]
    record(brand=brand, by=first[0] if by else None, at=at, what="brand.made", subject=brand.slug)
    return brand


def free_slug(name: str) -> str:
    """A short name for addresses that no other brand has: ``maison-tilleul``, ``maison-tilleul-2``."""
    stem = slugify(name)[:50].strip("-_").replace("_", "-") or "brand"
    taken = set(Brand.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def change_goals(*, brand: Brand, by: Member, at: datetime, **settings: Any) -> list[str]:
    """Change what the brand wants and how closeness is read; says which settings changed. Safe to repeat."""
    changed = [name for name, value in settings.items() if getattr(brand, name) != value]
    if changed:
        for name in changed:
            setattr(brand, name, settings[name])
        brand.save(update_fields=changed)
        record(brand=brand, by=by, at=at, what="brand.changed", subject=brand.slug, settings=changed)
    if not READS_CLOSENESS.isdisjoint(changed):
        # A room above: called by its name.
        transaction.on_commit(lambda: defer("people.score", brand_id=brand.pk))
    return changed


@transaction.atomic
def invite(*, brand: Brand, by: Member, at: datetime, email: str, role: str) -> Invitation:
    """Make a link that lets somebody in once; an open one for the same address is replaced."""
    Invitation.objects.of(brand).filter(email=email.lower(), accepted_at=None).delete()
    made = Invitation.objects.create(
        brand=brand, by=by, email=email.lower(), role=role, expires_at=at + INVITATION_LIFE
    )
    record(brand=brand, by=by, at=at, what="invitation.made", subject=made.pk, role=role)
    return made


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Member, at: datetime) -> None:
    """Make an invitation's link useless."""
    record(brand=invitation.brand, by=by, at=at, what="invitation.withdrawn", subject=invitation.pk)
    Invitation.objects.of(invitation.brand).filter(pk=invitation.pk).delete()


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, at: datetime) -> Member:
    """Let somebody in. Who is a member already keeps their role, and the link stays open for whom it was meant."""
    members = Member.objects.of(invitation.brand)
    already: Member | None = members.filter(user=user).first()
    if already:
        return already
    # Two people who open one link at the same moment: the row lets the first one in.
    if not Invitation.objects.of(invitation.brand).filter(pk=invitation.pk, accepted_at=None).update(accepted_at=at):
        raise UsedUp
    member: Member = members.create(brand=invitation.brand, user=user, role=invitation.role)
    record(brand=invitation.brand, by=member, at=at, what="member.joined", subject=member.pk, role=member.role)
    return member


@transaction.atomic
def change_role(*, member: Member, role: str, by: Member, at: datetime) -> None:
    """Change what somebody may do. Safe to repeat; the last owner stays one."""
    if member.role == role:
        return
    _keep_an_owner(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    record(brand=member.brand, by=by, at=at, what="member.changed", subject=member.pk, before=before, role=role)


@transaction.atomic
def remove_member(*, member: Member, by: Member, at: datetime) -> None:
    """Take somebody off the brand; what they did stays on the trail. The last owner stays."""
    _keep_an_owner(member)
    record(brand=member.brand, by=by, at=at, what="member.removed", subject=member.pk, role=member.role)
    member.delete()


def _keep_an_owner(member: Member) -> None:
    # The rows are locked: two owners who leave at the same moment do not both leave.
    owners = list(Member.objects.of(member.brand).select_for_update().filter(role=Role.OWNER))
    if owners == [member]:
        raise LastOwner


@transaction.atomic
def change_account(*, user: User, name: str, language: str) -> None:
    """Change how somebody is called and spoken to."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
