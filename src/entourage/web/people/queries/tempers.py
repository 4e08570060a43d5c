"""Whether a person is for the brand or against it, in words, and the messages that decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entourage.web.core.templatetags.entourage import number
from entourage.web.listen.queries import web_address
from entourage.web.people.models import StandingName, Temper
from entourage.web.people.queries.acts import MEANINGFUL
from entourage.web.reading.models import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.utils.functional import Promise

    from entourage.web.people.models import Person, Standing

#: The acts whose words are for or against us: help is turned to another customer. As the scores count them.
JUDGED = tuple(act for act in MEANINGFUL if act != "help")
#: What is written for a purpose of its own flatters or not because of it: it is neither for nor against us.
PURPOSES = ("contest_entry", "job_seeker", "press_partner", "spam")
#: Messages told of each sign; the others are in the timeline and under what was said.
DECIDED = 4
#: What a judged message is, by its sign.
SIDES: dict[int, tuple[str, str | Promise]] = {
    1: ("for", gettext_lazy("for us")),
    0: ("neither", gettext_lazy("neither")),
    -1: ("against", gettext_lazy("against us")),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A message that counted for or against, as it stands in the log now."""

    reading: Reading

    @property
    def side(self) -> str:
        """for, neither or against: the name of its colour."""
        return SIDES[self.reading.sign or 0][0]

    @property
    def word(self) -> str:
        """For us, against us."""
        return str(SIDES[self.reading.sign or 0][1])

    @property
    def link(self) -> str:
        """Where it stands on its network."""
        return web_address(self.reading.activity.url)


def temper_sentence(person: Person, standing: Standing | None) -> str:
    """What somebody's messages say of them, in one sentence; empty for who has no standing."""
    if standing is None:
        return ""
    if not standing.judged:
        return _("Nothing that %(name)s wrote to us could be judged to be for or against us.") % {"name": person.name}
    told = {
        "name": person.name,
        "positive": number(standing.positive),
        "negative": number(standing.negative),
        "judged": ngettext("%(count)s judged message", "%(count)s judged messages", standing.judged)
        % {"count": number(standing.judged)},
    }
    sentence = _TEMPERS[standing.temper]() % told
    if standing.name == StandingName.HOSTILE_REGULAR:
        return " ".join([sentence, _("A regular who is angry is no fan: answer first.")])
    return sentence


# Written out one by one, so that each can be translated whole.
_TEMPERS: dict[str, Callable[[], str]] = {
    Temper.WARM: lambda: _("%(name)s is for us: of %(judged)s, %(positive)s for us and %(negative)s against."),
    Temper.HOSTILE: lambda: _("%(name)s is against us: of %(judged)s, %(negative)s against us and %(positive)s for."),
    Temper.MIXED: lambda: _(
        "%(name)s is neither for nor against us for certain: of %(judged)s, %(positive)s for us and %(negative)s "
        "against."
    ),
    Temper.UNKNOWN: lambda: _(
        "Too little was judged to say whether %(name)s is for or against us: of %(judged)s, %(positive)s for us and "
        "%(negative)s against."
    ),
}


def decided(person: Person, accounts: list[UUID], *, at: datetime) -> list[Decided]:
    """The latest messages that counted for and against, newest first: at most ``DECIDED`` of each."""
    found = [Decided(one) for sign in (1, -1) for one in _judged(person, accounts, at).filter(sign=sign)[:DECIDED]]
    return sorted(found, key=lambda one: one.reading.at, reverse=True)


def _judged(person: Person, accounts: list[UUID], at: datetime) -> Any:
    """What of a person's messages was counted, newest first: as the scores count it."""
    toward_us = Q(activity__toward=None) | Q(activity__toward__role="own")
    rows = Reading.objects.of(person.brand_id).filter(toward_us, account__in=accounts, at__lt=at)
    return (
        rows.filter(activity__act__in=JUDGED)
        .exclude(intent__in=PURPOSES)
        .select_related("activity")
        .order_by("-at", "-pk")
    )
