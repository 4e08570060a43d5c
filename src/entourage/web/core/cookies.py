"""How somebody likes to read: the language and the theme that a device remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpResponse

THEME = "theme"
THEMES = ("light", "dark")
# A choice is kept for a year.
YEAR_S = 365 * 24 * 3600


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice on this device, out of reach of scripts."""
    response.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS, httponly=True)
