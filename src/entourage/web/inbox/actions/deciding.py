"""Answers that wait for somebody's yes: who must ask for one, and what becomes of the conversation once it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from entourage.web.core.permissions import May, may
from entourage.web.inbox.actions.claiming import rows, step
from entourage.web.inbox.actions.threading import tell
from entourage.web.inbox.actions.writing import draft
from entourage.web.inbox.models import Conversation, Draft
from entourage.web.outbox.actions import withdraw
from entourage.web.outbox.models import Deed

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Member
    from entourage.web.outbox.models import Outgoing


#: Rooms above that know which rule wants a yes before an answer to a conversation leaves, as of this moment.
Asks = Callable[["Conversation"], str]
_ASKS: list[Asks] = []


def also_asking(room: Asks) -> None:
    """Have a room above asked, whenever somebody answers, which rule wants a yes; said once, when it is loaded."""
    _ASKS.append(room)


def must_wait(conversation: Conversation, by: Member) -> str:
    """Why what this member answers waits for somebody's yes; empty where it leaves, or they may say yes themselves."""
    return asked_for(conversation) if conversation.hold and not may(by, May.APPROVE) else ""


def must_wait_now(conversation: Conversation, by: Member) -> str:
    """The same as they answer: what came in, or was ruled otherwise, a moment ago is asked about, too."""
    if may(by, May.APPROVE):
        return ""
    rule = conversation.hold or next(filter(None, (ask(conversation) for ask in _ASKS)), "")
    if rule != conversation.hold:
        conversation.hold = rule
        rows(conversation).update(hold=rule)
    return must_wait(conversation, by)


def asked_for(conversation: Conversation) -> str:
    """Which rule wants a yes, in a sentence."""
    return gettext("Rule “%(rule)s” asks for a second pair of eyes.") % {"rule": conversation.hold}


def decided(outgoing: Outgoing, what: str, by: Member | None, at: datetime) -> None:
    """Write on the conversation that an answer was approved or withdrawn, and by whom; whose turn it is is told anew.

    Words that somebody else has withdrawn are their writer's draft again, unless they have begun another one.
    """
    found = Conversation.objects.of(outgoing.brand_id).filter(pk=outgoing.conversation_id).select_related("brand")
    talk = found.first() if outgoing.conversation_id else None
    if talk is None or outgoing.deed not in {Deed.REPLY, Deed.MESSAGE}:
        return
    step(talk, what, by=by, at=at, to=outgoing.by_id)
    if what == "withdrawn" and outgoing.by_id not in {None, by.pk if by else None}:
        told = {"brand_id": talk.brand_id, "text": outgoing.text, "at": at}
        Draft.objects.of(talk.brand_id).get_or_create(conversation=talk, member_id=outgoing.by_id, defaults=told)
    tell(talk.brand, [talk.pk], now=at)
    rows(talk).update(changed_at=at)


@transaction.atomic
def take_back(*, outgoing: Outgoing, by: Member, at: datetime) -> Outgoing:
    """Withdraw one's own answer before it leaves; its words are one's draft again: both or neither, also when killed.

    Raises
    ------
    Blocked: it has left the house.
    """
    withdrawn = withdraw(outgoing=outgoing, by=by, at=at)
    talk = Conversation.objects.of(outgoing.brand_id).filter(pk=outgoing.conversation_id).first()
    if talk is not None:
        draft(conversation=talk, text=outgoing.text, by=by, at=at)
    return withdrawn
