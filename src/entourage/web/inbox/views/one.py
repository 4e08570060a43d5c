"""One conversation as its page shows it: who it is, whose turn, what was said, what may be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from entourage.web.core.models import Member
from entourage.web.core.queries import moment_in
from entourage.web.core.templatetags.entourage import clock, span
from entourage.web.inbox import queries
from entourage.web.inbox.actions.deciding import asked_for, must_wait
from entourage.web.inbox.models import State
from entourage.web.inbox.views.items import Spoken, shown
from entourage.web.inbox.views.row import OVER, holder_of, name_of
from entourage.web.inbox.views.words import Why, reasons
from entourage.web.listen.queries import web_address
from entourage.web.people.models import Person
from entourage.web.reading.models import MILLE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from entourage.web.inbox.models import Conversation, Presence
    from entourage.web.people.models import Standing
    from entourage.web.reading.models import Reading


def _exactly(moment: datetime | None) -> str:
    """So that of two the later one is also the later word."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""


@dataclass
class One:
    """A conversation that is open on somebody's page; what costs a query is asked once."""

    it: Conversation
    reader: Member
    now: datetime
    # Shown from just before this moment backwards; empty shows the newest.
    before_moment: str = ""

    @property
    def pk(self) -> int:
        """Its number."""
        return self.it.pk

    @property
    def name(self) -> str:
        """Whom one talks to."""
        return self.person.name if self.person else name_of(self.it)

    @cached_property
    def person(self) -> Person | None:
        """The person behind the account."""
        rows = Person.objects.of(self.it.brand_id).select_related("standing")
        return rows.filter(pk=self.it.person_id).first() if self.it.person_id else None

    @property
    def person_id(self) -> int | None:
        """Their number, if they have a page."""
        return self.person.pk if self.person else None

    @property
    def alone(self) -> bool:
        """Whether they objected to being profiled."""
        return bool(self.person and self.person.left_alone_at)

    @property
    def standing(self) -> Standing | None:
        """Where they stand; nothing for who objected."""
        return None if self.alone else getattr(self.person, "standing", None)

    @property
    def link(self) -> str:
        """Where their last message stands on its network."""
        return web_address(self.it.last_message.url) if self.it.last_message else ""

    @property
    def department(self) -> str:
        """Who should hear it."""
        return queries.departments(self.it.brand).get(self.it.department, self.it.department)

    @property
    def assignee(self) -> str:
        """To whom it was given."""
        return str(self.it.assignee) if self.it.assignee else ""

    @property
    def asks(self) -> str:
        """Which rule wants somebody's yes before an answer leaves, in a sentence; empty where none does."""
        return asked_for(self.it) if self.it.hold else ""

    @property
    def must_wait(self) -> bool:
        """Whether what the reader answers waits for it."""
        return bool(must_wait(self.it, self.reader))

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.it.state in OVER

    @property
    def turn(self) -> str:
        """Whose turn it is, since when."""
        if self.it.state == State.OPEN and self.it.waiting_since:
            return gettext("waiting for %(span)s") % {"span": span(self.now - self.it.waiting_since)}
        if self.it.state == State.SNOOZED and self.it.snoozed_until:
            return gettext("snoozed until %(until)s") % {"until": clock(self.it.snoozed_until)}
        return str(self.it.get_state_display())

    @property
    def why(self) -> list[Why]:
        """Why it cannot wait; the state stands beside already."""
        return [why for why in reasons(self.it, self.now) if why.text != self.it.get_state_display()]

    @property
    def holder(self) -> Member | None:
        """Who is answering right now."""
        return holder_of(self.it, self.now)

    @property
    def mine(self) -> bool:
        """Whether the reader has it."""
        return self.holder == self.reader

    @property
    def held(self) -> bool:
        """Whether somebody else has it."""
        return self.holder is not None and not self.mine

    @cached_property
    def members(self) -> list[Member]:
        """The team, by name."""
        rows = Member.objects.of(self.it.brand_id).select_related("user")
        return sorted(rows, key=lambda one: str(one).casefold())

    @cached_property
    def labels(self) -> list[str]:
        """The words that members put on it."""
        names = {label.pk: label.name for label in queries.labels(self.it.brand)}
        return [names[label] for label in self.it.labels if label in names]

    @cached_property
    def thread(self) -> queries.Thread:
        """What stands in it, in order."""
        return queries.thread_of(self.it, before=moment_in(self.before_moment))

    @cached_property
    def items(self) -> list[Any]:
        """The same, as the page shows it."""
        names = {member.pk: str(member) for member in self.members}
        return shown(self.thread.items, now=self.now, names=names, departments=queries.departments(self.it.brand))

    @property
    def before(self) -> str:
        """The address of what was said before; empty where there is nothing."""
        oldest = self.items[0].at if self.thread.more and self.items else None
        return f"?before={oldest.isoformat().replace('+', '%2B')}" if oldest else ""

    @property
    def theirs(self) -> int:
        """How many messages of theirs are shown."""
        return sum(isinstance(item, Spoken) and item.inward for item in self.items)

    @property
    def seen(self) -> UUID:
        """What stands in it, in one word: who answers says it back."""
        return self.thread.seen

    @cached_property
    def written(self) -> queries.Written:
        """What the reader writes here, and when they answered last."""
        return queries.written(self.it, self.reader)

    @property
    def answered_at(self) -> str:
        """When they did, for the box of this page to say: once they have answered again, its words are old."""
        return _exactly(self.written.answered_at)

    @property
    def left_at(self) -> str:
        """The same without what was taken back since."""
        return _exactly(self.written.left_at)

    @property
    def asked(self) -> Spoken | None:
        """The last message of theirs: what an answer answers."""
        spoken = [item for item in self.items if isinstance(item, Spoken) and item.inward and not item.gone]
        return spoken[-1] if spoken else None

    @property
    def read(self) -> Reading | None:
        """What was read in it; nothing for who objected."""
        return self.asked.reading if self.asked else None

    @property
    def read_vehemence(self) -> float:
        """As a share."""
        return self.read.vehemence / MILLE if self.read else 0.0

    @cached_property
    def others(self) -> list[Conversation]:
        """Their other conversations."""
        return list(queries.others_of(self.it))

    @cached_property
    def present(self) -> list[Presence]:
        """Who else reads or writes here."""
        return list(queries.present(self.it, at=self.now, but=self.reader))
