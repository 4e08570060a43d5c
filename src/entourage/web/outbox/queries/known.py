"""What is known before anybody types: by which door an answer leaves, how long it may be, and how late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from entourage.web.core.templatetags.entourage import clock
from entourage.web.core.templatetags.entourage import network as name_of
from entourage.web.listen.models import Account, AccountRole, Activity, Connection, ConnectionState
from entourage.web.listen.queries.speaking import ASKING
from entourage.web.outbox.models import Deed, Purpose
from entourage.web.outbox.queries.leaving import WORDS
from entourage.web.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entourage.web.core.models import Brand
    from entourage.web.outbox.models import Outgoing

#: What a connection must be able to do for each deed, in words of networks.live.Can.
NEEDS = {
    Deed.REPLY: "reply",
    Deed.MESSAGE: "message",
    Deed.LIKE: "like",
    Deed.HIDE: "hide",
    Deed.DELETE: "delete",
}
#: What stands before the id of an account that nobody can write to; ``networks.email.headers`` gives it.
NOWHERE = "unknown:"
#: Best first: which of several connections an answer leaves by.
_BEST = [
    ConnectionState.LIVE,
    ConnectionState.WAITING,
    ConnectionState.PAUSED,
    ConnectionState.RECONNECT,
    ConnectionState.BROKEN,
]


@dataclass(frozen=True, slots=True)
class Known:
    """What may be answered to a message, and how. ``length`` 0: no limit is known."""

    can_reply: bool
    can_message: bool
    length: int
    unit: str
    closes_at: datetime | None
    connection: Connection | None
    by_hand: bool
    # Why not, or what it waits for, with the way out; empty where all is well.
    reason: str
    attachments: int = 0
    attachment_bytes: int = 0
    # Beginnings of the media types that may go with it.
    attachment_kinds: tuple[str, ...] = ()


def known(brand: Brand, activity: Activity, *, at: datetime | None = None) -> Known:
    """What may be answered to this message: its connection, its limits, until when; or that it goes by hand."""
    at = at or timezone.now()
    connection = connection_for(brand, activity.network, page=activity.toward_id)
    limits = connection.limits if connection else {}
    closes_at = _closes_at(brand, activity, limits)
    closed = closes_at is not None and closes_at <= at
    refusal = _refusal(activity, closes_at if closed else None)
    can = set(connection.can) if connection else {"reply", "message"}
    private = activity.act == "message"
    return Known(
        # A private word is never answered in public.
        can_reply=not refusal and "reply" in can and not private,
        can_message=not refusal and "message" in can,
        length=int(limits.get("length") or 0),
        unit=str(limits.get("unit") or "characters"),
        closes_at=closes_at,
        connection=connection,
        by_hand=connection is None,
        reason=refusal or (stuck(connection) if connection else by_hand(activity.network)),
        attachments=int(limits.get("attachments") or 0),
        attachment_bytes=int(limits.get("attachment_bytes") or 0),
        attachment_kinds=tuple(limits.get("attachment_kinds") or ("image/",)),
    )


def connection_for(
    brand: Brand, network: str, *, page: Any = None, needs: Iterable[str] = ("reply", "message")
) -> Connection | None:
    """The connection by which an answer leaves; none where it must go by hand.

    It speaks for the account that was spoken to: another account of ours does not answer in its place, unless nobody of
    ours was spoken to.
    """
    found = [
        one
        for one in Connection.objects.of(brand).filter(network=network).select_related("account").order_by("pk")
        if set(needs) & set(one.can)
    ]
    if page is not None and any(one.account_id == page for one in found):
        found = [one for one in found if one.account_id == page]
    elif page is not None and Account.objects.of(brand).filter(pk=page, role=AccountRole.OWN).exists():
        # Not yet checked whose it is: it may be the one spoken to.
        found = [one for one in found if one.account_id is None]
    return min(found, key=lambda one: _BEST.index(ConnectionState(one.state)), default=None)


def stuck(connection: Connection) -> str:
    """Why nothing leaves by this connection just now, with the way out; empty where it does."""
    told = {
        ConnectionState.PAUSED: gettext("The connection %(name)s is paused: answers wait. Resume it to send them."),
        ConnectionState.RECONNECT: gettext(
            "The keys of the connection %(name)s are no longer good: answers wait. Connect it anew to send them."
        ),
        ConnectionState.BROKEN: gettext(
            "The connection %(name)s is broken: answers wait. Its page says why and what to do."
        ),
    }
    sentence = told.get(ConnectionState(connection.state), "")
    return sentence % {"name": connection.name} if sentence else ""


def by_hand(network: str) -> str:
    """That nothing here can send to this network, and what to do instead."""
    return gettext(
        "Nothing is connected that can send on %(network)s: copy the answer from the outbox, or take all out as CSV."
    ) % {"network": name_of(network)}


def unreachable(account: Account | None) -> str:
    """Why nothing can be sent to this account, with the way out; empty where it can."""
    if account is None or not account.network_id.startswith(NOWHERE):
        return ""
    return gettext(
        "It came from our own address and names nobody to answer: reach them by what it says. A contact form that sets "
        "Reply-To can be answered here."
    )


def stopped(row: Outgoing, to: Activity | None, *, at: datetime) -> str:
    """Why a row that was let go must not be sent after all, now that its turn has come; empty where it may."""
    alone = Person.objects.of(row.brand_id).filter(pk=row.person_id, left_alone_at__isnull=False)
    if row.purpose != Purpose.ANSWER and row.person_id is not None and alone.exists():
        return gettext("They have asked to be left alone since it was written: they are never contacted first.")
    if row.deed in WORDS and row.account is None:
        # Its words went with them; nothing is said in their place.
        return gettext("It went to somebody who has been erased: it is not sent.")
    if to is None or row.deed in {Deed.HIDE, Deed.DELETE}:
        return gettext("What it answers is no longer kept. Withdraw it.") if row.to and to is None else ""
    limits = row.connection.limits if row.connection else {}
    closes_at = _closes_at(row.brand, to, limits)
    return _refusal(to, closes_at if closes_at is not None and closes_at <= at else None)


def _closes_at(brand: Brand, activity: Activity, limits: dict[str, Any]) -> datetime | None:
    """Until when the network lets us answer: so long after the last time that they spoke to us."""
    within = limits.get("answer_within_s")
    if within is None:
        return None
    last = (
        Activity.objects.of(brand)
        .filter(account_id=activity.account_id, act__in=ASKING, toward__role=AccountRole.OWN, deleted_at=None)
        .aggregate(last=Max("at"))["last"]
    )
    return max(last or activity.at, activity.at) + timedelta(seconds=float(within))


def _refusal(activity: Activity, closed_at: datetime | None) -> str:
    if activity.deleted_at is not None:
        return gettext("Its author has taken this message back: nothing can be answered to it. Mark it as resolved.")
    if closed_at is not None:
        return gettext(
            "The network lets us answer only for a while after somebody's last message; that ended on %(at)s. Wait for "
            "their next message, or reach them elsewhere."
        ) % {"at": clock(closed_at)}
    # Where a page has read who wrote it, nobody is asked again.
    return unreachable(activity.account)
