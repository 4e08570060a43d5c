"""The front door: where one lands, how one reads, who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core import actions, cookies, queries
from entourage.web.core.forms import AccountForm

if TYPE_CHECKING:
    from entourage.web.core.models import User


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go to the only brand, or choose one."""
    memberships = queries.brands_of(cast("User", request.user))
    if len(memberships) == 1 and "all" not in request.GET:
        return redirect("brand", memberships[0].brand.slug)
    return render(request, "core/home.html", {"memberships": memberships})


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """200 once pages and database answer, 503 while the database does not."""
    try:
        queries.database_answers()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Back to the page whose form was pressed, never to another site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, on this device and where the same person signs in next."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            actions.change_account(user=request.user, name=request.user.name, language=chosen)
        cookies.remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Read on paper or on ink; any other value follows the device again."""
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in cookies.THEMES:
        cookies.remember(response, cookies.THEME, chosen)
    else:
        response.delete_cookie(cookies.THEME)
    return response


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Name, language and the keys to the house of whoever is signed in."""
    user = cast("User", request.user)
    form = AccountForm(request.POST or None, initial={"name": user.name, "language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        actions.change_account(user=user, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        response = redirect("account")
        cookies.remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response
    return render(request, "core/account.html", {"form": form})
