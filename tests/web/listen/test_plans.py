"""An import stays quick whatever PostgreSQL believes of its tables."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.web import world

from entourage.networks.activity import Account, Act, Activity
from entourage.web.listen import actions

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

PEOPLE = 12_000
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


def batch(first: int) -> list[Activity]:
    return [
        Activity(
            network="x",
            id=str(number),
            act=Act.MENTION,
            actor=Account(id=str(number), handle=f"person{number}"),
            at=BEGIN + timedelta(seconds=number),
        )
        for number in range(first, first + PEOPLE)
    ]


@pytest.mark.django_db
def test_tables_analysed_in_the_middle_of_a_batch_do_not_make_the_next_one_crawl(database_url: str) -> None:
    """To another session, a batch that is not committed yet is an empty table of many pages."""
    brand: Brand = world.brand("tea")
    first = seconds_of(brand)
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute("ANALYZE listen_account")
    # About as long as the first; without an index to find each person by, minutes.
    assert seconds_of(brand) < 10 * first


def seconds_of(brand: Brand) -> float:
    """How long taking in the batch takes."""
    began = time.monotonic()
    actions.take_in(brand=brand, activities=batch(0))
    return time.monotonic() - began
