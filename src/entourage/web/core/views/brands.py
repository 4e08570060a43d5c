"""A brand: making one, its goals, and where one enters it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from entourage.web.core import actions
from entourage.web.core.forms import BrandForm, GoalsForm
from entourage.web.core.permissions import BrandRequest, May, room

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from entourage.web.core.models import User

# The first page of a brand: what it came for.
ENTRANCES = ("results:audit", "people:list", "listen:imports", "goals")


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Make a brand; whoever makes it owns it."""
    form = BrandForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        brand = actions.make_brand(by=cast("User", request.user), at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("%(brand)s is ready. Import its first file.") % {"brand": brand.name})
        return redirect(_first(brand.slug, ("listen:imports", "goals")))
    return render(request, "core/brand_new.html", {"form": form})


def _first(slug: str, names: tuple[str, ...]) -> str:
    """The first of these pages that exists."""
    for name in names:
        try:
            return reverse(name, args=[slug])
        except NoReverseMatch:
            continue
    return reverse("home")


@room(May.SEE)
def entrance(request: BrandRequest) -> HttpResponse:
    """Enter the brand by its audit."""
    return redirect(_first(request.brand.slug, ENTRANCES))


@room(May.SETTINGS)
def goals(request: BrandRequest) -> HttpResponse:
    """What the presence is a means to, and how closeness is read."""
    form = GoalsForm(request.POST or None, brand=request.brand)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_goals(brand=request.brand, by=request.member, at=timezone.now(), **form.settings())
        messages.success(request, gettext("Saved.") if changed else gettext("Nothing changed."))
        return redirect("goals", request.brand.slug)
    return render(request, "core/goals.html", {"form": form})
