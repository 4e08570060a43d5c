"""A conversation as a line of the list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from entourage.web.core.templatetags.entourage import ago, span
from entourage.web.inbox.models import State
from entourage.web.inbox.queries.listing import said_in
from entourage.web.inbox.views.words import Why, reasons
from entourage.web.people.queries import standing_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from entourage.web.core.models import Member
    from entourage.web.inbox.models import Conversation

#: Nothing is left to do.
OVER = {State.RESOLVED, State.LAPSED, State.SNOOZED}


@dataclass(frozen=True, slots=True)
class Row:
    """Who it is, what they said, since when they wait, who has it, why it cannot wait."""

    it: Conversation
    # Of labels, and of departments.
    names: dict[int, str]
    departments: Mapping[str, str]
    now: datetime
    reader: Member

    @property
    def name(self) -> str:
        """Whom one talks to."""
        return name_of(self.it)

    @property
    def standing(self) -> dict[str, Any] | None:
        """Ring and name, where they have a standing."""
        return getattr(self.it, "standing", None)

    @property
    def called(self) -> str:
        """Their standing in a word or two: hostile regular, else their ring."""
        stands = self.standing or {}
        return standing_in_words(stands["ring"], stands.get("name", ""))

    @property
    def said(self) -> str:
        """The last words, or what came without any."""
        return said_in(self.it) or gettext("(no words)")

    @property
    def waits(self) -> bool:
        """Whether they wait for us."""
        return self.it.state == State.OPEN and self.it.waiting_since is not None

    @property
    def since(self) -> str:
        """How long they have waited; else how long ago they wrote."""
        if self.waits and self.it.waiting_since:
            return span(self.now - self.it.waiting_since)
        return ago(self.it.last_in_at, self.now)

    @property
    def why(self) -> list[Why]:
        """Why it cannot wait."""
        return reasons(self.it, self.now)

    @property
    def holder(self) -> str:
        """Who has it: who answers right now, else to whom it was given."""
        holder = holder_of(self.it, self.now)
        if holder is not None:
            return gettext("you are on it") if holder == self.reader else gettext("%(who)s is on it") % {"who": holder}
        if self.it.assignee is None:
            return ""
        return gettext("yours") if self.it.assignee == self.reader else str(self.it.assignee)

    @property
    def claims(self) -> str:
        """What its key c does: claim it, let it go; nothing where somebody else is on it."""
        holder = holder_of(self.it, self.now)
        if holder is None:
            return "claim"
        return "release" if holder == self.reader else ""

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.it.state in OVER

    @property
    def labels(self) -> list[str]:
        """The words that members put on it."""
        return [self.names[label] for label in self.it.labels if label in self.names]

    @property
    def department(self) -> str:
        """Who should hear it."""
        return self.departments.get(self.it.department, self.it.department)


def name_of(it: Conversation) -> str:
    """Whom one talks to, as the house knows them."""
    return str(getattr(it, "person_name", "") or it.account.name or it.account)


def holder_of(it: Conversation, now: datetime) -> Member | None:
    """Who is answering right now; nobody once their time is over."""
    return it.claimed_by if it.claimed_until and it.claimed_until > now else None
