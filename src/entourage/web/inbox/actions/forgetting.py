"""Labels that name somebody who is erased: they stay where members put them, without the name."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.inbox.models import LONGEST_LABEL, Label
from entourage.web.listen.actions import BLANK

if TYPE_CHECKING:
    from collections.abc import Collection

    from entourage.web.listen.actions import Traces

# A label is no sentence: where all of it is a handle or a name, it is theirs without its sign, too.
_CLEANED = """
CASE WHEN lower(ltrim({name}, '@')) = ANY(%(words)s) THEN %(blank)s
     ELSE regexp_replace({name}, %(named)s, %(blank)s, 'gi') END
"""
_LABELS = f"""
SELECT id, cleaned FROM (SELECT id, name, {_CLEANED.format(name="name")} AS cleaned
                         FROM inbox_label WHERE brand_id = %(brand)s) label
WHERE cleaned <> name ORDER BY id
"""
# Lines of threads that tell of a label, also of one that has gone since.
_STEPS = f"""
UPDATE inbox_step SET detail = jsonb_set(detail, '{{label}}', to_jsonb({_CLEANED.format(name="detail->>'label'")}))
WHERE brand_id = %(brand)s AND what IN ('labelled', 'unlabelled')
  AND {_CLEANED.format(name="detail->>'label'")} <> detail->>'label'
"""


def forget_in_labels(brand: int, traces: Traces) -> None:
    """Take the names of somebody who is erased out of the brand's labels, and of what threads tell of them.

    Two labels that are the same without it are numbered. Safe to repeat.
    """
    words = sorted({word.lower() for word in traces.handles | traces.names})
    values: dict[str, Any] = {"brand": brand, "words": words, "named": traces.pattern, "blank": BLANK}
    with connection.cursor() as cursor:
        cursor.execute(_LABELS, values)
        found = cursor.fetchall()
        cursor.execute(_STEPS, values)
    kept = Label.objects.of(brand)
    names = set(kept.exclude(pk__in=[number for number, _ in found]).values_list("name", flat=True))
    for number, cleaned in found:
        name = _free(cleaned[:LONGEST_LABEL], names)
        kept.filter(pk=number).update(name=name)
        names.add(name)


def _free(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where another label has it."""
    numbered = (f"{name[: LONGEST_LABEL - 1 - len(str(number))]} {number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)
