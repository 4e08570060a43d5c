"""What members decide about a row: each is one press, and comes back to the page it was pressed on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import key_in
from entourage.web.outbox import actions
from entourage.web.outbox.models import Outgoing, Sending

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse


@require_POST
@room(May.APPROVE)
def approve(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Let it go, having seen what they have written since."""
    return _decided(request, pk, partial(actions.approve, seen=key_in(request.POST.get("seen", ""))))


@require_POST
@room(May.ANSWER)
def withdraw(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Keep it in the house."""
    return _decided(request, pk, actions.withdraw)


@require_POST
@room(May.ANSWER)
def sent(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Say that it was sent by hand."""
    return _decided(request, pk, actions.sent_by_hand)


@require_POST
@room(May.ANSWER)
def again(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Try it again."""
    return _decided(request, pk, actions.try_again)


def _decided(request: BrandRequest, pk: UUID, decide: Callable[..., Outgoing]) -> HttpResponse:
    row = Outgoing.objects.of(request.brand).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        row = decide(outgoing=row, by=request.member, at=timezone.now())
    except actions.Blocked as blocked:
        messages.error(request, blocked.reason)
    else:
        messages.success(request, _said(row))
    return redirect(_back(request))


def _said(row: Outgoing) -> str:
    told = {
        Sending.QUEUED: gettext("It is queued and leaves at once."),
        Sending.SENDING: gettext("It is looked for on the network, and sent if it is not there."),
        Sending.BY_HAND: gettext("Nothing is connected that can send it: it waits for a hand."),
        Sending.WITHDRAWN: gettext("It stays in the house."),
        Sending.SENT: gettext("It stands as sent."),
    }
    return told.get(Sending(row.state), gettext("Nothing to do: it has left the house already."))


def _back(request: BrandRequest) -> str:
    """The page that the press came from, if it is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return back if ours and back.startswith("/") else reverse("outbox:list", args=[request.brand.slug])
