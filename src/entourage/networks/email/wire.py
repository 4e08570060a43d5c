"""The line to a mail server: sockets and TLS, an IMAP client that can wait (RFC 2177), and what their failures mean."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from entourage.networks.base import Broken, shown
from entourage.networks.live import Retry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.email.access import Door

TIMEOUT = 30.0  # seconds that a server may be silent
MOST_LINE = 1 << 20  # bytes of one line of a server
MOST_LITERAL = 16 << 20  # bytes; we ask for pieces of 256 KB, so a larger one is no answer to us
SOON = timedelta(seconds=30)
LATER = timedelta(minutes=5)
_PIECE = 1 << 16


class Wire(imaplib.IMAP4):
    """An IMAP client over its own buffer, so that a wait that times out loses nothing of what arrived meanwhile."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._buffer = bytearray()
        super().__init__(door.host, door.port, TIMEOUT)
        if door.security == "starttls":
            self.starttls(ssl.create_default_context())
            # What came before the encryption was written by anybody.
            self._buffer.clear()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:  # noqa: ARG002
        self.host, self.port = self._door.host, self._door.port
        plain = socket.create_connection((self.host, self.port), TIMEOUT)
        tls = self._door.security == "tls"
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if tls else plain
        self.file = self.sock.makefile("rb")

    def read(self, size: int) -> bytes:
        if size > MOST_LITERAL:
            raise self.abort("more was sent than was asked for")
        while len(self._buffer) < size:
            self._more()
        return self._take(size)

    def readline(self) -> bytes:
        seen = 0
        while (end := self._buffer.find(b"\n", seen)) < 0:
            seen = len(self._buffer)
            if seen > MOST_LINE:
                raise self.abort("a line without an end")
            self._more()
        return self._take(end + 1)

    def wait(self, seconds: float) -> bool:
        """Wait for the folder to grow, at most so long; true if the server says that it did."""
        self.send(b"IDLE1 IDLE\r\n")
        line = self._said()
        grew = False
        while not line.startswith(b"+"):
            grew = grew or self._grows(line)
            line = self._said()
        try:
            ends = time.monotonic() + seconds
            while not grew and (left := ends - time.monotonic()) > 0:
                self.sock.settimeout(left)
                grew = self._grows(self._said())
        except TimeoutError:
            pass
        finally:
            self.sock.settimeout(TIMEOUT)
        self.send(b"DONE\r\n")
        while not (line := self._said()).startswith(b"IDLE1 "):
            grew = grew or self._grows(line)
        return grew

    def _said(self) -> bytes:
        line = self.readline()
        if line.startswith((b"* BYE", b"IDLE1 NO", b"IDLE1 BAD")):
            raise self.abort(shown(line.decode("ascii", "replace").strip()))
        return line

    @staticmethod
    def _grows(line: bytes) -> bool:
        return line.startswith(b"* ") and line.rstrip().upper().endswith(b" EXISTS")

    def _more(self) -> None:
        piece = self.sock.recv(_PIECE)
        if not piece:
            raise self.abort("the line was cut")
        self._buffer += piece

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


@contextmanager
def spoken(door: Door) -> Iterator[None]:
    """What goes wrong on the line, in the words of the contract."""
    try:
        yield
    except ssl.SSLCertVerificationError as wrong:
        cure = "Write the server's name as in its certificate, or have the certificate mended."
        raise Broken(f"The certificate of {door.host} is not good: {shown(wrong.verify_message)}. {cure}") from None
    except ssl.SSLError:
        cure = "Choose the other kind of security (tls or starttls), or the port that belongs to it."
        raise Broken(f"{door.host} does not speak TLS on port {door.port}. {cure}") from None
    except socket.gaierror:
        raise Retry(f"There is no answer to the name {door.host}. Check it if it lasts.", after=LATER) from None
    except (OSError, EOFError, imaplib.IMAP4.abort, smtplib.SMTPServerDisconnected):
        raise Retry(f"{door.host} did not answer or cut the line.", after=SOON) from None
    except ValueError:
        raise Retry(f"{door.host} said what no mail server says.", after=LATER) from None
    except (imaplib.IMAP4.error, smtplib.SMTPException) as refused:
        raise Retry(f"{door.host} did not do what it was asked: {shown(str(refused))}.", after=LATER) from None
