"""What the views of the inbox share: finding the row, and answering after a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from entourage.web.core.models import Member
from entourage.web.core.permissions import May, may
from entourage.web.core.queries import number_in
from entourage.web.inbox import queries
from entourage.web.inbox.views.desk import Place, live_parts

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from entourage.web.core.models import Brand
    from entourage.web.core.permissions import BrandRequest
    from entourage.web.inbox.models import Conversation

__all__ = ["after", "first_error", "found_or_404", "refused", "team_of"]


def found_or_404(brand: Brand, pk: int) -> Conversation:
    """The brand's conversation with this number."""
    found = queries.conversation_of(brand, pk)
    if found is None:
        raise Http404
    return found


def team_of(brand: Brand) -> list[Member]:
    """Who may answer, by name."""
    members = Member.objects.of(brand).select_related("user")
    return sorted((one for one in members if may(one, May.ANSWER)), key=lambda one: str(one).casefold())


def first_error(form: forms.BaseForm) -> str:
    """The first thing that a form complains of."""
    return next(str(error) for errors in form.errors.values() for error in errors)


def after(request: BrandRequest, it: Conversation, told: str = "", *, clear: str = "") -> HttpResponse:
    """The conversation as it is now: its parts where a script asked, else its page anew.

    ``clear`` names the box whose words have left: only that one is drawn anew.
    """
    return _answered(request, it, told, clear=clear, kind="info")


def refused(request: BrandRequest, it: Conversation, told: str) -> HttpResponse:
    """The conversation as it is now, and why what was asked was not done; what was typed stays."""
    return _answered(request, it, told, clear="", kind="error")


def _answered(request: BrandRequest, it: Conversation, told: str, *, clear: str, kind: str) -> HttpResponse:
    place = Place.read(QueryDict(request.POST.get("query", "")))
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        # Also a refusal is a good answer here: htmx shows none that is called an error.
        there = _beside(request, it)
        says = "told" if there == it.pk else "row_told"
        context: dict[str, Any] = {**live_parts(request, place, there), says: told, "told_kind": kind, "clear": clear}
        return render(request, "inbox/live.html", context)
    if told:
        messages.add_message(request, messages.ERROR if kind == "error" else messages.SUCCESS, told)
    address = reverse("inbox:conversation", args=[request.brand.slug, it.pk])
    return redirect(f"{address}{place.carried}")


def _beside(request: BrandRequest, it: Conversation) -> int | None:
    """Which conversation is open on the page that asks: a row of the list says so, else it is the one in question.

    What a row asks for is drawn in the list; what is open beside it stays there.
    """
    told = request.POST.get("open")
    if told is None:
        return it.pk
    return number_in(told)
