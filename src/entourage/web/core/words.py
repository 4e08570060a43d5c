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
    "connection": _("Connections"),
    "person": _("People"),
    "people": _("Lists of people"),
    "segment": _("Segments"),
    "scores": _("Scores"),
    "territory": _("Territory"),
    "finding": _("Lessons"),
    "operation": _("Operations"),
    "audit": _("Audits"),
    "reading": _("Readings"),
    "reader": _("The reader"),
    "outgoing": _("Outbox"),
    "pressure": _("Contact pressure"),
    "pledge": _("Promises to people"),
}
LINES: dict[str, str | Promise] = {
    "brand.made": _("made the brand"),
    "brand.exported": _("exported everything"),
    "brand.changed": _("changed the brand's settings"),
    "invitation.made": _("invited somebody"),
    "invitation.withdrawn": _("withdrew an invitation"),
    "member.joined": _("joined the team"),
    "member.changed": _("changed a role"),
    "member.removed": _("removed a member"),
    "import.started": _("imported a file"),
    "import.confirmed": _("confirmed an import"),
    "import.remapped": _("changed how a file's columns are read"),
    "account.marked": _("marked an account"),
    "connection.made": _("connected an account"),
    "connection.renewed": _("connected an account anew"),
    "connection.paused": _("paused a connection"),
    "connection.resumed": _("resumed a connection"),
    "connection.removed": _("removed a connection and its keys"),
    "connection.compared": _("had a connection compared with its network"),
    "person.marked": _("marked a person"),
    "person.left-alone": _("left a person alone, who objected"),
    "person.objection-ended": _("ended a person's objection"),
    "person.exported": _("gave out what is held on a person"),
    "person.erased": _("erased a person"),
    "people.exported": _("exported a list of people"),
    "segment.saved": _("saved a segment"),
    "segment.removed": _("removed a segment"),
    "scores.made": _("scored everybody"),
    "territory.changed": _("said in words what the brand is about"),
    "finding.changed": _("said what becomes of something the public teaches"),
    "operation.marked": _("entered an operation"),
    "operation.changed": _("changed an operation"),
    "operation.removed": _("removed an operation"),
    "audit.asked": _("asked for an audit"),
    "audit.made": _("made an audit"),
    "reading.corrected": _("said what a message is"),
    "reading.put-back": _("took back what was said of a message"),
    "reader.asked": _("asked for the reader to be taught"),
    "reader.taught": _("taught the reader"),
    "outgoing.queued": _("wrote something that leaves the house"),
    "outgoing.held": _("wrote something that waits for approval"),
    "outgoing.written": _("wrote something to be sent by hand"),
    "outgoing.approved": _("approved something that leaves the house"),
    "outgoing.withdrawn": _("withdrew something from the outbox"),
    "outgoing.sent-by-hand": _("sent something by hand"),
    "outgoing.tried-again": _("had something tried again"),
    "outgoing.taken-out": _("took out the list of what goes by hand"),
    "pressure.changed": _("changed the rules of contact pressure"),
    "pledge.made": _("promised somebody something"),
    "pledge.kept": _("kept a promise"),
    "pledge.taken-back": _("took a promise back"),
}


def line(what: str) -> str | Promise:
    """A sentence for the trail; the bare word where no sentence was written for it."""
    return LINES.get(what, what)
