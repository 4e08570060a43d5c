"""Rules that look for somebody who is erased: they look for the rest, or rest themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from entourage.web.listen.actions import BLANK
from entourage.web.people.actions import naming, without_names
from entourage.web.service.models import Rule

if TYPE_CHECKING:
    from entourage.web.listen.actions import Traces

_WORDS = f"""
SELECT id, coalesce(array_agg(word ORDER BY place) FILTER (WHERE cleaned = word), '{{}}')
FROM (SELECT rule.id, told.word, told.place, {without_names("told.word")} AS cleaned
      FROM service_rule rule CROSS JOIN LATERAL unnest(rule.words) WITH ORDINALITY AS told(word, place)
      WHERE rule.brand_id = %(brand)s) each
GROUP BY id HAVING bool_or(cleaned <> word)
"""


def forget_in_rules(brand: int, traces: Traces) -> None:
    """Take somebody who is erased out of the words of rules. Safe to repeat.

    A rule that looked for them alone is out of force: without its words it would fit whatever anybody writes.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, naming(brand, traces))
        found = cursor.fetchall()
    for key, left in found:
        now = {"words": left} if left else {"words": [BLANK], "active": False}
        Rule.objects.of(brand).filter(pk=key).update(**now)
