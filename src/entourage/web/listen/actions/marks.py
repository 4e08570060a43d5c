"""Saying on which side an account stands: ours, a competitor's, the public's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer
from entourage.web.listen.actions.taking import intake_lock, settle
from entourage.web.listen.models import Account, AccountRole
from entourage.web.listen.queries import find_account

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member

MARKED = "marked"


@transaction.atomic
def mark_account(*, account: Account, role: AccountRole, by: Member | None, at: datetime) -> None:
    """Say the role of an account; imports keep their hands off it from then on. Doing it twice changes nothing.

    A brand's account is nobody's person: it leaves the people, and comes back when it is marked public again. To whom
    acts are turned is told anew by a job.
    """
    if _set_role(account, role=role, by=by, at=at):
        brand_id = account.brand_id
        transaction.on_commit(lambda: defer("listen.turn", brand_id=brand_id))


@transaction.atomic
def mark_by_name(*, brand: Brand, name: str, role: AccountRole, by: Member | None, at: datetime) -> list[Account]:
    """Say the role of all accounts with this id, handle or name, and tell anew to whom acts are turned.

    The accounts found; none where nobody has that name.
    """
    found = find_account(brand, name)
    changed = [_set_role(account, role=role, by=by, at=at) for account in found]
    if any(changed):
        settle(brand, turned=True)
        transaction.on_commit(lambda: tell_above(brand.pk))
    return found


def tell_above(brand_id: int) -> None:
    """What people said to us is another heap now: who became public is read, topics and lessons are gathered anew.

    Rooms above are called by the names of their jobs.
    """
    defer("inbox.thread", brand_id=brand_id)
    defer("reading.read", brand_id=brand_id)
    defer("reading.gather", brand_id=brand_id, anew=True)


def _set_role(account: Account, *, role: AccountRole, by: Member | None, at: datetime) -> bool:
    """Write the role; whether anything changed."""
    intake_lock(account.brand_id)
    account.refresh_from_db(from_queryset=Account.objects.of(account.brand_id))
    if (account.role, account.told_kind) == (role, MARKED):
        return False
    changed = account.role != role
    account.role, account.told_kind = role, MARKED
    account.person_id = _person_id(account)
    account.save(update_fields=["role", "told_kind", "person_id"])
    record(brand=account.brand, by=by, at=at, what="account.marked", subject=account.pk, role=str(role))
    return changed


def _person_id(account: Account) -> int | None:
    """The person behind a public account, a new one if it has none; nobody behind a brand's."""
    if account.role != AccountRole.PUBLIC or account.person_id:
        return None if account.role != AccountRole.PUBLIC else account.person_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_person', 'id'))")
        return int(cursor.fetchone()[0])
