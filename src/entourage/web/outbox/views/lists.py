"""The outbox: its rows by state, those to one person, and what waits for a hand as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.sheets import sheet
from entourage.web.outbox import actions, queries
from entourage.web.outbox.models import Sending
from entourage.web.people.queries import person_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase


@require_GET
@room(May.SEE)
def outbox(request: BrandRequest) -> HttpResponse:
    """What needs somebody or is on its way, or the rows of one state."""
    asked = request.GET.get("state", "")
    box = asked if asked in queries.BOXES else ""
    page = queries.listing(request.brand, box=box, after=request.GET.get("after", ""))
    counted = queries.counts(request.brand)
    shown = {
        **_turned(request, page),
        "box": box,
        "chips": [(state, label, counted[state]) for state, label in Sending.choices],
        "open": counted[""],
        "hands": counted[Sending.BY_HAND].number,
        "rules": queries.pressure_of(request.brand),
    }
    return render(request, "outbox/list.html", shown)


@require_GET
@room(May.SEE)
def person(request: BrandRequest, pk: int) -> HttpResponse:
    """All that was written to one person, and whether there is room to contact them first."""
    who = person_or_404(request.brand, pk)
    page = queries.listing(request.brand, person_id=who.pk, after=request.GET.get("after", ""))
    there = queries.pressure_on(request.brand, [who.pk], at=timezone.now())[who.pk]
    shown = {**_turned(request, page), "who": who, "there": there, "rules": queries.pressure_of(request.brand)}
    return render(request, "outbox/person.html", shown)


@require_GET
@room(May.EXPORT)
def by_hand(request: BrandRequest) -> HttpResponseBase:
    """What waits for a hand as a CSV file; the trail says who took it."""
    actions.list_taken(brand=request.brand, by=request.member, at=timezone.now())
    return sheet(queries.hand_rows(request.brand), name=f"{request.brand.slug}-by-hand.csv")


def _turned(request: BrandRequest, page: queries.Page) -> dict[str, Any]:
    query = request.GET.copy()
    query["after"] = page.after
    return {"page": page, "after": f"?{query.urlencode()}" if page.after else "", "first": not request.GET.get("after")}
