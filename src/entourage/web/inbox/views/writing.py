"""What one writes: answers, kept while they are written, and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.inbox import actions
from entourage.web.inbox.forms import AnswerForm, DraftForm, NoteForm
from entourage.web.inbox.views.bounds import bounds_of
from entourage.web.inbox.views.one import One
from entourage.web.inbox.views.ways import after, first_error, found_or_404, refused
from entourage.web.outbox.actions import Blocked
from entourage.web.outbox.models import Sending

if TYPE_CHECKING:
    from entourage.web.outbox.models import Outgoing

#: How long an answer can be taken back before it leaves.
UNDO_S = 10


@require_POST
@room(May.ANSWER)
def answer(request: BrandRequest, pk: int) -> HttpResponse:
    """Answer them. What cannot leave stays in the box, and as a draft."""
    it, now = found_or_404(request.brand, pk), timezone.now()
    one = One(it, request.member, now)
    form = AnswerForm(request.POST, request.FILES, takes=bounds_of(one).takes if request.FILES else None)
    if not form.is_valid():
        _keep(request, pk)
        return refused(request, it, first_error(form))
    told = form.cleaned_data
    try:
        out = actions.answer(conversation=it, by=request.member, at=now, undo_s=UNDO_S, **told)
    except (actions.Collision, Blocked) as reason:
        actions.draft(conversation=it, text=told["text"], by=request.member, at=now)
        return refused(request, found_or_404(request.brand, pk), str(reason))
    return after(request, found_or_404(request.brand, pk), _what_becomes(out), clear="answer")


def _keep(request: BrandRequest, pk: int) -> None:
    form = DraftForm(request.POST)
    if form.is_valid() and form.cleaned_data["text"].strip():
        it = found_or_404(request.brand, pk)
        actions.draft(conversation=it, text=form.cleaned_data["text"], by=request.member, at=timezone.now())


def _what_becomes(out: Outgoing) -> str:
    """Where an answer is now, in one sentence."""
    told = {
        Sending.HELD: gettext("Your answer waits for somebody's yes."),
        Sending.BY_HAND: gettext("Your answer is kept: copy it, send it on the network, then say that you have."),
    }
    queued = ngettext(
        "Your answer leaves in %(seconds)d second; until then you can take it back.",
        "Your answer leaves in %(seconds)d seconds; until then you can take it back.",
        UNDO_S,
    )
    return told.get(Sending(out.state), queued % {"seconds": UNDO_S})


@require_POST
@room(May.ANSWER)
def draft(request: BrandRequest, pk: int) -> HttpResponse:
    """Keep what is being written; who begins to write has the conversation, if nobody else does.

    409 where its writer has answered since the page was drawn, from another one: nothing is kept then.
    """
    it, now = found_or_404(request.brand, pk), timezone.now()
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    text = form.cleaned_data["text"]
    if not actions.keep(conversation=it, text=text, after=form.cleaned_data["after"], by=request.member, at=now):
        return HttpResponse(status=409)
    if text.strip():
        actions.claim(conversation=it, by=request.member, at=now)
    return HttpResponse(status=204)


@require_POST
@room(May.ANSWER)
def note(request: BrandRequest, pk: int) -> HttpResponse:
    """Tell colleagues something about a conversation."""
    it = found_or_404(request.brand, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return refused(request, it, first_error(form))
    actions.note(conversation=it, text=form.cleaned_data["text"], by=request.member, at=timezone.now())
    return after(request, it, clear="note")
