"""The brand's territory: drawn from what it says itself, and how much of its public's talk is about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max

from entourage.engine.errors import NotEnoughData
from entourage.engine.text.meaning.everyday import CHATTER
from entourage.engine.text.meaning.territory import MOST, Territory, territory
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.waiting import WORDED
from entourage.web.reading.models import MILLE, Vector
from entourage.web.reading.models import Territory as Kept
from entourage.web.reading.queries.territory import about_from

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.engine.text.encoder import Encoder
    from entourage.web.core.models import Brand

#: Own texts that are looked at: copies among them are left out by the engine, so more than it takes.
READ = 2 * MOST
#: The territory is drawn anew when the brand has said a quarter more.
GROWN = 1.25

# Answers are among them: the service around a product is what a brand is about, too.
_SAID = """
FROM listen_activity told JOIN listen_account account ON account.id = told.account_id AND account.role = 'own'
WHERE told.brand_id = %(brand)s AND told.deleted_at IS NULL AND told.text <> '' AND told.act = ANY(%(worded)s)
"""
_OWN = f"SELECT told.text {_SAID} ORDER BY told.at DESC, told.id LIMIT %(most)s"
_OWN_COUNT = f"SELECT count(*) {_SAID}"
# People and standings belong to a room above: they are read by their tables, and only counted.
_TALK = """
FROM reading_vector told
JOIN listen_activity act ON act.id = told.id
LEFT JOIN listen_account toward ON toward.id = act.toward_id
JOIN listen_account account ON account.id = told.account_id
LEFT JOIN people_standing stands ON stands.person_id = account.person_id
WHERE told.brand_id = %(brand)s AND told.at >= %(at)s - interval '13 weeks' AND told.at < %(at)s
  AND told.nearness IS NOT NULL
  AND NOT EXISTS (SELECT FROM people_person person WHERE person.id = account.person_id
                  AND (person.left_alone_at IS NOT NULL OR person.kind <> 'public'))
  AND (act.toward_id IS NULL OR toward.role = 'own')
"""
_COUNTED = f"SELECT {{by}}, count(*), count(*) FILTER (WHERE told.nearness >= %(from)s) {_TALK} GROUP BY 1"
_BY_RING = _COUNTED.format(by="coalesce(stands.ring, -1)")
_BY_WEEK = _COUNTED.format(by="12 - floor(extract(epoch FROM %(at)s - told.at) / 604800)::int")


def territory_of(brand: Brand, reader: Encoder) -> Territory | None:
    """The territory as it is kept, where it still says what the brand is about by this encoder."""
    kept = Kept.objects.of(brand).filter(encoder=reader.id, kept__isnull=False).first()
    return Territory.from_bytes(bytes(kept.kept or b"")) if kept else None


def outgrown(brand: Brand, reader: Encoder) -> bool:
    """Whether it must be drawn: never was, by another encoder, other words were given, or the brand has said more."""
    kept = Kept.objects.of(brand).defer("kept").filter(pk=brand.pk).first()
    if kept is None or kept.encoder != reader.id or kept.made_at is None:
        return True
    if kept.changed_at and kept.changed_at > kept.made_at:
        return True
    own = _own_count(brand)
    # Where there is none yet, the next text may be the one that was missing.
    return bool(own > (max(kept.own * GROWN, kept.own + 1) if kept.texts else kept.own))


def mark_out(brand: Brand, reader: Encoder, *, now: datetime) -> None:
    """Draw the territory from what the brand says; ``measuring`` then holds every message against it, in turns.

    Too little said: none, and the reason on its row.
    """
    row, _ = Kept.objects.of(brand).get_or_create(brand=brand)
    newest = Vector.objects.of(brand).aggregate(newest=Max("number"))["newest"]
    behind = None if newest is None else newest + 1
    facts: dict[str, Any] = {"encoder": reader.id, "own": _own_count(brand), "made_at": now, "error": ""}
    spoken = [code for code in brand.languages if code in CHATTER] or list(CHATTER)
    try:
        drawn = territory(_own(brand), words=row.given, languages=spoken, encoder=reader)
    except NotEnoughData as error:
        facts |= {"error": str(error), "kept": None, "texts": 0, "most": 0, "counts": {}}
        # What was measured against the one before must go.
        facts["unmeasured"] = behind if row.texts else row.unmeasured
    else:
        facts |= {"kept": drawn.to_bytes(), "texts": drawn.texts, "most": round(drawn.most * MILLE)}
        facts["unmeasured"] = behind
    Kept.objects.of(brand).update(**facts)


def count_talk(brand: Brand) -> None:
    """Count the last quarter's messages, and those about what the brand does, by ring and by week."""
    row = Kept.objects.of(brand).filter(kept__isnull=False).first()
    if row is None:
        return
    at = horizon_end(brand)
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"brand": brand.pk, "at": at, "from": about_from(row)}
        cursor.execute(_BY_RING, asked)
        rings = {str(ring): [messages, about] for ring, messages, about in cursor.fetchall()}
        cursor.execute(_BY_WEEK, asked)
        weeks = {int(week): [messages, about] for week, messages, about in cursor.fetchall()}
    told = [weeks.get(week, [0, 0]) for week in range(13)]
    Kept.objects.of(brand).update(counts={"at": at.isoformat(), "rings": rings, "weeks": told})


def _own(brand: Brand) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OWN, {"brand": brand.pk, "worded": list(WORDED), "most": READ})
        return [text for (text,) in cursor.fetchall()]


def _own_count(brand: Brand) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_OWN_COUNT, {"brand": brand.pk, "worded": list(WORDED)})
        return int(cursor.fetchone()[0])
