"""Whose accounts these are: ours, competitors', the public's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.listen import actions, queries
from entourage.web.listen.forms import MarkForm
from entourage.web.listen.models import Account, AccountRole

if TYPE_CHECKING:
    from django.http import HttpResponse

FOUND = 20
LISTED = 100


@room(May.SEE)
def accounts(request: BrandRequest) -> HttpResponse:
    """Our accounts and competitors', and a search to mark another."""
    brand, asked = request.brand, request.GET.get("q", "").strip()
    own = list(queries.own_accounts(brand)[:LISTED])
    context = {
        "own": own,
        "competitors": list(queries.competitor_accounts(brand)[:LISTED]),
        "asked": asked,
        "found": queries.find_account(brand, asked)[:FOUND] if asked else [],
        "addressed": [] if asked or own else queries.most_addressed(brand),
        "roles": AccountRole.choices,
    }
    return render(request, "listen/accounts.html", context)


@require_POST
@room(May.SETTINGS)
def mark(request: BrandRequest, pk: str) -> HttpResponse:
    """Say on which side an account stands."""
    account = get_object_or_404(Account.objects.of(request.brand), pk=pk)
    form = MarkForm(request.POST)
    if form.is_valid():
        role = AccountRole(form.cleaned_data["role"])
        actions.mark_account(account=account, role=role, by=request.member, at=timezone.now())
        told = {"account": str(account), "role": role.label}
        messages.success(request, gettext("%(account)s is marked: %(role)s. Its acts are being read anew.") % told)
    return redirect("listen:accounts", request.brand.slug)
