"""Many of a kind: ids told otherwise are all counted and a few named; names of networks are not all remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.web import world

from entourage.networks.activity import Account, Act, Activity
from entourage.web.listen import actions, bridge
from entourage.web.listen.actions.taking import LISTED
from entourage.web.listen.keys import NETWORKS, account_keys
from entourage.web.listen.rows import Named
from entourage.web.listen.rows.naming import Naming

if TYPE_CHECKING:
    from pathlib import Path

MARCH = datetime(2024, 3, 1, tzinfo=UTC)


def told(said: str) -> list[Activity]:
    ann = Account(id="ann", handle="ann")
    return [Activity(network="x", id=str(n), act=Act.MENTION, actor=ann, at=MARCH, text=said) for n in range(300)]


@pytest.mark.django_db
def test_however_many_are_told_otherwise_all_are_counted_and_a_few_named() -> None:
    tea = world.brand()
    actions.take_in(brand=tea, activities=told("lovely"))
    again = actions.take_in(brand=tea, activities=told("horrible"))
    assert (again.conflicting, len(again.conflicts)) == (300, LISTED)
    together = actions.take_in(brand=world.brand("other"), activities=told("lovely") + told("horrible"))
    assert (together.conflicting, len(together.conflicts)) == (300, LISTED)


@pytest.mark.django_db
def test_a_report_tells_how_many_ids_were_told_otherwise(tmp_path: Path) -> None:
    tea = world.brand()
    for name, said in (("first.csv", "lovely"), ("second.csv", "horrible")):
        rows = [f"c{n},u{n},2024-03-02,comment,{said}" for n in range(300)]
        (tmp_path / name).write_text("\n".join(["id,actor_id,at,act,text", *rows]))
        run = bridge.import_file(brand=tea, path=tmp_path / name, now=MARCH + timedelta(days=9))
    (warning,) = [one for one in run.warnings if "told again" in one]
    assert warning.startswith("300 ids were told again with different content and no newer date of edition; the first ")
    assert warning.count(",") == 9, "ten of them are named"


def test_names_of_networks_are_not_all_remembered() -> None:
    keys, naming = account_keys(7), Naming(7, Named())
    for n in range(NETWORKS + 1):
        keys(f"network {n}", "1")
        naming.shown(f"network {n}")
    assert len(keys._begun) == len(naming._networks) == 1
    assert keys("network 3", "1") == account_keys(7)("network 3", "1")
