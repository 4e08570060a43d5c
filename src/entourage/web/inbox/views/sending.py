"""What becomes of an answer after it was written: taken back, sent by hand, tried again, let go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import key_in
from entourage.web.inbox import actions as inbox_actions
from entourage.web.inbox.queries import draft_of
from entourage.web.inbox.views.ways import after, found_or_404, refused
from entourage.web.outbox import actions
from entourage.web.outbox.models import Outgoing, Sending

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse


@require_POST
@room(May.ANSWER)
def undo(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Take an answer back before it leaves; its words are their writer's draft again, who may have begun another."""
    out = _outgoing(request, pk)
    if out.by is not None and out.by != request.member:
        told = gettext("Taken back; the words are a draft of %(who)s again.") % {"who": out.by}
        return _done(request, pk, actions.withdraw, told)
    if out.state == Sending.WITHDRAWN:
        return _done(request, pk, actions.withdraw, gettext("It was taken back already."))
    if _begun(request, out):
        told = gettext("Taken back. You have begun another answer: these words stand in the outbox, as withdrawn.")
        return _done(request, pk, actions.withdraw, told)
    told = gettext("Taken back; your words are a draft again.")
    if out.enclosures.exists():
        told = gettext("Taken back; your words are a draft again. Choose its files again.")
    return _done(request, pk, inbox_actions.take_back, told, clear="answer")


def _begun(request: BrandRequest, out: Outgoing) -> bool:
    it = found_or_404(request.brand, int(out.conversation_id or 0))
    return draft_of(it, request.member) not in {"", out.text}


@require_POST
@room(May.ANSWER)
def sent(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Say that one has sent it on the network oneself."""
    return _done(request, pk, actions.sent_by_hand, gettext("It counts as answered."))


@require_POST
@room(May.ANSWER)
def again(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Try to send once more what failed."""
    return _done(request, pk, actions.try_again, gettext("It is tried again."))


@require_POST
@room(May.APPROVE)
def approve(request: BrandRequest, pk: UUID) -> HttpResponse:
    """Let go what waits for somebody's yes, who has seen what they have written since."""
    approve = partial(actions.approve, seen=key_in(request.POST.get("seen", "")))
    return _done(request, pk, approve, gettext("Approved: it leaves now."))


def _outgoing(request: BrandRequest, pk: UUID) -> Outgoing:
    found: Outgoing | None = Outgoing.objects.of(request.brand).filter(pk=pk, conversation_id__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _done(
    request: BrandRequest, pk: UUID, action: Callable[..., Outgoing], told: str, *, clear: str = ""
) -> HttpResponse:
    outgoing, now = _outgoing(request, pk), timezone.now()
    it = found_or_404(request.brand, int(outgoing.conversation_id or 0))
    try:
        action(outgoing=outgoing, by=request.member, at=now)
    except actions.Blocked as reason:
        return refused(request, it, str(reason))
    return after(request, found_or_404(request.brand, it.pk), told, clear=clear)
