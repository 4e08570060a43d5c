"""Marks on a person: what they are, and whether they want to be left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.people import actions, queries
from entourage.web.people.forms import KindForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@room(May.MARK)
def kind(request: BrandRequest, pk: int) -> HttpResponse:
    """Say that this is staff, a bot, or one of the public."""
    who = queries.person_or_404(request.brand, pk)
    form = KindForm(request.POST)
    if form.is_valid():
        actions.mark_kind(person=who, kind=form.cleaned_data["kind"], by=request.member, at=timezone.now())
        messages.success(request, _said(form.cleaned_data["kind"], who.name))
    return redirect("people:person", request.brand.slug, pk)


def _said(kind: str, name: str) -> str:
    told = {
        "staff": gettext("%(name)s is marked as staff and stays out of the figures."),
        "bot": gettext("%(name)s is marked as a bot and stays out of the figures."),
        "public": gettext("%(name)s counts again from the next scores on."),
    }
    return told[kind] % {"name": name}


@require_POST
@room(May.MARK)
def leave_alone(request: BrandRequest, pk: int) -> HttpResponse:
    """Stop the profile of somebody who objects; they are still answered."""
    who = queries.person_or_404(request.brand, pk)
    actions.leave_alone(person=who, by=request.member, at=timezone.now())
    messages.success(request, gettext("%(name)s is left alone: the profile is gone.") % {"name": who.name})
    return redirect("people:person", request.brand.slug, pk)


@require_POST
@room(May.PRIVACY)
def take_back(request: BrandRequest, pk: int) -> HttpResponse:
    """End an objection, at the person's own wish."""
    who = queries.person_or_404(request.brand, pk)
    actions.take_back(person=who, by=request.member, at=timezone.now())
    messages.success(request, gettext("%(name)s counts again from the next scores on.") % {"name": who.name})
    return redirect("people:person", request.brand.slug, pk)
