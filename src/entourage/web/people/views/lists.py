"""The list of people: as a table, as rings, as a file, and its saved filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import number_in
from entourage.web.core.sheets import sheet
from entourage.web.people import actions, queries
from entourage.web.people.forms import SegmentForm
from entourage.web.people.views import words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from entourage.web.people.models import Scoring


@require_GET
@room(May.SEE)
def people(request: BrandRequest) -> HttpResponse:
    """Everybody around the brand, closest first, by the filters of the address."""
    scoring = queries.latest_scoring(request.brand)
    filters = queries.Filters.read(request.GET)
    page = queries.listing(
        request.brand,
        filters,
        scoring=scoring,
        after=number_in(request.GET.get("after", "")),
        before=number_in(request.GET.get("before", "")),
    )
    shown = {
        "page": page,
        "filters": filters,
        "scoring": scoring,
        "after": _turned(filters, after=page.after),
        "before": _turned(filters, before=page.before),
        "segments": queries.segments(request.brand),
        **_choices(scoring),
    }
    return render(request, "people/list.html", shown)


@require_GET
@room(May.SEE)
def rings(request: BrandRequest) -> HttpResponse:
    """The closest people of each ring, around the brand."""
    scoring = queries.latest_scoring(request.brand)
    drawn = queries.rings(request.brand, scoring) if scoring and scoring.model else None
    return render(request, "people/rings.html", {"scoring": scoring, "drawn": drawn})


@require_GET
@room(May.EXPORT)
def export(request: BrandRequest) -> HttpResponseBase:
    """The list with its filters as a CSV file, written row by row."""
    filters = queries.Filters.read(request.GET)
    actions.list_exported(brand=request.brand, filters=", ".join(filters.narrow), by=request.member, at=timezone.now())
    scoring = queries.latest_scoring(request.brand)
    rows = queries.people_rows(queries.everybody(request.brand, filters, scoring=scoring))
    return sheet(rows, name=f"{request.brand.slug}-people.csv")


@require_POST
@room(May.MARK)
def save_segment(request: BrandRequest) -> HttpResponse:
    """Keep the filters of the list under a name."""
    form = SegmentForm(request.POST)
    query = queries.Filters.read(QueryDict(request.POST.get("query", ""))).query
    if form.is_valid():
        name = form.cleaned_data["name"]
        actions.save_segment(brand=request.brand, name=name, query=query, by=request.member, at=timezone.now())
        messages.success(request, gettext("The segment “%(name)s” is kept.") % {"name": name})
    else:
        messages.error(request, gettext("A segment must have a name of at most 80 letters."))
    address = reverse("people:list", args=[request.brand.slug])
    return redirect(f"{address}?{query}" if query else address)


@require_POST
@room(May.MARK)
def remove_segment(request: BrandRequest, pk: int) -> HttpResponse:
    """Take a segment away; the people in it stay."""
    segment = queries.segment_or_404(request.brand, pk)
    actions.remove_segment(brand=request.brand, segment_id=segment.pk, by=request.member, at=timezone.now())
    messages.success(request, gettext("The segment “%(name)s” is gone; its people are not.") % {"name": segment.name})
    return redirect("people:list", request.brand.slug)


def _turned(filters: queries.Filters, **edge: int | None) -> str:
    """The address of the page after or before; none where there is none."""
    told = [f"{name}={person}" for name, person in edge.items() if person is not None]
    return "?" + "&".join([filters.query, *told]).lstrip("&") if told else ""


def _choices(scoring: Scoring | None) -> dict[str, Any]:
    counts = scoring.counts if scoring else {}
    networks = {network for told in counts.get("networks", {}) for network in told.split()}
    rings = [(key, ring.label, counts["rings"].get(str(int(ring)), 0)) for key, ring in queries.RINGS.items() if counts]
    moved = counts.get("movements", {})
    movements = [(key, word.label, moved.get(word.value, 0)) for key, word in queries.MOVEMENTS.items()]
    named = counts.get("names", {})
    names = [(key, name.label, named.get(key, 0)) for key, name in queries.NAMES.items()]
    return {
        "rings": rings,
        "names": names,
        "movements": movements,
        "networks": sorted(networks),
        **words.choices(scoring),
    }
