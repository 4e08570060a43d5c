"""The trail in words: what each ``noun.past-tense`` of the audit trail is called on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

NOUNS: dict[str, str | Promise] = {
    "brand": _("Brand"),
    "member": _("Members"),
    "invitation": _("Invitations"),
    "import": _("Imports"),
    "account": _("Accounts"),
    "mapping": _("Mappings"),
    "person": _("People"),
    "people": _("Lists of people"),
    "segment": _("Segments"),
    "scoring": _("Scores"),
    "operation": _("Operations"),
    "audit": _("Audits"),
}
LINES: dict[str, str | Promise] = {
    "brand.made": _("made the brand"),
    "brand.changed": _("changed the brand's settings"),
    "invitation.made": _("invited somebody"),
    "invitation.withdrawn": _("withdrew an invitation"),
    "member.joined": _("joined the team"),
    "member.changed": _("changed a role"),
    "member.removed": _("removed a member"),
}


def line(what: str) -> str | Promise:
    """A sentence for the trail; the bare word where no sentence was written for it."""
    return LINES.get(what, what)
