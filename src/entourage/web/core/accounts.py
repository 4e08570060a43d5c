"""How people get in: by invitation only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up alone: an owner's invitation makes the account."""

    def is_open_for_signup(self, request: HttpRequest) -> Any:  # noqa: ARG002 - the answer is the same for all
        return False
