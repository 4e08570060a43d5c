"""What one presses: thank, promise, keep, take back, not today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.inbox.queries import conversation_of, introduce
from entourage.web.listen.models import Activity
from entourage.web.outbox.actions import Blocked
from entourage.web.outbox.models import Sending
from entourage.web.people.queries import person_or_404
from entourage.web.today import actions, queries
from entourage.web.today.forms import PromiseForm, ThanksForm
from entourage.web.today.models import Pledge

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from entourage.web.outbox.models import Outgoing
    from entourage.web.people.models import Person

#: Longest key of a thing on Today.
KEY = 40


@require_POST
@room(May.ANSWER)
def thank(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Thank somebody for one thing they did."""
    deed = Activity.objects.of(request.brand).select_related("account").filter(pk=pk, deleted_at=None).first()
    if deed is None or deed.account.person_id is None:
        raise Http404
    person = person_or_404(request.brand, deed.account.person_id)
    form = ThanksForm(request.POST)
    if not form.is_valid():
        return _again(request, person, form, gettext("Write to %(name)s first.") % {"name": person.name})
    words = {"text": form.cleaned_data["text"], "by": request.member, "at": timezone.now()}
    try:
        sent = actions.thank(brand=request.brand, deed=deed, person=person, **words)
    except (Blocked, actions.SameWords) as refused:
        return _again(request, person, form, str(refused))
    messages.success(request, _left(sent) % {"name": person.name})
    return redirect("today:thanks", request.brand.slug)


def _left(sent: Outgoing) -> str:
    if sent.state == Sending.BY_HAND:
        return gettext("Your thanks to %(name)s wait in the outbox to be sent by hand.")
    if sent.state == Sending.HELD:
        return gettext("Your thanks to %(name)s wait for somebody's yes.")
    return gettext("Your thanks to %(name)s are on their way.")


def _again(request: BrandRequest, person: Person, form: ThanksForm, refused: str) -> HttpResponse:
    """The queue with the words that were written, and why they did not leave."""
    queue = queries.thankworthy(request.brand, now=timezone.now())
    # Whoever has been thanked or written to meanwhile has no form any more: the words stand above, to be taken along.
    gone = person if person.pk not in {one.person.pk for one in queue.now} else None
    shown = {
        "queue": queue,
        "form": ThanksForm(),
        "tried": form,
        "tried_pk": person.pk,
        "refused": refused,
        "gone": gone,
    }
    return render(request, "today/thanks.html", shown)


@require_POST
@room(May.ANSWER)
def promise(request: BrandRequest, pk: int) -> HttpResponse:
    """Note a promise."""
    it = conversation_of(request.brand, pk)
    if it is None:
        raise Http404
    form = PromiseForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        actions.promise(conversation=it, what=told["what"], due_at=told["due_at"], by=request.member, at=timezone.now())
        messages.success(request, gettext("It stands on your Today until it is kept."))
        return redirect("today:promises-of", request.brand.slug, pk)
    introduce(request.brand, [it])
    shown = {"it": it, "pledges": queries.pledges(request.brand, conversation=pk), "form": form, "now": timezone.now()}
    return render(request, "today/promises_of.html", shown)


@require_POST
@room(May.ANSWER)
def keep(request: BrandRequest, pk: int) -> HttpResponse:
    """Say that a promise was kept."""
    return _ended(request, pk, actions.keep, gettext("Kept."))


@require_POST
@room(May.ANSWER)
def take_back(request: BrandRequest, pk: int) -> HttpResponse:
    """Take a promise back."""
    return _ended(request, pk, actions.take_back, gettext("It does not stand on anybody's Today any more."))


def _ended(request: BrandRequest, pk: int, end: Callable[..., None], told: str) -> HttpResponse:
    pledge = Pledge.objects.of(request.brand).select_related("conversation__brand", "brand").filter(pk=pk).first()
    if pledge is None:
        raise Http404
    end(pledge=pledge, by=request.member, at=timezone.now())
    messages.success(request, told)
    return redirect("today:promises", request.brand.slug)


@require_POST
@room(May.ANSWER)
def pass_over(request: BrandRequest) -> HttpResponse:
    """Not today: it comes back tomorrow."""
    key = request.POST.get("key", "")[:KEY].replace("\0", "")
    if key:
        actions.pass_over(member=request.member, key=key, at=timezone.now())
    minutes = request.POST.get("minutes", "")
    query = f"?minutes={minutes}" if minutes.isascii() and minutes.isdigit() else ""
    return redirect(reverse("today:today", args=[request.brand.slug]) + query)
