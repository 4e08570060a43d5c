"""The team: who works for the brand, in which role, and how they get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entourage.web.core import actions, queries
from entourage.web.core.forms import InvitationForm, JoinForm, RoleForm
from entourage.web.core.models import Invitation, Member, Role, User
from entourage.web.core.permissions import BrandRequest, May, room

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _page(request: BrandRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "members": queries.members(request.brand),
        "invitations": queries.open_invitations(request.brand, at=timezone.now()),
        "roles": Role.choices,
    }
    return render(request, "core/team.html", shown, status=status)


@room(May.TEAM)
def team(request: BrandRequest) -> HttpResponse:
    """Everybody who works for the brand, and the links that are still open."""
    return _page(request, InvitationForm())


@require_POST
@room(May.TEAM)
def invite(request: BrandRequest) -> HttpResponse:
    """Make a link that lets somebody in."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    made = actions.invite(brand=request.brand, by=request.member, at=timezone.now(), **form.cleaned_data)
    messages.success(request, gettext("The link for %(email)s is below: send it to them.") % {"email": made.email})
    return redirect("team", request.brand.slug)


@require_POST
@room(May.TEAM)
def withdraw(request: BrandRequest, pk: int) -> HttpResponse:
    """Make an open link useless."""
    invitation = get_object_or_404(Invitation.objects.of(request.brand), pk=pk, accepted_at=None)
    actions.withdraw_invitation(invitation=invitation, by=request.member, at=timezone.now())
    return redirect("team", request.brand.slug)


@require_POST
@room(May.TEAM)
def role(request: BrandRequest, pk: int) -> HttpResponse:
    """Change what somebody may do."""
    member = get_object_or_404(Member.objects.of(request.brand), pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(member=member, by=request.member, at=timezone.now(), **form.cleaned_data)
        except actions.LastOwner as refusal:
            messages.error(request, str(refusal))
    return redirect("home" if member.pk == request.member.pk else "team", *_slug(request, member))


def _slug(request: BrandRequest, member: Member) -> list[str]:
    # Who has just changed their own role may no longer see the team.
    return [] if member.pk == request.member.pk else [request.brand.slug]


@require_POST
@room(May.TEAM)
def remove(request: BrandRequest, pk: int) -> HttpResponse:
    """Take somebody off the brand."""
    member = get_object_or_404(Member.objects.of(request.brand), pk=pk)
    here = _slug(request, member)
    try:
        actions.remove_member(member=member, by=request.member, at=timezone.now())
    except actions.LastOwner as refusal:
        messages.error(request, str(refusal))
        return redirect("team", request.brand.slug)
    return redirect("team" if here else "home", *here)


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Open an invitation: with one's account, or by making one."""
    invitation = queries.invitation(token, at=timezone.now())
    if invitation is None:
        return render(request, "core/join_closed.html", status=410)
    if isinstance(request.user, User):
        return _join_as(request, invitation, request.user)
    if User.objects.filter(email=invitation.email).exists():
        return render(request, "core/join_sign_in.html", {"invitation": invitation})
    form = JoinForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        user = form.make_user(language=request.LANGUAGE_CODE)
        login(request, user, backend=BACKEND)
        return _join_as(request, invitation, user)
    return render(request, "core/join.html", {"invitation": invitation, "form": form})


def _join_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if request.method != "POST":
        return render(request, "core/join_confirm.html", {"invitation": invitation})
    try:
        member = actions.accept_invitation(invitation=invitation, user=user, at=timezone.now())
    except actions.UsedUp:
        return render(request, "core/join_closed.html", status=410)
    return redirect("brand", member.brand.slug)
