"""What one looks at: whether anything is unusual, a crisis, a group of its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.crisis import queries
from entourage.web.crisis.actions import AT_ONCE
from entourage.web.crisis.forms import AnswerForm, NameForm, OwnerForm
from entourage.web.crisis.views import shown
from entourage.web.inbox.queries import VARIABLES

if TYPE_CHECKING:
    from django.http import HttpResponse

#: Conversations of a group on its page.
LISTED = 100


@room(May.SEE)
def listed(request: BrandRequest) -> HttpResponse:
    """Whether anything is unusual now, and all crises."""
    told = list_page(request)
    return _polled(request, "looking", waiting=told["waiting"]) or render(request, "crisis/list.html", told)


def _polled(request: BrandRequest, what: str, *, waiting: bool) -> HttpResponse | None:
    """What a page that polls is told: wait, or look anew; nothing where it does not poll."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by the library's middleware
        return None
    if not waiting:
        return HttpResponseClientRefresh()
    return render(request, f"crisis/{what}.html")


def list_page(request: BrandRequest, form: NameForm | None = None) -> dict[str, Any]:
    """All that the list shows; the form as it was filled in where it was refused."""
    watch, now = queries.watch(request.brand), timezone.now()
    found = queries.crises(request.brand)
    lasts = next((one for one in found if one.closed_at is None), None)
    return {
        "watch": watch,
        "waiting": bool(watch.asked_at and (watch.looked_at is None or watch.looked_at < watch.asked_at)),
        "lasts": lasts,
        "crises": [(one, shown.called(one), shown.worst(one)) for one in found],
        "charts": queries.pictures(watch.hours),
        "latest": shown.latest(watch),
        "form": form or NameForm(until=queries.moment(request.brand, now=now)),
        "now": now,
    }


@room(May.SEE)
def crisis(request: BrandRequest, pk: int) -> HttpResponse:
    """One crisis: what was seen, who is behind it, who owns it, what came of it."""
    one = queries.crisis_or_404(request.brand, pk)
    if polled := _polled(request, "gathering", waiting=one.gathered_at is None):
        return polled
    groups = queries.behind(one)
    told = {
        "crisis": one,
        "called": shown.called(one),
        "worst": shown.worst(one),
        "charts": queries.pictures(one.hours),
        "groups": groups,
        "waiting": len(set().union(*(each.waiting for each in groups))),
        "same": queries.same_words(one),
        "running": queries.running(one),
        "aftermath": shown.aftermath(one),
        "owner_form": OwnerForm(brand=request.brand, initial={"owner": one.owner_id}),
    }
    return render(request, "crisis/crisis.html", told)


@room(May.SEE)
def group(request: BrandRequest, pk: int) -> HttpResponse:
    """One group: the answer prepared for it, and whom to answer first."""
    one = queries.group_or_404(request.brand, pk)
    told, talks = queries.pressing(one, most=LISTED)
    return render(
        request,
        "crisis/group.html",
        {
            "group": one,
            "called": shown.called(one.crisis),
            "told": told,
            "talks": [(talk, talk.pk in told.waiting) for talk in talks],
            "more": len(told.talks) - len(talks),
            "form": AnswerForm(initial={"text": one.answer}),
            "variables": VARIABLES,
            "at_once": AT_ONCE,
        },
    )
