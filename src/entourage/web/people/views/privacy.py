"""Answers to people who ask about themselves: their data, their objection, their erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.people import actions, queries
from entourage.web.people.forms import EraseForm

if TYPE_CHECKING:
    from django.http import HttpResponse


# Somebody who writes to us gives a name; more than so many is no answer.
FOUND = 10


@require_GET
@room(May.PRIVACY)
def privacy(request: BrandRequest) -> HttpResponse:
    """Find a person who wrote to us, and do what they ask; who objected, and how many were erased."""
    asked = request.GET.get("q", "").strip()[:80].replace("\0", "")
    found = queries.listing(request.brand, queries.Filters(q=asked), scoring=None).people if asked else []
    shown = {"q": asked, "found": found[:FOUND], "more": len(found) > FOUND, **queries.objections(request.brand)}
    return render(request, "people/privacy.html", shown)


@require_GET
@room(May.PRIVACY)
def access(request: BrandRequest, pk: int) -> JsonResponse:
    """All that is kept about one person, as a file to send them."""
    who = queries.person_or_404(request.brand, pk)
    told = actions.access(person=who, by=request.member, at=timezone.now())
    disposition = {"Content-Disposition": f'attachment; filename="{request.brand.slug}-person-{pk}.json"'}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=disposition)


@require_http_methods(["GET", "POST"])
@room(May.PRIVACY)
def erase(request: BrandRequest, pk: int) -> HttpResponse:
    """Forget a person, once their name has been written out."""
    who = queries.person_or_404(request.brand, pk)
    form = EraseForm(request.POST or None, person_name=who.name)
    if request.method == "POST" and form.is_valid():
        done = actions.erase(person=who, by=request.member, at=timezone.now())
        told = gettext(
            "Erased: %(accounts)d accounts, %(activities)d activities. A later import will not bring them back."
        )
        messages.success(request, told % {"accounts": done.accounts, "activities": done.activities})
        return redirect("people:privacy", request.brand.slug)
    status = 422 if form.is_bound else 200
    return render(request, "people/erase.html", {"who": who, "form": form}, status=status)
