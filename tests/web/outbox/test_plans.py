"""With many rows, every question of a page and of the sweep is answered through an index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from tests.web import world
from tests.web.outbox.doors import connection, question

from entourage.web.outbox import bridge, queries
from entourage.web.outbox.bridge import sweeping

pytestmark = pytest.mark.django_db

# Of a thousand rows nine hundred and ninety-nine have left the house, every fiftieth of them not told back yet.
_ROWS = """
INSERT INTO outbox_outgoing (id, brand_id, connection_id, network, deed, purpose, account, person_id, conversation_id,
    text, subject, language, state, reason, tries, created_at, due_at, sent_at, network_id, url, activity)
SELECT gen_random_uuid(), %(brand)s, %(door)s, 'bluesky', 'reply',
    CASE WHEN n %% 10 = 0 THEN 'thanks' ELSE 'answer' END, gen_random_uuid(), n %% 6000, n %% 9000, 'words', '', '',
    CASE WHEN n %% 1000 = 0 THEN 'queued' WHEN n %% 50 = 0 THEN 'sent' ELSE 'accepted' END, '', 0,
    %(at)s - n * interval '10 s', %(at)s - n * interval '10 s', %(at)s - n * interval '10 s', 'n' || n, '',
    gen_random_uuid()
FROM generate_series(1, 30000) n
"""


@pytest.fixture
def tea():
    brand = world.brand("tea")
    page, _ann, _asked = question(brand)
    brand.door = connection(brand, page)
    with database.cursor() as cursor:
        cursor.execute(_ROWS, {"brand": brand.pk, "door": brand.door.pk, "at": world.AT})
    world.counted()
    return brand


QUESTIONS = {
    "open": queries.listing,
    "one state": lambda tea: queries.listing(tea, box="accepted"),
    "everything": lambda tea: queries.listing(tea, box="all"),
    "one person": lambda tea: queries.listing(tea, person_id=1500),
    "counts": queries.counts,
    "pressure": lambda tea: queries.pressure_on(tea, range(1500, 1550), at=world.AT),
    "pressed": lambda tea: queries.pressed(tea, at=world.AT),
    "sweep": lambda _tea: bridge.sweep(now=world.AT - timedelta(days=2)),
    "unseen": lambda _tea: list(sweeping._unseen(world.AT)),
    "told back": lambda tea: bridge.told_back(tea.door.pk, ["n5"], now=world.AT),
}


def _plans(tea, name: str) -> list[str]:
    with CaptureQueriesContext(database) as asked:
        QUESTIONS[name](tea)
    plans = []
    with database.cursor() as cursor:
        for query in asked.captured_queries:
            if query["sql"].lstrip().startswith(("SELECT", "UPDATE")) and "outbox_outgoing" in query["sql"]:
                cursor.execute("EXPLAIN " + query["sql"])
                plans += [row for (row,) in cursor.fetchall()]
    return plans


def test_no_question_looks_through_the_whole_outbox(tea):
    # All in one test: the rows take ten times longer to write than the questions to answer.
    plans = {name: _plans(tea, name) for name in QUESTIONS}
    assert [name for name, rows in plans.items() if not rows] == []
    assert [name for name, rows in plans.items() if any("Seq Scan on outbox_outgoing" in row for row in rows)] == []
