"""The same desk as the inbox's, and who works at it."""

from __future__ import annotations

from tests.web.inbox.conftest import bea, olga, page, talk, zoe  # noqa: F401 - fixtures
