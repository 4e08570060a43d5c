"""What a member does with rules: saves one, moves it before another, removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from entourage.web.core.actions import record
from entourage.web.core.locks import hold
from entourage.web.service.actions.later import hold_later
from entourage.web.service.models import Rule
from entourage.web.service.queries import rules

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Member


@transaction.atomic
def save_rule(*, rule: Rule, by: Member | None, at: datetime) -> Rule:
    """Put a rule in force, a new one behind all others; messages that come from now on are ruled by it.

    Whether an answer waits for a yes is asked anew of what is already there, too.
    """
    if rule.pk is None:
        hold("service.rules", rule.brand_id)
        last = Rule.objects.of(rule.brand_id).aggregate(last=Max("place"))["last"]
        rule.place = (last or 0) + 1
    rule.save()
    hold_later(rule.brand)
    record(brand=rule.brand, by=by, at=at, what="rule.saved", subject=rule.pk)
    return rule


@transaction.atomic
def move_rule(*, rule: Rule, up: bool, by: Member | None, at: datetime) -> None:
    """Let a rule decide before, or after, its neighbour. At the end it stays where it is."""
    hold("service.rules", rule.brand_id)
    order = rules(rule.brand)
    here = next((place for place, one in enumerate(order) if one.pk == rule.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order, start=1):
        one.place = place
    Rule.objects.of(rule.brand).bulk_update(order, ["place"])
    hold_later(rule.brand)
    record(brand=rule.brand, by=by, at=at, what="rule.moved", subject=rule.pk)


@transaction.atomic
def remove_rule(*, rule: Rule, by: Member | None, at: datetime) -> None:
    """Forget a rule; what it did stays. Doing it twice changes nothing."""
    gone, _ = Rule.objects.of(rule.brand_id).filter(pk=rule.pk).delete()
    if gone:
        hold_later(rule.brand)
        record(brand=rule.brand, by=by, at=at, what="rule.removed", subject=rule.pk)
