"""Putting something into the outbox: from then on it is a row that nothing loses and nobody sends twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext, ngettext

from entourage.web.core.actions import record
from entourage.web.core.locks import hold as lock
from entourage.web.core.templatetags.entourage import number
from entourage.web.listen.models import Account, Activity
from entourage.web.outbox import queries
from entourage.web.outbox.actions.blocked import Blocked
from entourage.web.outbox.actions.starting import start
from entourage.web.outbox.models import Deed, Enclosure, Outgoing, Purpose, Sending
from entourage.web.outbox.queries.leaving import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from entourage.web.core.models import Brand, Member
    from entourage.web.listen.models import Connection


@dataclass(frozen=True, kw_only=True)
class File:
    """A file to go with an answer; ``alt`` says in words what it shows."""

    name: str
    kind: str
    content: bytes
    alt: str = ""


@transaction.atomic
def queue(
    *,
    brand: Brand,
    deed: str,
    purpose: str,
    to: Activity | None,
    text: str,
    by: Member | None,
    at: datetime,
    conversation_id: int | None = None,
    person_id: int | None = None,
    account: Account | UUID | None = None,
    subject: str = "",
    language: str = "",
    enclosures: Sequence[File] = (),
    hold: str = "",
    undo_s: int = 0,
    key: UUID | None = None,
) -> Outgoing:
    """Write down something that is to leave the house; it is sent as soon as this transaction is kept.

    The row is QUEUED, HELD where ``hold`` says why somebody must approve it first, or BY_HAND where nothing here can
    send to that network. Safe to repeat with the same ``key``: the row that is there is given back.

    Parameters
    ----------
    to : the message that is answered, liked, hidden or taken back; none only for a private message sent first
    account, person_id : to whom, where ``to`` does not say it
    undo_s : seconds during which it can still be withdrawn before it is sent

    Raises
    ------
    Blocked: a limit or window of the network, or contact pressure, forbids it; the sentence says what to do.
    """
    there: Outgoing | None = Outgoing.objects.of(brand).filter(pk=key).first() if key else None
    if there is not None:
        return there
    receiver = _receiver(brand, Deed(deed), to, account, person_id)
    row = Outgoing(
        brand=brand, deed=Deed(deed), purpose=Purpose(purpose), to=to.pk if to else None, context=_context(to),
        text=text.strip(), subject=subject, language=language, by=by, conversation_id=conversation_id, created_at=at,
        due_at=at + timedelta(seconds=undo_s), network=to.network if to else receiver.network if receiver else "",
        account=receiver.pk if receiver else None, person_id=receiver.person_id if receiver else None,
    )  # fmt: skip
    row.pk = key or row.pk
    row.connection = may_leave(row, to, receiver, enclosures, at=at)
    row.state, row.reason = Sending.QUEUED, ""
    if hold:
        row.state, row.reason = Sending.HELD, hold
    elif row.connection is None:
        row.state, row.reason = Sending.BY_HAND, queries.by_hand(row.network)
    row.save(force_insert=True)
    Enclosure.objects.bulk_create(
        Enclosure(brand=brand, outgoing=row, name=one.name, kind=one.kind, alt=one.alt, content=one.content)
        for one in enclosures
    )
    record(brand=brand, by=by, at=at, what=_WHAT[row.state], subject=row.pk, deed=row.deed, purpose=row.purpose)
    if row.state == Sending.QUEUED:
        start(row, at=at)
    return row


_WHAT = {
    Sending.QUEUED: "outgoing.queued",
    Sending.HELD: "outgoing.held",
    Sending.BY_HAND: "outgoing.written",
}


def may_leave(
    row: Outgoing, to: Activity | None, receiver: Account | None, files: Sequence[Any], *, at: datetime
) -> Connection | None:
    """By which connection this row may leave (none: by hand), the person's lock held; raises ``Blocked``."""
    connection = queries.connection_for(
        row.brand, row.network, page=_page(to, Deed(row.deed)), needs=[queries.NEEDS[Deed(row.deed)]]
    )
    _check_receiver(row, to, receiver)
    if row.deed in WORDS:
        _check_words(row, to, connection, files, at=at)
    elif connection is None:
        raise Blocked(
            gettext("No connection to this network can do that. Do it on the network itself, or connect an account.")
        )
    if row.purpose != Purpose.ANSWER:
        _check_pressure(row, receiver, at=max(at, row.due_at))
    return connection


def _receiver(
    brand: Brand, deed: Deed, to: Activity | None, account: Account | UUID | None, person_id: int | None
) -> Account | None:
    """Whose account it goes to: who is told, else who wrote what is answered, else the person's first one."""
    accounts = Account.objects.of(brand)
    if isinstance(account, Account):
        return account
    if account is not None:
        return accounts.filter(pk=account).first()
    if to is not None:
        return None if deed == Deed.DELETE else accounts.filter(pk=to.account_id).first()
    return accounts.filter(person_id=person_id).order_by("pk").first() if person_id else None


def _context(to: Activity | None) -> UUID | None:
    return (to.context or to.pk) if to else None


def _page(to: Activity | None, deed: Deed) -> UUID | None:
    """Which account of ours must speak: the one spoken to, or the one that wrote what is taken back."""
    if to is None:
        return None
    return to.account_id if deed == Deed.DELETE else to.toward_id


def _check_receiver(row: Outgoing, to: Activity | None, receiver: Account | None) -> None:
    if to is not None and to.deleted_at is not None:
        raise Blocked(
            gettext("Its author has taken this message back: nothing can be answered to it. Mark it as resolved.")
        )
    if row.deed == Deed.DELETE:
        return
    if receiver is None:
        raise Blocked(gettext("Nobody is there to receive it. Choose the message that it answers."))
    if receiver.gone_at is not None:
        raise Blocked(gettext("This account no longer exists on its network. Reach the person elsewhere."))
    if row.deed in WORDS and (reason := queries.unreachable(receiver)):
        raise Blocked(reason)
    if to is None and (row.deed != Deed.MESSAGE or row.purpose == Purpose.ANSWER):
        # Without what it answers it would be a way around contact pressure.
        raise Blocked(gettext("An answer needs the message that it answers. Open the conversation and answer there."))


def _check_words(
    row: Outgoing, to: Activity | None, connection: Connection | None, files: Sequence[Any], *, at: datetime
) -> None:
    if not row.text and not files:
        raise Blocked(gettext("There is nothing to send yet. Write the answer first."))
    if to is not None and to.act == "message" and row.deed == Deed.REPLY:
        raise Blocked(gettext("They wrote to us in private: answer in private."))
    if to is not None:
        _check_new(row)
        answer = queries.known(row.brand, to, at=at)
        if answer.closes_at is not None and answer.closes_at <= at:
            raise Blocked(answer.reason)
    if connection is not None:
        _check_length(row.text, connection.limits)
        _check_files(files, connection.limits)


def _check_new(row: Outgoing) -> None:
    """The same words twice under one message are a slip; a network that is asked for them could not tell them apart."""
    same = Outgoing.objects.of(row.brand_id).filter(account=row.account, to=row.to, deed=row.deed, text=row.text)
    if same.exclude(pk=row.pk).exclude(state__in=[Sending.WITHDRAWN, Sending.FAILED]).exists():
        raise Blocked(gettext("These very words answer this message already. Say something else, or nothing."))


def _check_length(text: str, limits: dict[str, Any]) -> None:
    most, unit = int(limits.get("length") or 0), str(limits.get("unit") or "characters")
    long = queries.measured(text, unit)
    if most and long > most:
        raise Blocked(
            ngettext(
                "The network takes %(most)s characters and this has %(long)s: take away %(over)s.",
                "The network takes %(most)s characters and this has %(long)s: take away %(over)s.",
                long - most,
            )
            % {"most": number(most), "long": number(long), "over": number(long - most)}
        )


def _check_files(files: Sequence[Any], limits: dict[str, Any]) -> None:
    most, heaviest = int(limits.get("attachments") or 0), int(limits.get("attachment_bytes") or 0)
    if files and len(files) > most:
        raise Blocked(
            ngettext(
                "The network takes %(most)s file with an answer, and here are %(here)s: take some away.",
                "The network takes %(most)s files with an answer, and here are %(here)s: take some away.",
                most,
            )
            % {"most": number(most), "here": number(len(files))}
        )
    heavy = [one.name for one in files if heaviest and len(one.content) > heaviest]
    if heavy:
        raise Blocked(
            gettext("%(name)s is larger than the %(most)s kB that the network takes: send a smaller one.")
            % {"name": heavy[0], "most": number(heaviest // 1000)}
        )


def _check_pressure(row: Outgoing, receiver: Account | None, *, at: datetime) -> None:
    if receiver is None or receiver.person_id is None:
        raise Blocked(
            gettext("This account belongs to a brand, not to one of the public: only people are contacted first.")
        )
    # Two members at the same moment: the second one sees the first one's row.
    lock(f"outbox.person.{receiver.person_id}", row.brand_id)
    room = queries.pressure_on(row.brand, [receiver.person_id], at=at, purpose=row.purpose, answers=row.to, but=row.pk)[
        receiver.person_id
    ]
    if not room.allowed:
        raise Blocked(room.reason, next_at=room.next_at)
