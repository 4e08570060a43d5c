"""The Reading page: what was read in people's messages, to see and to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from entourage.web.core.permissions import BrandRequest, May, room

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
@room(May.SEE)
def reading(request: BrandRequest) -> HttpResponse:
    """The newest messages and what was read in them."""
    return render(request, "reading/reading.html", {})
