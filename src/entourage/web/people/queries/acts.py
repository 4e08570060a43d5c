"""What acts are called, and which of them are engagement; pages never load the engine, which decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

#: As ``entourage.engine.log.MEANINGFUL``; a test keeps the two the same.
MEANINGFUL = ("reply", "comment", "mention", "share", "message", "review", "idea", "help", "purchase")

_NAMES: dict[str, Any] = {
    "reply": ngettext_lazy("%(count)d reply", "%(count)d replies", "count"),
    "comment": ngettext_lazy("%(count)d comment", "%(count)d comments", "count"),
    "mention": ngettext_lazy("%(count)d mention", "%(count)d mentions", "count"),
    "share": ngettext_lazy("%(count)d share", "%(count)d shares", "count"),
    "message": ngettext_lazy("%(count)d message", "%(count)d messages", "count"),
    "review": ngettext_lazy("%(count)d review", "%(count)d reviews", "count"),
    "idea": ngettext_lazy("%(count)d idea", "%(count)d ideas", "count"),
    "help": ngettext_lazy("%(count)d help to others", "%(count)d times help to others", "count"),
    "purchase": ngettext_lazy("%(count)d purchase", "%(count)d purchases", "count"),
    "like": ngettext_lazy("%(count)d like", "%(count)d likes", "count"),
    "follow": ngettext_lazy("%(count)d follow", "%(count)d follows", "count"),
    "view": ngettext_lazy("%(count)d view", "%(count)d views", "count"),
    "post": ngettext_lazy("%(count)d post", "%(count)d posts", "count"),
}


def acts_in_words(acts: Mapping[str, int]) -> str:
    """So many of each, the most frequent first: 3 comments, 1 share."""
    ordered = sorted(acts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(_NAMES[act] % {"count": count} for act, count in ordered if act in _NAMES)
