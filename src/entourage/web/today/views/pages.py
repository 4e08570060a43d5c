"""Today, the thank-you queue, the critics' ladder, and what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.inbox.queries import conversation_of, ever, introduce
from entourage.web.today import queries
from entourage.web.today.forms import MINUTES, PromiseForm, ThanksForm, minutes_asked
from entourage.web.today.views.shown import Shown

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
@room(May.ANSWER)
def today(request: BrandRequest) -> HttpResponse:
    """Whom to answer, thank and follow up in the minutes that the reader has."""
    now = timezone.now()
    minutes = minutes_asked(request.GET.get("minutes"))
    day = queries.today(request.brand, request.member, minutes=minutes, now=now)
    shown = {
        "day": day,
        "items": [Shown(item, now, done) for item, done in zip(day.items, day.plan.done, strict=True)],
        "minutes": minutes,
        "choices": MINUTES,
        "ever": SimpleLazyObject(lambda: ever(request.brand)),
    }
    return render(request, "today/today.html", shown)


@require_GET
@room(May.ANSWER)
def thanks(request: BrandRequest) -> HttpResponse:
    """Whom to thank, and for what; who must wait, and why."""
    queue = queries.thankworthy(request.brand, now=timezone.now())
    return render(request, "today/thanks.html", {"queue": queue, "form": ThanksForm()})


@require_GET
@room(May.SEE)
def critics(request: BrandRequest) -> HttpResponse:
    """How far we came with those who were angry with us."""
    keys = {key for key, _ in queries.RUNGS} | {"unheard"}
    at = request.GET.get("at", "")
    at = at if at in keys else ""
    now = timezone.now()
    return render(
        request, "today/critics.html", {"ladder": queries.ladder(request.brand, now=now, at=at), "at": at, "now": now}
    )


@require_GET
@room(May.SEE)
def promises(request: BrandRequest) -> HttpResponse:
    """All that was promised and is not kept yet."""
    shown = {"pledges": queries.pledges(request.brand), "now": timezone.now()}
    return render(request, "today/promises.html", shown)


@require_GET
@room(May.ANSWER)
def promises_of(request: BrandRequest, pk: int) -> HttpResponse:
    """What one person was promised in a conversation, and the form for a new promise."""
    it = conversation_of(request.brand, pk)
    if it is None:
        raise Http404
    introduce(request.brand, [it])
    shown = {
        "it": it,
        "pledges": queries.pledges(request.brand, conversation=pk),
        "form": PromiseForm(),
        "now": timezone.now(),
    }
    return render(request, "today/promises_of.html", shown)
