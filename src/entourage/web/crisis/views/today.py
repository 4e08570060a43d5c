"""A crisis on Today: of who answers for it; of owners and managers, who name somebody, while nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entourage.web.core.permissions import May, may
from entourage.web.core.templatetags.entourage import clock, number
from entourage.web.crisis import queries
from entourage.web.crisis.views.shown import called, worst
from entourage.web.today.queries import Errand
from entourage.web.today.queries.day import NOTE_WORTH

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member
    from entourage.web.crisis.models import Crisis

#: Minutes: to see who waits, hand out drafts and say how it goes; and to name somebody.
CARE_MIN, NAME_MIN = 5.0, 1.0


def errands(brand: Brand, member: Member, now: datetime) -> list[Errand]:  # noqa: ARG001 - what each source is told
    """The open crisis, where this member answers for it or may name who does; three queries at most."""
    crisis = queries.open_crisis(brand)
    if crisis is None or crisis.owner_id not in {None, member.pk}:
        return []
    if crisis.owner_id is None and not may(member, May.APPROVE):
        return []
    return [_errand(brand, crisis)]


def _errand(brand: Brand, crisis: Crisis) -> Errand:
    owned, load = crisis.owner_id is not None, queries.load(crisis)
    return Errand(
        # Who becomes its owner sees it again, though they put off naming one.
        key=f"crisis:{crisis.pk}" if owned else f"crisis-owner:{crisis.pk}",
        minutes=CARE_MIN if owned else NAME_MIN,
        # At least what a colleague's question is: nobody else closes it, or names who answers for it.
        worth=max(NOTE_WORTH, load.worth),
        url=reverse("crisis:crisis", args=[brand.slug, crisis.pk]),
        verb=gettext("Look after the crisis") if owned else gettext("Name who answers for it"),
        name=called(crisis),
        why=(gettext("you answer for it") if owned else gettext("nobody answers for it"), *_why(crisis, load.waits)),
        said=worst(crisis),
        # Everybody in it waits already: it stands with the promises that have ended.
        due_at=crisis.starts_at,
    )


def _why(crisis: Crisis, waits: int) -> list[str]:
    told = [gettext("since %(since)s") % {"since": clock(crisis.starts_at)}]
    if waits:
        line = ngettext("%(waits)s waits for an answer", "%(waits)s wait for an answer", waits)
        told.append(line % {"waits": number(waits)})
    return told
