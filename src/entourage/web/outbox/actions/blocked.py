"""Why something does not leave the house, with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

if TYPE_CHECKING:
    from datetime import datetime


class Blocked(Exception):  # noqa: N818 - it names what became of it
    """Something must not be sent: a sentence for whoever wanted to, which ends with what to do instead.

    ``next_at`` is from when on it may be, where that is known.
    """

    def __init__(self, reason: str, *, next_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_at = next_at


class Unread(Blocked):
    """They have written more than whoever lets it leave has seen. Where the row stands, that stands beside it."""

    def __init__(self) -> None:
        super().__init__(gettext("They have written more since this was written: read it before it leaves."))
