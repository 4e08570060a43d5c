"""A brand with enough people who come back for a prediction: ninety, each at their own pace, always the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from tests.web import world

from entourage.web.listen.keys import account_keys, activity_key
from entourage.web.listen.models import Account, Activity

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

WEEKS = 52


def crowd(brand: Brand, *, people: int = 90, seed: int = 7) -> Account:
    """Fill the brand with people who comment in some weeks of the year before ``world.AT``; return our page."""
    rng = np.random.default_rng(seed)
    page = world.account(brand, "ourpage", role="own")
    accounts, acts = [], []
    for number in range(people):
        key = UUID(bytes=account_keys(brand.pk)("x", f"fan{number}"))
        accounts.append(
            Account(id=key, brand=brand, network="x", network_id=f"fan{number}", handle=f"fan{number}", person_id=_id())
        )
        pace, left, came = rng.beta(1, 2), rng.integers(-20, 24), rng.integers(26, WEEKS)
        acts += [(key, week) for week in range(max(left, 0), came) if rng.random() < pace or week == came - 1]
    Account.objects.bulk_create(accounts)
    Activity.objects.bulk_create(_activity(brand, page, key, week, number) for number, (key, week) in enumerate(acts))
    return page


def _id() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_person', 'id'))")
        return int(cursor.fetchone()[0])


def _activity(brand: Brand, page: Account, account: UUID, week: int, number: int) -> Activity:
    key = UUID(bytes=activity_key(brand.pk, "x", f"crowd{number}"))
    at = world.AT - timedelta(weeks=week, hours=5 + number % 60)
    return Activity(
        id=key, brand=brand, account_id=account, network="x", network_id=f"crowd{number}", act="comment", at=at,
        toward=page,
    )  # fmt: skip
