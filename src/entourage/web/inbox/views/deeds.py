"""What one does with a conversation: claim, hand over, route, put off, resolve, label, correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.queries import key_in
from entourage.web.inbox import actions, queries
from entourage.web.inbox.forms import HandOverForm, RouteForm, SnoozeForm
from entourage.web.inbox.models import LONGEST_LABEL
from entourage.web.inbox.views.ways import after, first_error, found_or_404, refused, team_of
from entourage.web.inbox.views.words import departments
from entourage.web.reading import actions as reading_actions
from entourage.web.reading import queries as reading_queries
from entourage.web.reading.forms import CorrectionForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from entourage.web.inbox.models import Conversation
    from entourage.web.reading.models import Reading


@require_POST
@room(May.ANSWER)
def claim(request: BrandRequest, pk: int) -> HttpResponse:
    """Take a conversation, before somebody else does."""
    it = found_or_404(request.brand, pk)
    if actions.claim(conversation=it, by=request.member, at=timezone.now()):
        return after(request, it)
    return refused(request, it, gettext("Somebody else was faster: they have it now."))


@require_POST
@room(May.ANSWER)
def release(request: BrandRequest, pk: int) -> HttpResponse:
    """Let a conversation go."""
    it = found_or_404(request.brand, pk)
    actions.release(conversation=it, by=request.member, at=timezone.now())
    return after(request, it)


@require_POST
@room(May.ANSWER)
def hand_over(request: BrandRequest, pk: int) -> HttpResponse:
    """Give a conversation to a colleague; a word about why is a note to them."""
    it = found_or_404(request.brand, pk)
    form = HandOverForm(request.POST, team=team_of(request.brand))
    if not form.is_valid():
        return refused(request, it, first_error(form))
    now, to, why = timezone.now(), form.cleaned_data["to"], form.cleaned_data["why"]
    try:
        with transaction.atomic():
            actions.hand_over(conversation=it, to=to, by=request.member, at=now)
            if why:
                said = f"@{to.user.email.partition('@')[0]} {why}"
                actions.note(conversation=it, text=said, by=request.member, at=now)
    except actions.Collision as collision:
        return refused(request, it, str(collision))
    return after(request, it, gettext("%(who)s has it now.") % {"who": to})


@require_POST
@room(May.ANSWER)
def route(request: BrandRequest, pk: int) -> HttpResponse:
    """Say which department a conversation is for, and who has it."""
    it = found_or_404(request.brand, pk)
    known = departments(queries.departments(request.brand), it.department)
    form = RouteForm(request.POST, team=team_of(request.brand), departments=known)
    if not form.is_valid():
        return refused(request, it, first_error(form))
    now, department, to = timezone.now(), form.cleaned_data["department"], form.cleaned_data["assignee"]
    with transaction.atomic():
        if department != it.department:
            actions.set_department(conversation=it, department=department, by=request.member, at=now)
        if (to.pk if to else None) != it.assignee_id:
            actions.assign(conversation=it, to=to, by=request.member, at=now)
    return after(request, it)


@require_POST
@room(May.ANSWER)
def snooze(request: BrandRequest, pk: int) -> HttpResponse:
    """Put a conversation off; it comes back by itself, or when they write again."""
    it, now = found_or_404(request.brand, pk), timezone.now()
    form = SnoozeForm(request.POST, now=now)
    if not form.is_valid():
        return refused(request, it, first_error(form))
    actions.snooze(conversation=it, until=form.cleaned_data["until"], by=request.member, at=now)
    return after(request, it)


@require_POST
@room(May.ANSWER)
def resolve(request: BrandRequest, pk: int) -> HttpResponse:
    """Say that nothing is left to do."""
    it = found_or_404(request.brand, pk)
    actions.resolve(conversation=it, by=request.member, at=timezone.now())
    return after(request, it)


@require_POST
@room(May.ANSWER)
def reopen(request: BrandRequest, pk: int) -> HttpResponse:
    """Say that something is left to do after all."""
    it = found_or_404(request.brand, pk)
    actions.reopen(conversation=it, by=request.member, at=timezone.now())
    return after(request, it)


@require_POST
@room(May.ANSWER)
def label(request: BrandRequest, pk: int) -> HttpResponse:
    """Put labels on a conversation and take others off: what was ticked or unticked since the page showed them."""
    it, known = found_or_404(request.brand, pk), queries.labels(request.brand)
    had, ticked = set(request.POST.getlist("had")), set(request.POST.getlist("labels"))
    on = [one for one in known if str(one.pk) in ticked - had]
    off = [one for one in known if str(one.pk) in had - ticked]
    new = " ".join(request.POST.get("new", "").replace("\0", "").split())[:LONGEST_LABEL]
    actions.relabel(conversation=it, on=on, off=off, new=new, by=request.member, at=timezone.now())
    return after(request, it)


@require_POST
@room(May.ANSWER)
def correct(request: BrandRequest, pk: int) -> HttpResponse:
    """Say what a message of the conversation really is: the reader learns it."""
    it = found_or_404(request.brand, pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return refused(request, it, gettext("Choose among the words of the list."))
    key = key_in(request.POST.get("message", ""))
    if key is None:
        return refused(request, it, gettext("Load the page anew."))
    reading, at = _reading(it, key), timezone.now()
    said = form.corrections()
    for about, value in said.items():
        corrected = reading_actions.correct(reading=reading, about=about, value=value, by=request.member, at=at)
        if corrected is None:
            raise Http404
        reading = corrected
    told = gettext("From now on these words read as you said.") if said else gettext("Nothing was changed.")
    return after(request, it, told)


def _reading(it: Conversation, key: UUID) -> Reading:
    """The reading of a message that whom one talks to here has written."""
    found = reading_queries.find(it.brand, key)
    if found is None or found.account_id != it.account_id:
        raise Http404
    return found
