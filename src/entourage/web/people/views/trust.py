"""How far the prediction can be trusted, how it is made, and making it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.jobs import defer
from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.people import queries

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
@room(May.SEE)
def trust(request: BrandRequest) -> HttpResponse:
    """What the last hidden horizon showed, beside simpler rules."""
    scoring = queries.latest_scoring(request.brand)
    return render(request, "people/trust.html", {"scoring": scoring, "trial": queries.trial(scoring)})


@require_GET
@room(May.SEE)
def method(request: BrandRequest) -> HttpResponse:
    """What closeness, rings and movements mean, and when they lie."""
    return render(request, "people/method.html", {"thresholds": queries.thresholds(request.brand)})


@require_POST
@room(May.MARK)
def score(request: BrandRequest) -> HttpResponse:
    """Have everybody scored anew; the worker does it."""
    brand = request.brand.pk
    transaction.on_commit(lambda: defer("people.score", brand_id=brand))
    messages.success(request, gettext("The scores are being made; the list shows them in a minute or two."))
    return redirect("people:list", request.brand.slug)
