"""Labels that name somebody who is erased, in the lines of threads that tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from entourage.web.people.actions import naming, without_names

if TYPE_CHECKING:
    from entourage.web.listen.actions import Traces

# Also of a label that has gone since.
_STEPS = f"""
UPDATE inbox_step SET detail = jsonb_set(detail, '{{label}}', to_jsonb({without_names("detail->>'label'")}))
WHERE brand_id = %(brand)s AND what IN ('labelled', 'unlabelled')
  AND {without_names("detail->>'label'")} <> detail->>'label'
"""


def forget_in_steps(brand: int, traces: Traces) -> None:
    """Take the names of somebody who is erased out of what threads tell of labels. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, naming(brand, traces))
