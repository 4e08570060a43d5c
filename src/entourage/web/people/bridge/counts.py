"""How many people stand where: counted once when the scores are made, so that no page counts a million rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

_STANDINGS = """
SELECT ring, ring_before, movement, name,
       CASE WHEN asked = 0 THEN 'unasked' WHEN answered = 0 THEN 'never'
            WHEN answered < asked THEN 'partly' ELSE 'all' END,
       count(*), sum(asked), sum(answered)
FROM people_standing WHERE brand_id = %(brand)s GROUP BY 1, 2, 3, 4, 5
"""
_PEOPLE = """
SELECT kind, left_alone_at IS NOT NULL, networks, count(*)
FROM people_person WHERE brand_id = %(brand)s GROUP BY 1, 2, 3
"""


def counts(brand: Brand) -> dict[str, Any]:
    """Count people by ring, movement, name, share of answers, network and kind, and who moved between rings."""
    found: dict[str, Any] = {
        "people": 0,
        "rings": {str(ring): 0 for ring in range(4)},
        "names": {},
        "movements": {},
        "answered": {},
        "moved": {},
        "networks": {},
        "kinds": {},
        "asked": 0,
        "answered_messages": 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, {"brand": brand.pk})
        for row in cursor.fetchall():
            _add_standing(found, row)
        cursor.execute(_PEOPLE, {"brand": brand.pk})
        for kind, alone, networks, people in cursor.fetchall():
            _add(found["kinds"], "alone" if alone else kind, people)
            _add(found["networks"], networks, people)
    return found


def _add_standing(found: dict[str, Any], row: tuple[Any, ...]) -> None:
    ring, before, movement, name, answer, people, asked, answered = row
    found["people"] += people
    found["asked"] += asked
    found["answered_messages"] += answered
    _add(found["rings"], str(ring), people)
    _add(found["movements"], movement, people)
    _add(found["names"], name, people)
    _add(found["answered"], answer, people)
    if before is not None:
        _add(found["moved"].setdefault(str(before), {}), str(ring), people)


def _add(counted: dict[str, int], key: str, people: int) -> None:
    counted[key] = counted.get(key, 0) + people
