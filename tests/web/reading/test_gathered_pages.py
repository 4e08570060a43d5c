"""Pages of topics and lessons: they cost the same however many messages a gathering holds, and lead back."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import connection
from tests.web import world

from entourage.web.listen.models import Activity
from entourage.web.reading import queries
from entourage.web.reading.models import Finding, FindingMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


def gathering(brand, *nearness, people=3, **fields):
    """A finding with a message of Ann for each nearness; the messages, in that order."""
    ann = world.account(brand, f"ann{Finding.objects.of(brand).count()}")
    found = Finding.objects.create(brand=brand, kind="defect", words=["kettle"], people=people, **fields)
    acts = [Activity(id=uuid4(), brand=brand, account=ann, network="x", network_id=str(uuid4()), act="comment",
                     at=world.AT, text=f"leak {n}") for n in range(len(nearness))]  # fmt: skip
    Activity.objects.bulk_create(acts)
    FindingMessage.objects.bulk_create(
        FindingMessage(brand=brand, finding=found, activity=act, account=ann, nearness=near)
        for act, near in zip(acts, nearness, strict=True)
    )
    return acts


def rows_looked_at(plan, table):
    own = plan["Actual Rows"] * plan["Actual Loops"] if plan.get("Relation Name") == table else 0
    return own + sum(rows_looked_at(part, table) for part in plan.get("Plans", ()))


def test_the_most_central_message_that_is_still_there_stands_for_all(tea):
    acts = gathering(tea, 500, 900, 700)
    gathering(tea, people=2)
    Activity.objects.of(tea).filter(pk=acts[1].pk).update(deleted_at=world.AT, text="")
    (first, empty), _ = queries.findings_of(tea, queries.Asked())
    assert (first.activity, first.text) == (acts[2].pk, "leak 2")
    assert (empty.activity, empty.text) == (None, "")


def test_one_message_is_looked_for_and_not_all_of_them(tea):
    gathering(tea, *range(3000))
    asked = []

    def listening(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    world.counted()
    with connection.cursor() as cursor:
        with connection.execute_wrapper(listening):
            queries.findings_of(tea, queries.Asked())
        (sql, params) = next((sql, params) for sql, params in asked if "nearness DESC" in sql)
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    assert rows_looked_at(plan, "reading_findingmessage") <= 2


def test_the_page_before_the_last_one_holds_as_many_as_any(tea, client):
    for _ in range(70):
        Finding.objects.create(brand=tea, kind="defect", words=["kettle"], people=3)
    world.signed_in(client, world.member(tea))
    last = client.get("/b/tea/lessons/?after=60").content.decode()
    assert 'rel="prev" href="?after=30"' in last
    middle = client.get("/b/tea/lessons/?after=30").content.decode()
    assert 'rel="prev" href="?"' in middle
    assert 'rel="next" href="?after=60"' in middle
