"""What is against us in a crisis, grouped by meaning: the groups keep their prepared answers when it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction

from entourage.engine.text.meaning.nearest import packed, unpacked
from entourage.engine.text.plain import READ_CHARS
from entourage.web.core.locks import alone
from entourage.web.crisis.models import Crisis, Group, GroupMessage
from entourage.web.crisis.queries.counting import SAID, told
from entourage.web.listen.actions import intake_lock
from entourage.web.reading.bridge.gathering import centres_of, common_to, gathered
from entourage.web.reading.bridge.heaps import Heap, Sum
from entourage.web.reading.bridge.indexing import encoder

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from entourage.engine.text.encoder import Encoder
    from entourage.web.reading.bridge.gathering import Gathered

#: The newest messages against us that are grouped.
LOOKED_AT = 2_000
#: More groups than this nobody answers one by one; what is left stands in the rest.
MOST = 12
#: Messages before it that tell what is always said.
USUAL = 4_000

# The words come along only where a message has no vector yet.
_BEHIND = f"""
SELECT a.id, (extract(epoch FROM a.at) * 1000000)::bigint,
       coalesce(c.person_id, hashtextextended(a.account_id::text, 0)), v.vector,
       CASE WHEN v.id IS NULL THEN left(a.text, {READ_CHARS}) END, count(*) OVER ()
{SAID.replace("WHERE", "LEFT JOIN reading_vector v ON v.id = a.id AND v.encoder = %(encoder)s WHERE", 1)}
  AND r.sign = -1 ORDER BY a.at DESC, a.id LIMIT %(most)s
"""
_BEFORE = """
SELECT string_agg(vector, '') FROM (
    SELECT vector FROM reading_vector WHERE brand_id = %(brand)s AND encoder = %(encoder)s AND at < %(since)s
    ORDER BY at DESC LIMIT %(usual)s
) told
"""
_KEEP = """
INSERT INTO crisis_groupmessage (brand_id, group_id, activity_id, account_id)
SELECT done.brand_id, %(group)s, done.id, done.account_id FROM reading_reading done
WHERE done.brand_id = %(brand)s AND done.id = ANY(%(keys)s)
"""


def gather(crisis: Crisis, *, now: datetime) -> None:
    """Group the newest messages against us of a crisis. Twice over the same messages changes nothing."""
    reader = encoder()
    with alone("crisis.gather", crisis.brand_id):
        crisis.refresh_from_db()
        heap, all_of_them = _behind(crisis, reader)
        groups, known = _groups(crisis, heap, reader) if len(heap) else ([], [])
        with transaction.atomic():
            # Nobody erases anybody between our look at the messages and their storing.
            intake_lock(crisis.brand)
            _store(crisis, heap, groups, known)
            Crisis.objects.of(crisis.brand_id).filter(pk=crisis.pk).update(
                gathered_at=now, messages=all_of_them, gathered=len(heap)
            )


def _behind(crisis: Crisis, reader: Encoder) -> tuple[Heap, int]:
    span = told(crisis.brand_id, since=crisis.starts_at, until=crisis.until, encoder=reader.id, most=LOOKED_AT)
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, span)
        rows = cursor.fetchall()[::-1]
    vectors = np.zeros((len(rows), reader.dimensions), np.int8)
    new = [place for place, row in enumerate(rows) if row[3] is None]
    if new:
        vectors[new] = packed(reader.encode([rows[place][4] for place in new]))
    for place, row in enumerate(rows):
        if row[3] is not None:
            vectors[place] = np.frombuffer(bytes(row[3]), np.int8)
    heap = Heap(
        keys=np.frombuffer(b"".join(row[0].bytes for row in rows), "V16"),
        packed=vectors,
        people=np.array([row[2] for row in rows], np.int64),
        at_us=np.array([row[1] for row in rows], np.int64),
        nearness=np.full(len(rows), -1, np.int16),
    )
    return heap, int(rows[0][5]) if rows else 0


def _groups(crisis: Crisis, heap: Heap, reader: Encoder) -> tuple[list[Gathered], list[int]]:
    """The groups, and the numbers of those that were there before."""
    common = common_to(reader, _usual(crisis, reader), heap.sum)
    said = GroupMessage.objects.of(crisis.brand_id).filter(group__crisis=crisis, group__rest=False)
    known = centres_of(said.order_by("group", "activity").values_list("group_id", "activity_id"), heap, common)
    groups = gathered(crisis.brand, heap, common=common, known=list(known.values()), most=MOST, faithful=True)
    return groups, list(known)


def _usual(crisis: Crisis, reader: Encoder) -> Sum:
    """What was said before the crisis: what is in it as always is no group of it."""
    asked: dict[str, Any] = {
        "brand": crisis.brand_id, "encoder": reader.id, "since": crisis.starts_at, "usual": USUAL,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, asked)
        (found,) = cursor.fetchone()
    rows = unpacked(np.frombuffer(bytes(found or b""), np.int8).reshape(-1, reader.dimensions))
    return Sum(rows.sum(axis=0, dtype=np.float64), len(rows))


def _store(crisis: Crisis, heap: Heap, groups: list[Gathered], known: list[int]) -> None:
    ours = Group.objects.of(crisis.brand_id).filter(crisis=crisis)
    GroupMessage.objects.of(crisis.brand_id).filter(group__crisis=crisis).delete()
    free = np.ones(len(heap), dtype=bool)
    kept = []
    for place, one in enumerate(groups):
        free[one.topic.members] = False
        before = known[one.topic.known] if one.topic.known >= 0 else None
        facts = {"brand_id": crisis.brand_id, "crisis": crisis, "place": place, "words": list(one.words)}
        row, _ = ours.update_or_create(pk=before, defaults=facts)
        _keep(row, heap.ids(one.topic.members))
        kept.append(row.pk)
    rest, _ = ours.get_or_create(crisis=crisis, rest=True, defaults={"brand_id": crisis.brand_id})
    _keep(rest, heap.ids(np.flatnonzero(free)))
    # A prepared answer is work of somebody's: its group stays, even empty.
    ours.exclude(pk__in=kept).filter(rest=False, answer="").delete()


def _keep(group: Group, keys: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"group": group.pk, "brand": group.brand_id, "keys": keys})
