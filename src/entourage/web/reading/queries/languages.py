"""Languages by the name that the page's reader gives them."""

from __future__ import annotations

from django.utils.translation import get_language_info, gettext

from entourage.web.core.models import SPOKEN as LANGUAGES

__all__ = ["LANGUAGES", "language_name"]


def language_name(code: str) -> str:
    """French, English; the bare code of a language that nobody here has named."""
    if code == "und":
        return gettext("undetermined")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
