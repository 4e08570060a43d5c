"""One conversation: what was said, who is here, a macro filled in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.inbox import actions, queries
from entourage.web.inbox.views.desk import one_parts
from entourage.web.inbox.views.lists import desk
from entourage.web.inbox.views.ways import found_or_404

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.inbox.models import Macro


@require_GET
@room(May.SEE)
def conversation(request: BrandRequest, pk: int) -> HttpResponse:
    """A conversation in order, and the list beside it."""
    now = timezone.now()
    around = desk(request, now=now)
    shown = one_parts(request, pk, now=now, before=request.GET.get("before", ""))
    if macro := _macro(request.brand, request.GET.get("macro", "")):
        shown["draft"] = actions.filled(macro, shown["one"].it, request.member)
    return render(request, "inbox/inbox.html", {**around, **shown})


@require_POST
@room(May.ANSWER)
def here(request: BrandRequest, pk: int) -> HttpResponse:
    """Say that one reads or writes here, and hear who else does."""
    if "gone" in request.POST and not queries.is_there(request.brand, pk):
        return HttpResponse(status=204)
    it = found_or_404(request.brand, pk)
    if "gone" in request.POST:
        actions.leave(conversation=it, by=request.member)
        return HttpResponse(status=204)
    writing = bool(request.POST.get("writing"))
    others = actions.mark_seen(conversation=it, by=request.member, at=timezone.now(), writing=writing)
    actions.see_notes(member=request.member, conversation=it)
    return render(request, "inbox/present.html", {"present": others})


@require_GET
@room(May.ANSWER)
def filled(request: BrandRequest, pk: int) -> HttpResponse:
    """A macro with its variables filled in for whom one talks to; nothing where it has gone meanwhile."""
    it = found_or_404(request.brand, pk)
    macro = _macro(request.brand, request.GET.get("macro", ""))
    text = actions.filled(macro, it, request.member) if macro else ""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _macro(brand: Brand, asked: str) -> Macro | None:
    """The brand's macro that an address names."""
    return next((macro for macro in queries.macros(brand) if str(macro.pk) == asked), None)
