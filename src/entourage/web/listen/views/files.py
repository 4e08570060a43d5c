"""A file that somebody sent us: strangers' bytes, so that no browser runs them, whatever they are."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.listen import queries

# Opened by itself, too, it is a document without scripts, forms, origin or anything to load.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def _etag(request: BrandRequest, pk: int) -> str | None:
    """The bytes of a file never change; asked again, they are not read again."""
    return f'"{pk}"' if queries.files(request.brand).filter(pk=pk).exists() else None


@room(May.SEE)
@condition(etag_func=_etag)
def file(request: BrandRequest, pk: int) -> HttpResponse:
    """The bytes of a file: a picture that every browser draws safely is shown, all else is downloaded."""
    kept = get_object_or_404(queries.files(request.brand), pk=pk)
    if kept.content is None:
        raise Http404
    content = bytes(kept.content)
    picture = queries.picture_kind(content)
    shown = bool(picture) and "download" not in request.GET
    called = content_disposition_header(not shown, queries.file_name(kept, picture)) or "attachment"
    bounds = {"Content-Security-Policy": POLICY, "Cross-Origin-Resource-Policy": "same-origin"}
    kind = picture or _saved_as(content)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": called, **bounds})


def _saved_as(content: bytes) -> str:
    return "application/pdf" if content.startswith(b"%PDF-") else "application/octet-stream"
