"""What is known before one types an answer: where it goes, how long it may be, until when; and the tools at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from entourage.web.core.permissions import May, may
from entourage.web.core.templatetags.entourage import clock, network, number, span
from entourage.web.inbox import queries
from entourage.web.inbox.actions import Takes
from entourage.web.inbox.forms import SNOOZES, size
from entourage.web.inbox.views.words import brief, departments
from entourage.web.outbox.queries import Known, known

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import Promise

    from entourage.web.core.permissions import BrandRequest
    from entourage.web.inbox.views.one import One


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
    def takes(self) -> Takes:
        """Which files may go with it."""
        return Takes() if self.closed else Takes.of(self.known)

    @property
    def files(self) -> str:
        """The same in words; empty where none may."""
        takes = self.takes
        if not takes.most:
            return ""
        told = {"most": takes.most, "kinds": takes.called, "each": size(takes.each), "all": size(takes.together)}
        many = ngettext(
            "At most %(most)d file (%(kinds)s) of %(each)s.",
            "At most %(most)d files (%(kinds)s) of %(each)s each, %(all)s together.",
            takes.most,
        )
        return many % told

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
        "limits": bounds_of(one),
        "draft": one.written.draft,
        "macros": queries.macros(request.brand, language=one.it.language, department=one.it.department),
        "everybody": able,
        "team": [(key, name) for key, name in able if key != request.member.pk],
        "mentions": [member.user.email.partition("@")[0] for member in others][:12],
        "departments": departments(queries.departments(request.brand), one.it.department),
        "snoozes": snoozes(one.now),
    }


def snoozes(now: datetime) -> list[tuple[str, Promise, str]]:
    """The usual stretches to put something off: key, words, until when."""
    return [(key, label, brief(until(now), now)) for key, (label, until) in SNOOZES.items()]


def bounds_of(one: One) -> Bounds:
    """What is known before one answers this conversation."""
    return Bounds(_known(one), one.name, one.it.network, one.now)


def _known(one: One) -> Known:
    """What may be answered to their last message; nothing where all of them were taken back."""
    if one.asked is not None:
        return known(one.it.brand, one.asked.activity, at=one.now)
    reason = gettext("Nothing of what they wrote is left: there is nothing to answer. Mark it as resolved.")
    return Known(
        can_reply=False, can_message=False, length=0, unit="characters", closes_at=None, connection=None,
        by_hand=False, reason=reason,
    )  # fmt: skip
