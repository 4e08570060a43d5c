"""The trail: who did what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from entourage.web.core import queries
from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.words import NOUNS, line

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
@room(May.SETTINGS)
def trail(request: BrandRequest) -> HttpResponse:
    """Every write at this brand, newest first, by kind and by member."""
    what, by = request.GET.get("what", ""), queries.number_in(request.GET.get("by", ""))
    page = queries.trail(request.brand, what=what, by=by, after=queries.number_in(request.GET.get("after", "")))
    query = request.GET.copy()
    query["after"] = str(page.after)
    shown = {
        "events": [(event, line(event.what)) for event in page.events],
        "next": f"?{query.urlencode()}" if page.after else "",
        "nouns": NOUNS,
        "what": what,
        "by": by,
        "members": queries.members(request.brand),
    }
    return render(request, "core/trail.html", shown)
