"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The brand and member of this page, where it belongs to a brand."""
    return {"brand": getattr(request, "brand", None), "member": getattr(request, "member", None)}
