"""What one presses: look now, name it, own it, prepare, lay out drafts, close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.crisis import actions, queries
from entourage.web.crisis.forms import AnswerForm, NameForm, OwnerForm
from entourage.web.crisis.views.pages import list_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@room(May.ANSWER)
def look(request: BrandRequest) -> HttpResponse:
    """Look at the hours now."""
    actions.ask_look(brand=request.brand, at=timezone.now())
    return redirect("crisis:list", request.brand.slug)


@require_POST
@room(May.ANSWER)
def name(request: BrandRequest) -> HttpResponse:
    """Say that there is a crisis."""
    now = timezone.now()
    form = NameForm(request.POST, until=queries.moment(request.brand, now=now))
    if not form.is_valid():
        return render(request, "crisis/list.html", list_page(request, form))
    told = form.cleaned_data
    try:
        made = actions.name(brand=request.brand, name=told["name"], since=told["since"], by=request.member, at=now)
    except actions.AlreadyOpen as refused:
        messages.error(request, str(refused))
        return redirect("crisis:list", request.brand.slug)
    messages.success(
        request, gettext("It is open. The messages behind it are being gathered; name who answers for it.")
    )
    return redirect("crisis:crisis", request.brand.slug, made.pk)


@require_POST
@room(May.ANSWER)
def own(request: BrandRequest, pk: int) -> HttpResponse:
    """Say who answers for it."""
    one = queries.crisis_or_404(request.brand, pk)
    form = OwnerForm(request.POST, brand=request.brand)
    if form.is_valid():
        actions.own(crisis=one, owner=form.cleaned_data["owner"], by=request.member, at=timezone.now())
    return redirect("crisis:crisis", request.brand.slug, pk)


@require_POST
@room(May.ANSWER)
def close(request: BrandRequest, pk: int) -> HttpResponse:
    """Say that it is over."""
    one = queries.crisis_or_404(request.brand, pk)
    actions.close(crisis=one, by=request.member, at=timezone.now())
    messages.success(request, gettext("It is closed. What comes of it is looked at after 1, 7 and 28 days."))
    return redirect("crisis:crisis", request.brand.slug, pk)


@require_POST
@room(May.ANSWER)
def prepare(request: BrandRequest, pk: int) -> HttpResponse:
    """Keep a prepared answer."""
    one = queries.group_or_404(request.brand, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        actions.prepare(group=one, text=form.cleaned_data["text"], by=request.member, at=timezone.now())
    return redirect("crisis:group", request.brand.slug, pk)


@require_POST
@room(May.ANSWER)
def drafts(request: BrandRequest, pk: int) -> HttpResponse:
    """Lay the prepared answer out as drafts of who presses."""
    one = queries.group_or_404(request.brand, pk)
    done = actions.draft_answers(group=one, by=request.member, at=timezone.now())
    if done:
        told = ngettext(
            "%(done)s draft of yours is ready. Adapt it and send it.",
            "%(done)s drafts of yours are ready. Adapt each and send it.",
            done,
        )
        messages.success(request, told % {"done": done})
    else:
        messages.info(request, gettext("Nobody who waits is free: each has a draft, an answer, or a colleague."))
    return redirect("crisis:group", request.brand.slug, pk)
