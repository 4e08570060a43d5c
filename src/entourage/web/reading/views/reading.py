"""The Reading page: what was read in people's messages, to see and to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import key_in
from entourage.web.reading import queries
from entourage.web.reading.models import Department, Intent
from entourage.web.reading.views.shown import Shown, fields
from entourage.web.reading.views.words import STATES

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from entourage.web.core.models import Brand
    from entourage.web.reading.models import Reading


@require_GET
@room(May.SEE)
def reading(request: BrandRequest) -> HttpResponse:
    """The newest messages and what was read in them, by the filters of the address."""
    filters = queries.Filters.read(request.GET)
    page = queries.listing(request.brand, filters, after=key_in(request.GET.get("after", "")))
    context = {
        "page": page,
        "messages_read": [Shown(one) for one in page.readings],
        "fields": fields(),
        "filters": filters,
        "after": "?" + "&".join(filter(None, [filters.query, f"after={page.after}"])) if page.after else "",
        **_choices(filters),
        **_reader(request.brand),
    }
    return render(request, "reading/reading.html", context)


@require_GET
@room(May.SEE)
def message(request: BrandRequest, pk: UUID) -> HttpResponse:
    """One message: all of it, what was read in it, and which words decided."""
    one = Shown(found_or_404(request.brand, pk), whole=True)
    return render(request, "reading/message.html", {"one": one, "fields": fields()})


@require_GET
@room(May.SEE)
def reader(request: BrandRequest) -> HttpResponse:
    """What the brand's reader was taught: the part of the page that follows a worker."""
    part = "#reader" if request.htmx else ""  # type: ignore[attr-defined]  # django-htmx adds it
    return render(request, f"reading/reader.html{part}", _reader(request.brand))


@require_GET
@room(May.SEE)
def method(request: BrandRequest) -> HttpResponse:
    """How messages are read, and when it lies."""
    return render(request, "reading/method.html")


def found_or_404(brand: Brand, pk: UUID) -> Reading:
    """The brand's reading of this message."""
    found = queries.find(brand, pk)
    if found is None:
        raise Http404
    return found


def _reader(brand: Brand) -> dict[str, Any]:
    lessons = queries.lessons(brand)
    under_way = lessons.reading(timezone.now())
    return {"lessons": lessons, "under_way": under_way, "moving": under_way or lessons.busy}


def _choices(filters: queries.Filters) -> dict[str, Any]:
    codes = list(dict.fromkeys([*queries.LANGUAGES, "und", *filter(None, [filters.language])]))
    return {
        "signs": queries.SIGN_CHOICES,
        "intents": Intent.choices,
        "departments": Department.choices,
        "states": STATES,
        "languages": sorted(((code, queries.language_name(code)) for code in codes), key=lambda pair: pair[1]),
    }
