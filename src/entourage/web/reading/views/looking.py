"""Search by meaning and by words, and the brand's territory."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import key_in
from entourage.web.listen.queries import horizon_end
from entourage.web.reading import actions, queries
from entourage.web.reading.forms import TerritoryForm
from entourage.web.reading.models import SearchState

if TYPE_CHECKING:
    from django.http import QueryDict

    from entourage.web.core.models import Brand
    from entourage.web.reading.models import Search

SINCE = {"4": _("the last four weeks"), "13": _("the last quarter"), "52": _("the last year")}
#: Messages shown of a search.
SHOWN = 50
#: Exact matches shown while the meaning is still being looked for.
AT_ONCE = 20


@require_GET
@room(May.SEE)
def search(request: BrandRequest) -> HttpResponse:
    """Messages that say this in these words or in others. Words are matched here; meaning is for a worker."""
    asked = _asked(request.GET)
    shown: dict[str, Any] = {**asked, "sinces": list(SINCE.items()), **_indexing(request.brand)}
    if asked["q"] or asked["like"]:
        found = _found(request.brand, asked)
        if found and found.state == SearchState.WAITING and _polled(request):
            # Nothing has changed: the page keeps what it shows, and nothing is matched again.
            return HttpResponse(status=204)
        shown |= _answer(request.brand, asked, found)
    part = "#found" if request.htmx else ""  # type: ignore[attr-defined]  # django-htmx adds it
    return render(request, f"reading/search.html{part}", shown)


@require_GET
@room(May.SEE)
def indexing(request: BrandRequest) -> HttpResponse:
    """How far the messages are indexed: the part of a page that follows a worker."""
    return render(request, "reading/indexing.html", {**_indexing(request.brand), "polled": True})


@require_POST
@room(May.SEE)
def look(request: BrandRequest) -> HttpResponse:
    """Have a worker look for the same in other words; the page of the search follows it."""
    asked = _asked(request.POST)
    wanted = _wanted(request.brand, asked)
    if wanted["words"] or wanted["like"]:
        now = timezone.now()
        known = queries.fresh_search(request.brand, at=now, **wanted)
        if known is None or known.state == SearchState.FAILED:
            actions.ask(brand=request.brand, by=request.member, at=now, **wanted)
    query = urlencode({name: str(value) for name, value in asked.items() if value})
    address = reverse("reading:search", args=[request.brand.slug])
    return redirect(f"{address}?{query}" if query else address)


@require_GET
@room(May.SEE)
def territory(request: BrandRequest) -> HttpResponse:
    """What the brand is about, and how much of what is said to it is about that."""
    return _territory(request)


def _territory(request: BrandRequest, form: TerritoryForm | None = None) -> HttpResponse:
    """The page, with what was typed where it could not be kept."""
    row = queries.territory_of(request.brand)
    drawn = row is not None and row.texts > 0
    shown: dict[str, Any] = {"territory": row, "drawn": drawn, "form": form or TerritoryForm.of(row)}
    if row and drawn:
        shown |= {
            "rings": queries.by_ring(row),
            "picture": queries.talk_by_week(row),
            "closest": queries.closest_talk(request.brand, row),
            "about": queries.all_talk(row),
        }
    shown |= _indexing(request.brand)
    return render(request, "reading/territory.html", shown, status=422 if form else 200)


@require_POST
@room(May.SETTINGS)
def give_words(request: BrandRequest) -> HttpResponse:
    """Say in words what the brand is about."""
    form = TerritoryForm(request.POST)
    if not form.is_valid():
        return _territory(request, form)
    if actions.give_words(brand=request.brand, words=form.words(), by=request.member, at=timezone.now()):
        messages.success(request, gettext("Kept. The territory is being drawn anew."))
    return redirect("reading:territory", request.brand.slug)


def _asked(told: QueryDict) -> dict[str, Any]:
    words = " ".join(told.get("q", "").replace("\0", "").split())[: queries.LONGEST]
    since = told.get("since", "")
    return {"q": words, "since": since if since in SINCE else "", "like": key_in(told.get("like", ""))}


def _wanted(brand: Brand, asked: dict[str, Any]) -> dict[str, Any]:
    """What is looked for, as it is kept: what means the same as a message, else words."""
    words = "" if asked["like"] else asked["q"]
    return {"words": words, "like": asked["like"], "since": _moment(brand, asked["since"])}


def _found(brand: Brand, asked: dict[str, Any]) -> Search | None:
    """What a worker found, or looks for now."""
    return queries.fresh_search(brand, at=timezone.now(), **_wanted(brand, asked))


def _polled(request: BrandRequest) -> bool:
    """Whether a page asks that shows the matching words already, only to see whether the worker is done."""
    return bool(request.htmx and request.htmx.trigger == "found")  # type: ignore[attr-defined]  # django-htmx adds it


def _indexing(brand: Brand) -> dict[str, Any]:
    return queries.indexing(brand, now=timezone.now())


def _answer(brand: Brand, asked: dict[str, Any], found: Search | None) -> dict[str, Any]:
    wanted = _wanted(brand, asked)
    return {
        "found": found,
        "ask": found is None or found.state == SearchState.FAILED,
        "waiting": found is not None and found.state == SearchState.WAITING,
        "like_message": queries.find(brand, wanted["like"]) if wanted["like"] else None,
        "hits": _hits(brand, found, wanted),
    }


def _hits(brand: Brand, found: Search | None, wanted: dict[str, Any]) -> list[queries.Hit]:
    """What was found; until then, the messages with these very words."""
    if found and found.state == SearchState.DONE:
        return queries.hits(brand, found.found, limit=SHOWN)
    keys = queries.matching(brand, wanted["words"], since=wanted["since"], limit=AT_ONCE) if wanted["words"] else []
    return queries.hits(brand, [[key, None, True, 0] for key in keys], limit=AT_ONCE)


def _moment(brand: Brand, weeks: str) -> datetime | None:
    """The beginning of the day so many weeks before the last message: the same search finds its answer again."""
    if not weeks:
        return None
    end: datetime = horizon_end(brand) - timedelta(weeks=int(weeks))
    return end.replace(hour=0, minute=0, second=0, microsecond=0)
