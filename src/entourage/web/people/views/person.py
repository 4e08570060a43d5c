"""One person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_GET

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.people import queries
from entourage.web.people.views import words
from entourage.web.reading.queries import talk_of

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
@room(May.SEE)
def person(request: BrandRequest, pk: int) -> HttpResponse:
    """Who it is, where they stand and why, what they said and what we answered."""
    who = queries.person_or_404(request.brand, pk)
    scoring = queries.latest_scoring(request.brand)
    story = queries.story(who, scoring=scoring)
    messages, further = queries.said(who, before=_key(request.GET.get("before", "")))
    shown = {
        "who": who,
        "story": story,
        "scoring": scoring,
        "picture": queries.timeline(story) if story.cells else None,
        "accounts": queries.told_accounts(who),
        "said": messages,
        "after": f"?before={further}#said" if further else "",
        # Of somebody who objected nothing is made.
        "talk": None if who.left_alone_at else talk_of(request.brand, who.pk),
        **words.figures(story),
    }
    return render(request, "people/person.html", shown)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
