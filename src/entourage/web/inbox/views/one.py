"""One conversation as its page shows it: who it is, whose turn, what was said, what may be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from entourage.web.core.models import Member
from entourage.web.core.permissions import May, may
from entourage.web.core.templatetags.entourage import clock, network, number, span
from entourage.web.inbox import queries
from entourage.web.inbox.forms import SNOOZES
from entourage.web.inbox.models import State
from entourage.web.inbox.views.items import Spoken, shown
from entourage.web.inbox.views.row import department_of, holder_of, name_of
from entourage.web.inbox.views.words import Why, reasons
from entourage.web.listen.queries import web_address
from entourage.web.outbox.queries import Known, known
from entourage.web.people.models import Person
from entourage.web.reading.models import MILLE, Department

if TYPE_CHECKING:
    from uuid import UUID

    from entourage.web.core.permissions import BrandRequest
    from entourage.web.inbox.models import Conversation, Presence
    from entourage.web.people.models import Standing
    from entourage.web.reading.models import Reading


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
        return department_of(self.it)

    @property
    def assignee(self) -> str:
        """To whom it was given."""
        return str(self.it.assignee) if self.it.assignee else ""

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.it.state in {State.RESOLVED, State.LAPSED, State.SNOOZED}

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
        return queries.thread_of(self.it, before=_moment(self.before_moment))

    @cached_property
    def items(self) -> list[Any]:
        """The same, as the page shows it."""
        names = {member.pk: str(member) for member in self.members}
        return shown(self.thread.items, now=self.now, names=names)

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
    def seen(self) -> UUID | None:
        """The last message shown: who answers has seen that one."""
        return self.thread.seen

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


def _moment(told: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known before one types: where it goes, how long it may be, until when."""

    known: Known
    name: str
    network: str
    now: datetime

    @property
    def closed(self) -> bool:
        """Whether nothing can be answered, not even by hand."""
        return not (self.known.can_reply or self.known.can_message)

    @property
    def by_hand(self) -> bool:
        """Whether somebody must send it themselves."""
        return self.known.by_hand

    @property
    def choice(self) -> bool:
        """Whether one chooses between in public and alone."""
        return self.known.can_reply and self.known.can_message and not self.known.by_hand

    @property
    def private(self) -> bool:
        """Whether it goes to them alone."""
        return self.known.can_message and not self.known.can_reply

    @property
    def length(self) -> int:
        """How long it may be; 0 where that is not known."""
        return self.known.length

    @property
    def unit(self) -> str:
        """What the network counts."""
        return self.known.unit

    @property
    def sentences(self) -> list[str]:
        """The same in words."""
        return [sentence for sentence in (self._where(), self._long(), self._late(), self.known.reason) if sentence]

    def _where(self) -> str:
        if self.closed or self.choice:
            return ""
        if self.private:
            return gettext("Only %(name)s sees it.") % {"name": self.name}
        return gettext("Everybody on %(network)s can see it.") % {"network": network(self.network)}

    def _long(self) -> str:
        if not self.length or self.closed:
            return ""
        told = {
            "bytes": gettext("At most %(most)s bytes."),
            "graphemes": gettext("At most %(most)s characters."),
        }
        return told.get(self.unit, gettext("At most %(most)s characters.")) % {"most": number(self.length)}

    def _late(self) -> str:
        if self.known.closes_at is None or self.closed:
            return ""
        told = {"at": clock(self.known.closes_at), "span": span(self.known.closes_at - self.now)}
        return gettext("It can be sent until %(at)s, for another %(span)s.") % told


def writing(one: One, request: BrandRequest) -> dict[str, Any]:
    """What the answer box and the tools of a conversation need."""
    able = [(member.pk, str(member)) for member in one.members if may(member, May.ANSWER)]
    others = [member for member in one.members if member != request.member]
    return {
        "limits": Bounds(_known(one), one.name, one.it.network, one.now),
        "draft": queries.draft_of(one.it, request.member),
        "macros": queries.macros(request.brand, language=one.it.language, department=one.it.department),
        "everybody": able,
        "team": [(key, name) for key, name in able if key != request.member.pk],
        "mentions": [member.user.email.partition("@")[0] for member in others][:12],
        "departments": Department.choices,
        "snoozes": [(key, label, _brief(until(one.now), one.now)) for key, (label, until) in SNOOZES.items()],
    }


def _known(one: One) -> Known:
    """What may be answered to their last message; nothing where all of them were taken back."""
    if one.asked is not None:
        return known(one.it.brand, one.asked.activity, at=one.now)
    reason = gettext("Nothing of what they wrote is left: there is nothing to answer. Mark it as resolved.")
    return Known(
        can_reply=False, can_message=False, length=0, unit="characters", closes_at=None, connection=None,
        by_hand=False, reason=reason,
    )  # fmt: skip


def _brief(moment: datetime, now: datetime) -> str:
    """14:05 today, Monday 9:00 otherwise."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localtime(now).date() else "D H:i")
