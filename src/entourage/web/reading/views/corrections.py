"""What a member says of a message, taking it back, and having the reader taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.reading import actions, queries
from entourage.web.reading.forms import CorrectionForm
from entourage.web.reading.views.reading import found_or_404
from entourage.web.reading.views.shown import Shown, fields

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from entourage.web.reading.models import Reading


@require_POST
@room(May.MARK)
def correct(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Say what a message really is."""
    reading = found_or_404(request.brand, pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _answer(request, reading, told=gettext("Choose among the words of the list."), refused=True)
    return _say(request, reading, form.corrections())


@require_POST
@room(May.MARK)
def confirm(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Say that a message was read rightly: the reader learns from that, too."""
    reading = found_or_404(request.brand, pk)
    return _say(request, reading, Shown(reading).agreed())


@require_POST
@room(May.MARK)
def put_back(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Take back what members said of a message."""
    reading = found_or_404(request.brand, pk)
    now = _still_there(actions.put_back(reading=reading, by=request.member, at=timezone.now()))
    return _answer(request, now, told=gettext("It reads again as the reader said."))


@require_POST
@room(May.MARK)
def teach(request: BrandRequest) -> HttpResponse:
    """Have the brand's reader taught; the worker does it."""
    actions.ask_teaching(brand=request.brand, by=request.member, at=timezone.now())
    messages.success(request, gettext("The reader is being taught; recent messages are then read again."))
    return redirect(reverse("reading:reading", args=[request.brand.slug]))


def _say(request: BrandRequest, reading: Reading, said: dict[str, str]) -> HttpResponse:
    for about, value in said.items():
        now = actions.correct(reading=reading, about=about, value=value, by=request.member, at=timezone.now())
        reading = _still_there(now)
    told = gettext("From now on these words read as you said.") if said else gettext("Nothing was changed.")
    return _answer(request, reading, told=told)


def _still_there(reading: Reading | None) -> Reading:
    """What was to be marked, unless its author was erased, say, while the page was open."""
    if reading is None:
        raise Http404
    return reading


def _answer(request: BrandRequest, reading: Reading, *, told: str, refused: bool = False) -> HttpResponse:
    """The message as it reads now: in its place on the page, or on the page it was sent from."""
    whole = "whole" in request.POST
    filters = queries.Filters.read(QueryDict(request.POST.get("query", "")))
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        # Also a refusal is a good answer here: htmx shows none that is called an error.
        context = {"one": Shown(reading, whole), "fields": fields(), "filters": filters, "told": told, "focus": True}
        return render(request, "reading/item.html", context)
    messages.add_message(request, messages.ERROR if refused else messages.SUCCESS, told)
    if whole:
        return redirect("reading:message", request.brand.slug, reading.pk)
    return redirect(f"{reverse('reading:reading', args=[request.brand.slug])}?{filters.query}#m-{reading.pk}")
