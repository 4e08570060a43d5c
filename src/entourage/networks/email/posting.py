"""An answer handed over by SMTP (RFC 5321), knowing at each step whether it may have been taken."""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from entourage.networks.base import NetworkError, shown
from entourage.networks.email.wire import LATER, TIMEOUT, spoken
from entourage.networks.live import Reconnect, Refused, Retry, Uncertain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from entourage.networks.email.access import Access

# The last reply may take a server long (RFC 5321, 4.5.3.2.6 says ten minutes); two are what a person waits.
LAST_REPLY = 120.0
UNSURE = timedelta(minutes=2)
_AHEAD, _GO, _KEYS = 400, 354, {530, 534, 535, 538}
_DOT = re.compile(rb"(?m)^\.")


def hand_over(access: Access, mail: bytes, *, to: Sequence[str], begun: Callable[[], None]) -> None:
    """Give a mail to the server for these addresses; when this returns, the server has it.

    ``begun`` is called once the server has agreed to everything but the mail itself: the last moment at which nothing
    has left.

    Raises
    ------
    Retry, Reconnect, Refused : the server does not have it. Uncertain : it may.
    """
    with _posting(access) as line:
        _fits(line, mail)
        _taken(line.mail(access.own.id), "the sender")
        _taken(line.rcpt(to[0]), shown(to[0]))
        for address in to[1:]:
            line.rcpt(address)  # a proof that is not taken is no reason to keep an answer back
        _given(line, mail, begun)


def can_post(access: Access) -> None:
    """Raise what :func:`hand_over` would raise before it sends anything."""
    with _posting(access) as line:
        line.noop()


@contextmanager
def _posting(access: Access) -> Iterator[smtplib.SMTP]:
    """A line to the server, greeted, encrypted and logged in; hung up afterwards whatever happened."""
    door = access.smtp
    if door is None:
        raise Refused("This mailbox is only read: it was connected without an SMTP server. Connect it with one.")
    with spoken(door):
        context = ssl.create_default_context()
        # The name that is said to the server: ours, not this machine's.
        host, port, name = door.host, door.port, access.domain if access.domain.isascii() else "localhost"
        try:
            line = (
                smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT, context=context)
                if door.security == "tls"
                else smtplib.SMTP(host, port, name, timeout=TIMEOUT)
            )
        except smtplib.SMTPConnectError:
            raise Retry(f"{door.host} takes no mail right now.", after=LATER) from None
    try:
        with spoken(door):
            line.ehlo()
            if door.security == "starttls":
                line.starttls(context=context)
                line.ehlo()
            _login(line, access)
            yield line
    except NetworkError:
        line.close()
        raise
    with suppress(smtplib.SMTPException, OSError):
        line.quit()
    line.close()


def _login(line: smtplib.SMTP, access: Access) -> None:
    """Log in where the server asks for it; a relay on this machine may not."""
    if not line.has_extn("auth"):
        return
    methods = line.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in methods or "LOGIN" not in methods:
        told = base64.b64encode(f"\0{access.user}\0{access.password}".encode()).decode()
        _taken(line.docmd("AUTH", f"PLAIN {told}"), "the password")
        return
    code, words = line.docmd("AUTH", "LOGIN")
    for answer in (access.user, access.password):
        if code < _AHEAD:
            code, words = line.docmd(base64.b64encode(answer.encode()).decode())
    _taken((code, words), "the password")


def _fits(line: smtplib.SMTP, mail: bytes) -> None:
    told = line.esmtp_features.get("size", "")
    if told.isdigit() and 0 < int(told) < len(mail):
        most = int(told) / 2**20
        raise Refused(f"The server takes mails up to {most:.0f} MB; this is {len(mail) / 2**20:.0f} MB. Attach less.")


def _given(line: smtplib.SMTP, mail: bytes, begun: Callable[[], None]) -> None:
    """The mail itself. Until its last dot it is not the server's; from there on only the reply tells."""
    code, words = line.docmd("DATA")
    if code != _GO:
        _taken((max(code, _AHEAD), words), "the mail")
    begun()
    line.send(_DOT.sub(b"..", mail if mail.endswith(b"\r\n") else mail + b"\r\n"))
    try:
        if line.sock is not None:
            line.sock.settimeout(LAST_REPLY)
        line.send(b".\r\n")
        reply = line.getreply()
    except (OSError, smtplib.SMTPException):
        raise Uncertain("The line was cut while the answer was handed over.", after=UNSURE) from None
    _taken(reply, "the mail")


def _taken(reply: tuple[int, bytes], what: str) -> None:
    """Raise what a refusal means: 4xx later, the keys, or never (RFC 5321, 4.2.1)."""
    code, words = reply
    if 0 < code < _AHEAD:
        return
    told = shown(words.decode("utf-8", "replace")).rstrip(".")
    if code in _KEYS:
        cure = "Make a new password or app password, and connect again."
        raise Reconnect(f"The SMTP server does not accept the user or the password ({code}). {cure}")
    if code < 500:  # noqa: PLR2004 - RFC 5321: 4yz is transient, 5yz is final
        raise Retry(f"The server does not take {what} now ({code} {told}).", after=LATER)
    raise Refused(f"The server does not take {what} ({code} {told}). Check the address and what is attached.")
