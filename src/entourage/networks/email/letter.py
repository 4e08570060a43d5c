"""An answer as a mail: pure, from words and ids to bytes in which no header can be smuggled."""

from __future__ import annotations

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from entourage.networks.base import shown
from entourage.networks.email.headers import is_address
from entourage.networks.email.translate import OURS
from entourage.networks.live import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from entourage.networks.activity import Account, Attachment
    from entourage.networks.live import Answer

MOST_REFERENCES = 20  # the root and the last ones; RFC 5322 lets a header be cut like this
LONGEST_SUBJECT = 250
_KEY = re.compile(r"[A-Za-z0-9-]{1,64}")
_ID = re.compile(r"[!-;=?-~]{1,250}")
_RE = re.compile(r"\s*(?:re|aw|sv|antw|r[ée]p?|odp)\s*:", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_KIND = re.compile(r"([a-z]+)/([A-Za-z0-9.+-]{1,100})")
# Seven bits only, so that no server on the way needs to convert and break it.
_POLICY = SMTP.clone(cte_type="7bit")


def answer_id(key: str, *, domain: str) -> str:
    """The Message-ID of an answer: the same for the same key.

    Examples
    --------
    >>> answer_id("7d3c", domain="tea.example")
    'entourage.7d3c@tea.example'
    """
    safe = key if _KEY.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
    return f"{OURS}{safe}@{domain}"


def answer_subject(subject: str) -> str:
    r"""The subject of an answer to a mail with that subject, on one line.

    Examples
    --------
    >>> answer_subject("My pot\r\nBcc: eve@x"), answer_subject("AW: Mein Topf"), answer_subject("")
    ('Re: My pot Bcc: eve@x', 'AW: Mein Topf', 'Re:')
    """
    line = _line(subject)[:LONGEST_SUBJECT]
    return line if _RE.match(line) else f"Re: {line}".strip()


def references(context: str, before: Sequence[str], to: str) -> tuple[str, ...]:
    """The thread of an answer from its root to what it answers, each once, the middle left out where it is long."""
    known = dict.fromkeys(one for one in (context, *before) if one and one != to and _ID.fullmatch(one))
    whole = [*known, to] if _ID.fullmatch(to) else list(known)
    return tuple(whole if len(whole) <= MOST_REFERENCES else [whole[0], *whole[1 - MOST_REFERENCES :]])


def mailable(account: Account) -> str:
    """The address of an account as servers take it (a domain with accents as IDNA); ``Refused`` if it has none.

    Examples
    --------
    >>> from entourage.networks.activity import Account
    >>> mailable(Account(id="ann@café.example"))
    'ann@xn--caf-dma.example'
    """
    address = account.handle if account.handle.lower() == account.id else account.id
    local, _, domain = address.rpartition("@")
    try:
        known = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        known = ""
    if is_address(known) and known.isascii():
        return known
    raise Refused(f"There is nobody to answer at {shown(account.id)!r}: it is no address that mail can be sent to.")


def letter(answer: Answer, *, sender: Account, to: Account, subject: str, thread: Sequence[str], at: datetime) -> bytes:
    """The mail that leaves.

    ``thread`` are the ids of :func:`references`; its last one is what is answered. Nothing says that a machine wrote
    it, for a person did.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(sender)
    mail["To"] = _address(to)
    mail["Subject"] = answer_subject(subject)
    mail["Date"] = format_datetime(at)
    mail.set_content(_text(answer.text), cte="quoted-printable")
    if _LANGUAGE.fullmatch(answer.language):
        mail["Content-Language"] = answer.language
    for attachment in answer.attachments:
        _attach(mail, attachment)
    return _threading(answer, thread, domain=sender.id.rpartition("@")[2]) + mail.as_bytes()


def _threading(answer: Answer, thread: Sequence[str], *, domain: str) -> bytes:
    """The headers of ids, written by hand: the library folds a long id into an encoded word, which no program reads."""
    lines = [f"Message-ID: <{answer_id(answer.key, domain=domain)}>"]
    if thread:
        lines += [f"In-Reply-To: <{thread[-1]}>", "References: " + "\r\n ".join(f"<{one}>" for one in thread)]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _address(account: Account) -> Address:
    local, _, domain = mailable(account).rpartition("@")
    return Address(display_name=_line(account.name)[:100], username=local, domain=domain)


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    kind = _KIND.fullmatch(attachment.kind.lower())
    main, sub = (kind[1], kind[2]) if kind else ("application", "octet-stream")
    # The library wants other content for these two; what is enclosed is bytes, whatever it is called.
    main, sub = ("application", "octet-stream") if main in {"multipart", "message"} else (main, sub)
    name = _line(attachment.name)[:200] or "attachment"
    mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)
    if attachment.alt:
        list(mail.iter_attachments())[-1]["Content-Description"] = _line(attachment.alt)[:200]


def _line(text: str) -> str:
    """Text for a header. What looks like an encoded word is broken up: the library decodes line ends out of it."""
    return " ".join(shown(text, most=1_000).replace("=?", "= ?").encode("utf-8", "replace").decode().split())


def _text(text: str) -> str:
    kept = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c.isprintable() or c in "\n\t")
    return kept.encode("utf-8", "replace").decode().rstrip("\n") + "\n"
