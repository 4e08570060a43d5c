"""Keeping the files that came with activities, once for each edition of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.listen.actions.forgetting import NOBODY
from entourage.web.listen.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from entourage.web.core.models import Brand
    from entourage.web.listen.rows import Attached

TOGETHER = 1_000  # rows without content in a statement; bytes go one file a statement, which must fit into memory

# The files of the edition that is kept, where none are there yet; not of what is gone, nor of what was said to somebody
# who was erased. Taking away is the database's own work: see the migration of the attachments.
_WANTED = """
SELECT DISTINCT act.id
FROM unnest(%(keys)s::uuid[], %(editions)s::timestamptz[]) told(id, edited_at)
JOIN listen_activity act ON act.id = told.id AND act.edited_at IS NOT DISTINCT FROM told.edited_at
WHERE act.brand_id = %(brand)s AND act.deleted_at IS NULL AND act.toward_id IS DISTINCT FROM %(nobody)s::uuid
  AND NOT EXISTS (SELECT FROM listen_attachment file WHERE file.activity = act.id)
"""


def keep_files(brand: Brand, told: Sequence[Attached]) -> None:
    """Keep the files of these activities, once they are taken in; the same files again change nothing."""
    wanted = _wanted(brand, told)
    rows = [_row(brand, one) for one in told if one.activity in wanted]
    bare = [row for row in rows if row.content is None]
    Attachment.objects.bulk_create(bare, batch_size=TOGETHER)
    for row in rows:
        if row.content is not None:
            row.save(force_insert=True)


def _wanted(brand: Brand, told: Sequence[Attached]) -> set[UUID]:
    facts: dict[str, Any] = {
        "brand": brand.pk,
        "keys": [one.activity for one in told],
        "editions": [one.edited_at for one in told],
        "nobody": NOBODY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WANTED, facts)
        return {key for (key,) in cursor.fetchall()}


def _row(brand: Brand, one: Attached) -> Attachment:
    file = one.told
    return Attachment(
        brand=brand, activity=one.activity, place=one.place, name=file.name, kind=file.kind, alt=file.alt,
        url=file.url, size=file.size, width=file.width, height=file.height, content=file.content or None,
    )  # fmt: skip
