"""Whose messages count in a crisis, and up to which moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.listen.models import Connection, ConnectionState
from entourage.web.listen.queries import horizon_end
from entourage.web.listen.queries.speaking import ASKING
from entourage.web.reading.models import Intent

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand

#: Entries of a contest and spam fill a page without anybody being troubled.
NOISE = (Intent.CONTEST_ENTRY, Intent.SPAM)

# What the public says to our accounts; staff, bots and who is left alone out. People belong to a room above the log:
# read by their table, as everywhere.
SAID = """
FROM listen_activity a
JOIN listen_account c ON c.id = a.account_id AND c.role = 'public' AND c.told_kind <> 'bot'
JOIN listen_account t ON t.id = a.toward_id AND t.role = 'own'
LEFT JOIN people_person p ON p.id = c.person_id
LEFT JOIN reading_reading r ON r.id = a.id
WHERE a.brand_id = %(brand)s AND a.at >= %(since)s AND a.at < %(until)s AND a.deleted_at IS NULL
  AND a.act = ANY(%(asking)s) AND coalesce(p.kind, 'public') = 'public' AND p.left_alone_at IS NULL
  AND coalesce(r.intent, '') <> ALL(%(noise)s)
"""


def told(brand: Brand | int, *, since: datetime, until: datetime, **more: Any) -> dict[str, Any]:
    """What ``SAID`` asks for."""
    number = brand if isinstance(brand, int) else brand.pk
    return {"brand": number, "since": since, "until": until, "asking": list(ASKING), "noise": list(NOISE), **more}


def moment(brand: Brand, *, now: datetime) -> datetime:
    """Up to when a brand's hours are known: now where it is heard live, since silence tells too; else its last act."""
    live = Connection.objects.of(brand).filter(state=ConnectionState.LIVE, read_at__isnull=False).exists()
    return now if live else horizon_end(brand, now=now)
