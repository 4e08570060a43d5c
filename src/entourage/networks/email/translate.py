"""A mail into an activity: bytes of RFC 822 in, what they tell out, whatever the bytes are."""

from __future__ import annotations

import re
from email.parser import BytesParser
from email.policy import compat32
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity, Attachment
from entourage.networks.base import Aside, Found
from entourage.networks.email import headers
from entourage.networks.email.bodies import ODD, answered_by_report, words
from entourage.networks.email.enclosed import WHOLE, enclosed, left_there, may_enclose, without_content
from entourage.networks.email.quoting import newly_written
from entourage.networks.email.returned import returned

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import Message

NETWORK = "email"
LONGEST_TEXT = 100_000  # characters; a novel is no message
#: What stands before the domain in the id of a mail that left through here.
OURS = "entourage."
_SENT_ON = re.compile(r"\s*(?:fwd?|tr|wg|rv|i)\s*:", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}\b")


def parsed(raw: bytes) -> Message:
    """The mail's parts; its headers alone where the parts are nested beyond reason."""
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except ODD:
        return headers.only(raw)


def mail(
    raw: bytes,
    *,
    own: Account,
    received: datetime,
    outward: bool = False,
    size: int = 0,
    twice: bool = False,
    whole: bytes = b"",
    old: bool = False,
    beside: frozenset[str] = headers.ALONE,
) -> tuple[Found, ...]:
    """What a mail tells.

    Parameters
    ----------
    raw : the mail, or its beginning
    own : our account
    received : when it arrived (aware)
    outward : it stands in our sent folder, so it is ours whatever it says
    size : of the whole mail in bytes, where ``raw`` is only its beginning
    twice : another mail with other words bears the same id already; this one gets an id made from itself
    whole : the whole mail, where ``raw`` is only its beginning and its files are wanted, too
    old : of its files it is only told that they are there
    beside : the addresses of our other mailboxes
    """
    message = parsed(raw)
    sent_on = bool(_SENT_ON.match(subject := headers.head(message, "subject")))
    told = words(message)
    text = newly_written(told, forwarded=sent_on)[:LONGEST_TEXT] or subject
    actor = own if outward else headers.author(message, own=own, beside=beside)
    network_id = identity(message, twice=twice or _pretends(message, actor=actor, own=own))
    before = _before(message, network_id)
    activity = Activity(
        network=NETWORK,
        id=network_id,
        act=Act.MESSAGE,
        actor=actor,
        at=headers.moment(message, received=received),
        to=_to(message, own=own) if actor.id == own.id else (own,),
        in_reply_to=_answers(message, before),
        context=_root(message, before, network_id),
        text=text,
        language=_language(message),
        subject=subject,
        attachments=() if _needs_no_files(network_id, actor) else _files(message, raw, whole, size=size, old=old),
    )
    cut = size > len(raw) and not told
    aside = (Aside(message=_cut(activity, size)),) if cut else ()
    return (activity, *aside, *(() if outward else returned(message)))


def _files(message: Message, raw: bytes, whole: bytes, *, size: int, old: bool) -> tuple[Attachment, ...]:
    """What came with it. A mail of which only the beginning is there tells nothing of its files: they come later."""
    if not whole and len(raw) < size:
        return left_there(size) if (old or size > WHOLE) and may_enclose(raw) else ()
    found = enclosed(message if not whole or whole is raw else parsed(whole))
    return without_content(found) if old else found


def _needs_no_files(network_id: str, actor: Account) -> bool:
    """Whether nobody will look for the files: a machine wrote it, or it left through here, which keeps them."""
    return actor.id.startswith(headers.AUTOMATIC) or (actor.kind == "own" and network_id.startswith(OURS))


def identity(message: Message, *, twice: bool = False) -> str:
    """The id of a mail: its Message-ID, or one made from what it says where it has none that is its own."""
    found = headers.ids(headers.raw(message, "message-id"))
    if found and not twice:
        return found[0]
    return headers.made_id(*found[:1], *headers.likeness(message), words(message))


def _pretends(message: Message, *, actor: Account, own: Account) -> bool:
    """Whether a stranger's mail bears an id that only we give, or that of a letter of ours that is filed late."""
    if actor.id.startswith(headers.UNKNOWN) and not headers.to_us_alone(message, own=own):
        return True
    domain = own.id.rpartition("@")[2]
    found = headers.ids(headers.raw(message, "message-id"))
    ours = bool(found) and found[0].startswith(OURS) and found[0].lower().endswith(f"@{domain}")
    return ours and actor.id != own.id


def _before(message: Message, network_id: str) -> list[str]:
    """The thread's ids from its root on, without this mail's own."""
    return [one for one in headers.ids(headers.raw(message, "references")) if one != network_id]


def _answers(message: Message, before: list[str]) -> str:
    named = [one for one in headers.ids(headers.raw(message, "in-reply-to")) if one not in _own_ids(message)]
    if named:
        return named[0]
    if before:
        return before[-1]
    bounced = parsed(answered_by_report(message).encode("utf-8", "surrogateescape"))
    return next(iter(headers.ids(headers.raw(bounced, "message-id"))), "")


def _root(message: Message, before: list[str], network_id: str) -> str:
    """The thread's first id where it is told; an answer without references leaves it to the chain of answers."""
    if before:
        return before[0]
    return "" if _answers(message, before) else network_id


def _own_ids(message: Message) -> list[str]:
    return headers.ids(headers.raw(message, "message-id"))


def _to(message: Message, *, own: Account) -> tuple[Account, ...]:
    return tuple(one for one in headers.addresses(message, "to", "cc", "bcc") if one.id != own.id)


def _language(message: Message) -> str:
    found = _LANGUAGE.match(headers.head(message, "content-language"))
    return found[0].lower() if found else ""


def _cut(activity: Activity, size: int) -> str:
    who = activity.actor.handle or activity.actor.name or "nobody"
    return (
        f"A mail of {size / 2**20:.0f} MB from {who} has no words in its beginning: only its subject was taken. "
        "Read it in the mailbox."
    )
