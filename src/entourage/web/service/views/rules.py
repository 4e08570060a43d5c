"""Rules: their order, one of them, and what it would have done last month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entourage.web.core.permissions import BrandRequest, May, may, room
from entourage.web.listen.queries import horizon_end
from entourage.web.service import actions, queries
from entourage.web.service.forms import RuleForm
from entourage.web.service.models import Rule
from entourage.web.service.views import shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from entourage.web.service.queries import DryRun


@require_GET
@room(May.SEE)
def list_all(request: BrandRequest) -> HttpResponse:
    """Every rule in the order in which they decide."""
    names = queries.names(request.brand)
    told = [(one, shown.conditions(one), shown.results(one, names)) for one in queries.rules(request.brand)]
    return render(request, "service/rules.html", {"rules": told})


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.SETTINGS)
def new(request: BrandRequest) -> HttpResponse:
    """Write a rule, try it, save it."""
    return _one(request, Rule(brand=request.brand))


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.SEE)
def edit(request: BrandRequest, pk: int) -> HttpResponse:
    """Change a rule, try it, save it."""
    if request.method == "POST" and not may(request.member, May.SETTINGS):
        raise PermissionDenied
    return _one(request, _rule(request, pk))


def _one(request: BrandRequest, rule: Rule) -> HttpResponse:
    form = RuleForm(request.POST or None, brand=request.brand, rule=rule)
    tried: DryRun | None = None
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        elif "try" in request.POST:
            until = horizon_end(request.brand, now=timezone.now())
            tried = queries.dry_run(request.brand, form.rule(), until=until)
        else:
            actions.save_rule(rule=form.rule(), by=request.member, at=timezone.now())
            return redirect("service:rules", request.brand.slug)
    told = {"form": form, "rule": rule, "tried": tried, "names": queries.names(request.brand) if tried else {}}
    return render(request, "service/rule.html", told, status=status)


@require_POST
@room(May.SETTINGS)
def move(request: BrandRequest, pk: int) -> HttpResponse:
    """Let a rule decide earlier or later."""
    up = request.POST.get("way") != "down"
    actions.move_rule(rule=_rule(request, pk), up=up, by=request.member, at=timezone.now())
    return redirect("service:rules", request.brand.slug)


@require_POST
@room(May.SETTINGS)
def remove(request: BrandRequest, pk: int) -> HttpResponse:
    """Forget a rule."""
    actions.remove_rule(rule=_rule(request, pk), by=request.member, at=timezone.now())
    return redirect("service:rules", request.brand.slug)


def _rule(request: BrandRequest, pk: int) -> Rule:
    rows = Rule.objects.of(request.brand).select_related("brand", "label", "assignee__user")
    found: Rule = get_object_or_404(rows, pk=pk)
    return found
