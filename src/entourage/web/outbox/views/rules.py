"""The rules of contact pressure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.outbox import actions, queries
from entourage.web.outbox.forms import PressureForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "POST"])
@room(May.SETTINGS)
def pressure(request: BrandRequest) -> HttpResponse:
    """How often somebody hears from us without having asked, and who has lately."""
    form = PressureForm(request.POST or None, rules=queries.pressure_of(request.brand))
    if request.method == "POST" and form.is_valid():
        actions.change_pressure(brand=request.brand, by=request.member, at=timezone.now(), **form.rules())
        messages.success(request, gettext("Saved: the rules hold from now on, also for what waits for approval."))
        return redirect("outbox:pressure", request.brand.slug)
    shown = {"form": form, "pressed": queries.pressed(request.brand, at=timezone.now())}
    return render(request, "outbox/pressure.html", shown, status=422 if form.is_bound else 200)
