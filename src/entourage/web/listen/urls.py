"""The pages of this room, below /b/<slug>/."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "listen"
urlpatterns: list[URLPattern] = []
