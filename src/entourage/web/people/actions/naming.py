"""What members called something after somebody who is erased: it stays where they put it, without the name."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.listen.actions import BLANK
from entourage.web.people.models import Segment

if TYPE_CHECKING:
    from collections.abc import Collection

    from entourage.web.listen.actions import Traces

#: Rows with a ``name``, of this room and of rooms above. Of most, no two of a brand may share it: all are numbered.
_NAMED: list[Any] = [Segment]
# A name of something is no sentence: where all of it is a handle, it is theirs without its sign, too. A first name
# alone may be anybody, or an ordinary word.
_CLEANED = """
CASE WHEN lower(ltrim({name}, '@')) = ANY(%(words)s) THEN %(blank)s
     ELSE regexp_replace({name}, %(named)s, %(blank)s, 'gi') END
"""
_NAMES = f"""
SELECT id, cleaned FROM (SELECT id, name, {_CLEANED.format(name="name")} AS cleaned
                         FROM {{table}} WHERE brand_id = %(brand)s) kept
WHERE cleaned <> name ORDER BY id
"""


def also_named(rows: Any) -> None:
    """Have an erased person's names taken out of how rows of a room above are called; said once, when it is loaded."""
    if rows not in _NAMED:
        _NAMED.append(rows)


def without_names(name: str) -> str:
    """SQL: how something is called, without an erased person's names; its values are those of ``naming``."""
    return _CLEANED.format(name=name)


def naming(brand: int, traces: Traces) -> dict[str, Any]:
    """The values of ``without_names``."""
    words = sorted({word.lower() for word in traces.handles})
    return {"brand": brand, "words": words, "named": traces.pattern, "blank": BLANK}


def forget_in_names(brand: int, traces: Traces) -> None:
    """Take the names of somebody who is erased out of what members called after them.

    Two that are the same without it are numbered. Safe to repeat.
    """
    for rows in _NAMED:
        _rename(rows, brand, traces)


def _rename(rows: Any, brand: int, traces: Traces) -> None:
    about = rows._meta  # noqa: SLF001 - Django documents it
    with connection.cursor() as cursor:
        cursor.execute(_NAMES.format(table=about.db_table), naming(brand, traces))
        found = cursor.fetchall()
    kept, longest = rows.objects.of(brand), about.get_field("name").max_length
    names = set(kept.exclude(pk__in=[key for key, _ in found]).values_list("name", flat=True)) if found else set()
    for key, cleaned in found:
        name = _free(cleaned[:longest], names, longest)
        kept.filter(pk=key).update(name=name)
        names.add(name)


def _free(name: str, taken: Collection[str], longest: int) -> str:
    """The name, with a number behind it where another has it."""
    numbered = (f"{name[: longest - 1 - len(str(number))]} {number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)
