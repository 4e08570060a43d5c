"""What is exported and imported again says the same: acts, moments, deletions, threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web import world
from tests.web.listen.files import NOW

from entourage.web.listen import bridge
from entourage.web.listen.models import Account, Activity
from entourage.web.people.queries.takeout import takeout

if TYPE_CHECKING:
    from pathlib import Path

    from entourage.web.core.models import Brand

ACTS = """\
network,id,at,act,actor_id,actor_handle,actor_kind,to_id,in_reply_to,context,text,timing,edited_at,deleted_at
x,1,2024-03-01 10:00:00+00,post,tea,tea,own,,,,"Linden, ""new"" tea",exact,,
x,2,2024-03-01 11:00:00+00,reply,ann,ann,,tea,1,1,late again,exact,2024-03-02 08:00:00+00,
x,3,2024-03-01 12:00:00+00,reply,tea,tea,own,ann,2,1,sorry,after,,
x,4,2024-03-01 13:00:00+00,comment,bob,bob,,tea,,elsewhere,one,exact,,
x,5,2024-03-01 14:00:00+00,reply,cyd,cyd,,tea,4,elsewhere,two,exact,,
x,6,2024-03-01 15:00:00+00,reply,dee,dee,,tea,unseen,unseen,three,exact,,
x,7,2024-03-01 16:00:00+00,reply,dee,dee,,tea,1,1,,exact,,2024-03-04 09:00:00+00
x,8,2024-03-05 09:00:00+00,,,,,,,,,exact,,2024-03-05 09:00:00+00
"""


@pytest.mark.django_db
@pytest.mark.usefixtures("folders")
def test_an_export_imported_into_another_brand_tells_the_same(tmp_path: Path) -> None:
    tea, quay, path = world.brand(), world.brand("quay"), tmp_path / "acts.csv"
    path.write_text(ACTS)
    assert bridge.import_file(brand=tea, path=path, now=NOW).accepted == 8
    path.write_bytes(b"".join(takeout(tea, "activities", form="csv")))
    again = bridge.import_file(brand=quay, path=path, now=NOW)
    assert (again.rows, again.accepted, again.rejected, again.error) == (8, 8, 0, "")
    assert told(quay) == told(tea)
    assert threads(quay) == threads(tea)
    assert bridge.import_file(brand=quay, path=path, now=NOW).repeated == 8


def told(brand: Brand) -> list[tuple[object, ...]]:
    people = dict(Account.objects.of(brand).values_list("pk", "network_id"))
    return [
        (a.network_id, a.act, a.at, people.get(a.account_id), people.get(a.toward_id), a.reply_to is None, *said(a))
        for a in Activity.objects.of(brand).order_by("network_id")
    ]


def said(a: Activity) -> tuple[object, ...]:
    return (a.text, a.timing, a.edited_at, a.deleted_at)


def threads(brand: Brand) -> list[set[str]]:
    """Which acts share a thread."""
    found: dict[object, set[str]] = {}
    for key, network_id in Activity.objects.of(brand).exclude(context=None).values_list("context", "network_id"):
        found.setdefault(key, set()).add(network_id)
    return sorted(found.values(), key=min)
