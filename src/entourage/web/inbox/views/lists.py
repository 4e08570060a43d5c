"""The list of conversations, and what has changed on the desk since the page was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import number_in
from entourage.web.inbox.views.desk import Place, frame_parts, knows, list_parts, one_parts, stamp

if TYPE_CHECKING:
    from datetime import datetime


@require_GET
@room(May.SEE)
def inbox(request: BrandRequest) -> HttpResponse:
    """Who waits for an answer, by the filters of the address."""
    return render(request, "inbox/inbox.html", desk(request, now=timezone.now()))


def desk(request: BrandRequest, *, now: datetime) -> dict[str, Any]:
    """The list and all that stands around it."""
    place = Place.read(request.GET)
    seen = stamp(request.brand, "", now=now)
    shown = list_parts(request, place, now=now)
    return {**shown, **frame_parts(request, place, shown), "stamp": seen}


@require_GET
@room(May.SEE)
def live(request: BrandRequest) -> HttpResponse:
    """What changed on a page since its stamp: nothing, or its parts anew."""
    try:
        return _live(request, request.GET.get("stamp", ""), number_in(request.GET.get("one", "")))
    except Http404:
        # Erased, or deleted on its network, while it was open: nothing of it may stay on the page.
        return HttpResponseClientRedirect(reverse("inbox:list", args=[request.brand.slug]))


def _live(request: BrandRequest, told: str, open_pk: int | None) -> HttpResponse:
    now = timezone.now()
    seen = stamp(request.brand, told, now=now, still=open_pk)
    if str(seen) == told:
        return HttpResponse(status=204)
    place = Place.read(request.GET)
    shown: dict[str, Any] = list_parts(request, place, now=now)
    shown |= {"stamp": seen, "oob": True, "list_too": True, "open_pk": open_pk}
    if open_pk is not None and (open_pk in seen.ids or not knows(told, seen)):
        shown |= {**one_parts(request, open_pk, now=now), "one_too": True}
    return render(request, "inbox/live.html", shown)
