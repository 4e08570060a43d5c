"""Words of this room in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from entourage.web.today.views.shown import deed_in_words

if TYPE_CHECKING:
    from entourage.web.today.queries import Deserving

register = template.Library()


@register.simple_tag
def deserved(one: Deserving) -> str:
    """For what somebody deserves thanks."""
    return deed_in_words(one.deed.act, one.intent, one.helps)
