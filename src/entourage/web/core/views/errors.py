"""What one reads when a page cannot be shown; each says what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    return render(request, "core/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    return render(request, "core/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    return render(request, "core/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - see below
    # Without the request: what broke may be the database, and the frame asks it who is reading.
    return render(None, "core/errors/500.html", status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - said in our words
    return render(request, "core/errors/csrf.html", status=403)
