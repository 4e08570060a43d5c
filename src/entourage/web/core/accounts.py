"""How people get in: by invitation only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from entourage.web.core import cookies

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from entourage.web.core.models import User


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up alone: an owner's invitation makes the account."""

    def is_open_for_signup(self, request: HttpRequest) -> Any:  # noqa: ARG002 - the answer is the same for all
        return False

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """Speak the person's own language on a device that has not been told another."""
        response: HttpResponse = super().post_login(request, user, **told)
        if user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            cookies.remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response
