"""The addresses of the rows behind a number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


def conversations(slug: str, **asked: Any) -> str:
    """The conversations that this filter leaves."""
    return f"{reverse('results:conversations', args=[slug])}?{urlencode(asked)}"
