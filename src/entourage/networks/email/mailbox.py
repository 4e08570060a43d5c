"""A mailbox over IMAP (RFC 3501): folders, mails by their number, pieces of bounded size."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import msgspec

from entourage.networks.base import Broken, NetworkError, shown
from entourage.networks.email import headers
from entourage.networks.email.naming import folder_name, quoted, read_name
from entourage.networks.email.wire import LATER, SOON, Wire, spoken
from entourage.networks.live import Reconnect, Retry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from email.message import Message

    from entourage.networks.email.access import Access

PIECE = 256 << 10  # bytes of one mail that are read: its headers and its words
LARGE_PIECE = 4 << 20  # bytes of a mail that is read whole
HEAD = 64 << 10  # bytes of headers
NAMES = 20  # ids in one question: servers take lines of at least 8,000 bytes
_ROW = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]{1,40})"')
_LISTED = re.compile(rb'\(([^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (.*)')
# What a server says when it is the server's own trouble (RFC 5530); the keys are good all the same.
_PASSING = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\b", re.IGNORECASE)


class Folder(msgspec.Struct, frozen=True):
    """A folder as it was opened: which numbering, how many mails, and the next number that will be given."""

    validity: int
    count: int
    next: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as its folder lists it."""

    uid: int
    size: int
    received: datetime
    draft: bool
    deleted: bool


class Mailbox:
    """A mailbox, connected when it is first asked and again after the line was cut."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._wire: Wire | None = None

    def open(self, folder: str, *, write: bool = False) -> Folder:
        """Open a folder; ``Reconnect`` with the list of folders if it is not there."""
        wire = self._connected()
        with self._speaking():
            kind, data = wire.select(folder_name(folder), readonly=not write)
        if kind != "OK":
            self._refused(folder, data)
        with self._speaking():
            return Folder(*(self._told(wire, key) for key in ("UIDVALIDITY", "EXISTS", "UIDNEXT")))

    def number(self, place: int) -> int:
        """The UID of the mail at a place, counted from 1, in the open folder."""
        for told in self._asked("FETCH", str(place), "(UID)"):
            if isinstance(told, bytes) and (found := _ROW.search(told)):
                return int(found[1])
        raise Retry("The mailbox changed while it was read.", after=SOON)

    def first_after(self, uid: int, count: int) -> int:
        """The place of the first mail numbered above ``uid``; ``count + 1`` if there is none. Log2(count) questions."""
        if not count or self.number(count) <= uid:
            return count + 1
        low, high = 1, count
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.number(middle) <= uid else (low, middle)
        return low

    def rows(self, first: int, last: int) -> list[Row]:
        """The mails from one place to another, in the order of their numbers."""
        told = self._asked("FETCH", f"{first}:{last}", "(UID RFC822.SIZE FLAGS INTERNALDATE)")
        return sorted(filter(None, map(_row, told)), key=lambda row: row.uid)

    def listed(self, uids: Iterable[int]) -> list[Row]:
        """The same for mails by their numbers."""
        named = ",".join(map(str, uids))
        told = self._asked("UID", "FETCH", named, "(UID RFC822.SIZE FLAGS INTERNALDATE)") if named else []
        return sorted(filter(None, map(_row, told)), key=lambda row: row.uid)

    def content(self, uids: Iterable[int], *, part: str = "", begin: int = 0, most: int = PIECE) -> dict[int, bytes]:
        """Of these mails at most ``most`` bytes each, from ``begin`` on; those that are gone are left out."""
        named = ",".join(map(str, uids))
        told = self._asked("UID", "FETCH", named, f"(UID BODY.PEEK[{part}]<{begin}.{most}>)") if named else []
        found: dict[int, bytes] = {}
        for at, piece in enumerate(told):
            if not isinstance(piece, tuple):
                continue
            after = told[at + 1] if at + 1 < len(told) and isinstance(told[at + 1], bytes) else b""
            if number := _ROW.search(piece[0]) or _ROW.search(after):
                found[int(number[1])] = piece[1]
        return found

    def whole(self, uid: int, *, size: int) -> bytes:
        """A mail from its beginning to its end, in pieces; less if it is gone meanwhile."""
        read = bytearray()
        while len(read) < size:
            piece = self.content([uid], begin=len(read), most=LARGE_PIECE).get(uid, b"")
            if not piece:
                break
            read += piece
        return bytes(read)

    def heads(self, uids: Iterable[int]) -> dict[int, Message]:
        """The headers of these mails."""
        pieces = self.content(uids, part="HEADER", most=HEAD)
        return {uid: headers.only(piece) for uid, piece in pieces.items()}

    def search(self, *criteria: str) -> list[int]:
        """The numbers of the mails that match (RFC 3501, 6.4.4)."""
        told = self._asked("UID", "SEARCH", *criteria)
        return sorted(int(word) for line in told if isinstance(line, bytes) for word in line.split() if word.isdigit())

    def named(self, message_id: str) -> dict[int, Message]:
        """The mails of the open folder that bear exactly this id; servers look for a part of it."""
        if message_id.endswith("@id.invalid"):
            return {}
        heads = self.heads(self.search("HEADER", "Message-ID", quoted(message_id)))
        return {uid: head for uid, head in heads.items() if message_id in headers.ids(headers.raw(head, "message-id"))}

    def bearing(self, message_ids: Sequence[str], *, uids: str = "1:*") -> dict[int, Message]:
        """The mails of the open folder that bear any of these ids, or one that has such an id within it."""
        found: dict[int, Message] = {}
        for at in range(0, len(message_ids), NAMES):
            some = message_ids[at : at + NAMES]
            asked = [word for one in some for word in ("HEADER", "Message-ID", quoted(one))]
            found |= self.heads(self.search("UID", uids, *["OR"] * (len(some) - 1), *asked))
        return found

    def wait(self, seconds: float) -> bool:
        """Wait for new mail in the open folder, at most so long; asks only at the end where the server cannot tell."""
        wire = self._connected()
        # What was told in passing, since the folder was opened, is not told again.
        if wire.response("EXISTS")[1] != [None]:
            return True
        with self._speaking():
            return wire.wait(seconds)

    @property
    def tells(self) -> bool:
        """Whether the server tells of new mail by itself."""
        return "IDLE" in self._connected().capabilities

    def append(self, folder: str, mail: bytes, *, flags: str) -> None:
        """Put a mail into a folder, which is made if it is not there."""
        wire = self._connected()
        with self._speaking():
            kind, data = wire.append(folder_name(folder), flags, "", mail)
            if kind != "OK" and b"TRYCREATE" in b"".join(filter(None, data)).upper():
                wire.create(folder_name(folder))
                kind, data = wire.append(folder_name(folder), flags, "", mail)
        if kind != "OK":
            raise Retry(f"The mailbox does not keep the answer: {_words(data)}.", after=LATER)

    def remove(self, uid: int) -> None:
        """Take a mail out of the open folder; marked as deleted where the server cannot take out one alone."""
        self._asked("UID", "STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._connected().capabilities:
            self._asked("UID", "EXPUNGE", str(uid))

    def sent_folder(self) -> str:
        """Where sent mail is kept: as it was set, as the server says (RFC 6154), else ``Sent``."""
        if self._access.sent:
            return self._access.sent
        folders = self._folders()
        marked = [name for flags, name in folders if r"\sent" in flags.lower().split()]
        usual = [name for _, name in folders if name.rpartition(".")[2].rpartition("/")[2].lower() == "sent"]
        return next(iter(marked + usual), "Sent")

    def has(self, folder: str) -> bool:
        """Whether there is such a folder."""
        wire = self._connected()
        with self._speaking():
            _, told = wire.list('""', folder_name(folder))
        return any(told or ())

    def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            with suppress(OSError, wire.error):
                wire.shutdown()

    def _connected(self) -> Wire:
        if self._wire is None:
            with spoken(self._access.imap):
                wire = Wire(self._access.imap)
            self._wire = wire
            with self._speaking():
                self._login(wire)
        return self._wire

    def _login(self, wire: Wire) -> None:
        user, password = self._access.user, self._access.password
        try:
            if "AUTH=PLAIN" in wire.capabilities:
                wire.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
            elif "LOGINDISABLED" in wire.capabilities:
                raise Broken(f"{self._access.imap.host} asks for encryption before a password. Choose tls or starttls.")
            else:
                wire.login(user, password)
            # Many servers tell what they can only now.
            kind, told = wire.capability()
        except wire.abort:
            raise
        except (wire.error, UnicodeEncodeError) as refused:
            if _PASSING.search(str(refused)):
                raise Retry(f"{self._access.imap.host} takes nobody in right now.", after=LATER) from None
            cure = "Make a new password or app password, and connect again."
            raise Reconnect(f"{self._access.imap.host} does not accept the user or the password. {cure}") from None
        if kind == "OK" and told and told[-1]:
            wire.capabilities = tuple(told[-1].decode("ascii", "replace").upper().split())

    def _asked(self, command: str, *words: str) -> list[Any]:
        """What the server answers to a command; ``Retry`` where it says no."""
        wire = self._connected()
        with self._speaking():
            kind, told = wire.uid(*words) if command == "UID" else wire.fetch(*words)
        if kind != "OK":
            raise Retry(f"The mail server said no: {_words(told)}.", after=LATER)
        return [one for one in told if one is not None]

    def _folders(self) -> list[tuple[str, str]]:
        wire = self._connected()
        with self._speaking():
            _, told = wire.list('""', '"*"')
        found = []
        for one in told or []:
            line = b"".join(one) if isinstance(one, tuple) else one or b""
            if listed := _LISTED.match(re.sub(rb"\{\d+\}", b"", line)):
                flags, name = listed[1].decode("ascii", "replace"), listed[2].strip().decode("utf-8", "replace")
                found.append((flags, read_name(name)))
        return found

    def _refused(self, folder: str, data: list[Any]) -> None:
        if _PASSING.search(_words(data)):
            raise Retry(f"The folder {shown(folder)!r} cannot be opened right now.", after=LATER)
        names = ", ".join(name for _, name in self._folders()[:20])
        raise Reconnect(f"There is no folder {shown(folder)!r} in this mailbox. Connect again with one of: {names}.")

    def _told(self, wire: Wire, key: str) -> int:
        _, data = wire.response(key)
        return int(data[-1]) if data and data[-1] else 0

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """A stretch of talk; a line on which something went wrong is not used again."""
        try:
            with spoken(self._access.imap):
                yield
        except NetworkError:
            self.close()
            raise


def _row(told: Any) -> Row | None:
    if not isinstance(told, bytes) or not (uid := _ROW.search(told)) or not (size := _SIZE.search(told)):
        return None
    flags = found[1].lower() if (found := _FLAGS.search(told)) else b""
    when = found[1].decode("ascii", "replace").strip() if (found := _DATE.search(told)) else ""
    try:
        received = parsedate_to_datetime(when).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        received = datetime.now(UTC)
    return Row(
        uid=int(uid[1]), size=int(size[1]), received=received, draft=rb"\draft" in flags, deleted=rb"\deleted" in flags
    )


def _words(data: list[Any]) -> str:
    return shown(b" ".join(one for one in data or [] if isinstance(one, bytes)).decode("utf-8", "replace")).rstrip(".")
