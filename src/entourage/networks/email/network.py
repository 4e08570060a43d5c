"""A mailbox as a network: read by IMAP, told by IDLE, answered by SMTP once and no more.

SMTP cannot be asked what it has received. So an answer is first put into the sent folder as a draft, then handed over,
then kept as sent mail, and the draft goes: whatever is found after a crash says how far it came.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from entourage.networks.base import NetworkError
from entourage.networks.email import headers
from entourage.networks.email.access import access
from entourage.networks.email.declared import DECLARED
from entourage.networks.email.letter import answer_id, letter, mailable, references
from entourage.networks.email.mailbox import Mailbox
from entourage.networks.email.naming import day_of, quoted
from entourage.networks.email.posting import can_post, hand_over
from entourage.networks.email.reading import Reader, cursor_of, kept
from entourage.networks.email.wire import SOON
from entourage.networks.live import Can, Page, Receipt, Refused, Retry, Self, Uncertain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message

    from entourage.networks.base import Found
    from entourage.networks.live import Answer, Declared

RENEWED = 120.0  # seconds; RFC 2177 allows 29 minutes, but a dead line should be known sooner
ASKED = 15.0  # seconds between two looks where the server does not tell by itself
UNDECIDED = timedelta(minutes=15)


class Network:
    """One mailbox."""

    declared: ClassVar[Declared] = DECLARED

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._access = access(settings)
        self._box = Mailbox(self._access)
        self._sent = ""
        # Kept from page to page: it remembers what it read.
        self._inbox = self._reader(self._box)

    def check(self) -> Self:
        """Log in at both servers and open the folder."""
        self._box.open(self._access.folder)
        can = {Can.READ, Can.LISTEN, Can.HISTORY}
        if self._access.smtp is not None:
            can_post(self._access)
            can.add(Can.MESSAGE)
        return Self(account=self._access.own, can=frozenset(can))

    def read(self, cursor: str) -> Page:
        """The next mails of the inbox; once it is read to its end, those of the sent folder."""
        at = cursor_of(cursor)
        found, inbox, more = self._inbox.page(at.inbox)
        sent = at.sent
        if not more and (name := self._sent_apart(self._box)):
            told, sent, more = self._outbox(name).page(at.sent)
            found += told
        return Page(found=found, cursor=kept(type(at)(inbox=inbox, sent=sent)), more=more)

    def listen(self) -> Iterator[tuple[Found, ...]]:
        """New mail as it comes; where the server cannot tell, it is asked four times a minute."""
        box = Mailbox(self._access)
        try:
            folder = box.open(self._access.folder)
            reader = self._reader(box)
            last, validity = folder.next - 1, folder.validity
            yield ()
            while folder.validity == validity:
                told, seen = reader.newest(folder, last)
                yield told
                if seen == last:
                    _wait(box)
                last, folder = seen, box.open(self._access.folder)
        finally:
            box.close()

    def history(self, since: datetime) -> Iterator[tuple[Found, ...]]:
        """All that both folders hold since then."""
        yield from self._inbox.since(since)
        if name := self._sent_apart(self._box):
            yield from self._outbox(name).since(since)

    def send(self, answer: Answer) -> Receipt:
        """Answer a mail: a draft first, then the hand-over, then the sent mail."""
        if done := self.find(answer, since=datetime.now(UTC)):
            return done
        mail, to, at = self._written(answer)
        proof = [self._access.own.id] if self._access.copies else []
        try:
            hand_over(self._access, mail, to=[to, *proof], begun=lambda: self._begun(mail))
        except Uncertain:
            raise
        except NetworkError:
            # The server does not have it. Should the draft stay, too, a person decides: better than twice.
            with suppress(NetworkError):
                self._forget_draft(answer)
            raise
        return self._keep(answer, mail, at=at)

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:  # noqa: ARG002 - a mailbox forgets nothing
        """Whether the answer left; ``Uncertain`` where it was begun and nothing proves that it did."""
        ours = answer_id(answer.key, domain=self._access.domain)
        kept_there, drafts = self._copies(ours)
        if not kept_there and not drafts:
            return None
        if drafts and not kept_there:
            mail = self._draft(min(drafts))
            begun = _date(drafts[min(drafts)])
            if not self._proven(ours, since=begun):
                raise Uncertain(_UNDECIDED.format(host=self._access.imap.host), after=UNDECIDED)
            return self._keep(answer, mail, at=begun)
        for uid in drafts:
            self._box.remove(uid)
        return Receipt(id=ours, at=_date(kept_there[min(kept_there)]))

    def like(self, network_id: str) -> None:  # noqa: ARG002
        """E-mail has no likes: always refused."""
        raise Refused("E-mail has no likes. Write a word of thanks.")

    def hide(self, network_id: str) -> None:  # noqa: ARG002
        """Nobody else reads a mail: always refused."""
        raise Refused("E-mail is read by nobody else: there is nothing to hide.")

    def delete(self, network_id: str) -> None:  # noqa: ARG002
        """A mail that has left is not ours any more: always refused."""
        raise Refused("A mail that was sent cannot be taken back. Send another one.")

    def close(self) -> None:
        """Let go of the line."""
        self._box.close()

    def _reader(self, box: Mailbox) -> Reader:
        """Of the folder that is read, by a line of its own or by ours."""
        us = self._access
        return Reader(box, folder=us.folder, own=us.own, beside=us.beside, sent=lambda: self._sent_apart(box))

    def _outbox(self, name: str) -> Reader:
        return Reader(self._box, folder=name, own=self._access.own, beside=self._access.beside)

    def _sent_folder(self) -> str:
        self._sent = self._sent or self._box.sent_folder()
        return self._sent

    def _sent_apart(self, box: Mailbox) -> str:
        """The sent folder, if there is one apart from what is read; it is made with the first answer."""
        name = self._sent = self._sent or box.sent_folder()
        return name if name != self._access.folder and box.has(name) else ""

    def _copies(self, ours: str) -> tuple[dict[int, Message], dict[int, Message]]:
        """What the sent folder holds under this id: sent mails and drafts, by number."""
        if not self._box.has(self._sent_folder()):
            return {}, {}
        self._box.open(self._sent_folder(), write=True)
        named = self._box.named(ours)
        rows = {row.uid: row for row in self._box.listed(named) if not row.deleted}
        drafts = {uid: head for uid, head in named.items() if uid in rows and rows[uid].draft}
        return {uid: head for uid, head in named.items() if uid in rows and uid not in drafts}, drafts

    def _draft(self, uid: int) -> bytes:
        """A draft of the open folder, whole: with its files it is larger than what we take from a server at once."""
        for row in self._box.listed([uid]):
            return self._box.whole(uid, size=row.size)
        raise Retry("The draft of the answer has gone from the sent folder just now.", after=SOON)

    def _proven(self, ours: str, *, since: datetime) -> bool:
        """Whether the inbox shows that it left: its blind copy, or a mail that answers or returns it."""
        self._box.open(self._access.folder)
        if self._box.named(ours):
            return True
        return bool(self._box.search("SINCE", day_of(since), "TEXT", quoted(ours)))

    def _begun(self, mail: bytes) -> None:
        self._box.append(self._sent_folder(), mail, flags=r"(\Seen \Draft)")

    def _keep(self, answer: Answer, mail: bytes, *, at: datetime) -> Receipt:
        self._box.append(self._sent_folder(), mail, flags=r"(\Seen)")
        self._forget_draft(answer)
        return Receipt(id=answer_id(answer.key, domain=self._access.domain), at=at)

    def _forget_draft(self, answer: Answer) -> None:
        for uid in self._copies(answer_id(answer.key, domain=self._access.domain))[1]:
            self._box.remove(uid)

    def _written(self, answer: Answer) -> tuple[bytes, str, datetime]:
        """The mail, the address it goes to, and its moment."""
        asked = self._asked(answer.to)
        us = self._access
        to = answer.recipient or (headers.author(asked, own=us.own, beside=us.beside) if asked else None)
        if to is None or to.id.startswith(headers.AUTOMATIC) or (asked and headers.automatic(asked)):
            raise Refused("There is nobody to answer: a machine wrote this mail, or it is gone. Write to a person.")
        if to.id.startswith(headers.UNKNOWN):
            raise Refused("Nobody knows who wrote this mail: it came in our own name. Write to whom its words name.")
        if to.id == self._access.own.id:
            raise Refused("This would be a letter to ourselves. Choose the person to write to.")
        before = headers.ids(headers.raw(asked, "references")) if asked else []
        at = datetime.now(UTC).replace(microsecond=0)
        mail = letter(
            answer,
            sender=self._access.own,
            to=to,
            subject=answer.subject or (headers.head(asked, "subject") if asked else ""),
            thread=references(answer.context, before, answer.to),
            at=at,
        )
        return mail, mailable(to), at

    def _asked(self, message_id: str) -> Message | None:
        """The headers of the mail that is answered, while the mailbox has them."""
        self._box.open(self._access.folder)
        return next(iter(self._box.named(message_id).values()), None) if message_id else None


_UNDECIDED = (
    "The answer was being handed over when the line was cut, and nothing in the mailbox proves that it left. "
    "Look for it in the log of {host}: delete the draft in the sent folder to send it again, or file it as sent."
)


def _wait(box: Mailbox) -> None:
    if box.tells:
        box.wait(RENEWED)
    else:
        time.sleep(ASKED)


def _date(mail: Message) -> datetime:
    return headers.moment(mail, received=datetime.now(UTC))
