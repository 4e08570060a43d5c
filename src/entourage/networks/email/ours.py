"""What we said ourselves: what stands in the sent folder. Anybody can write our address behind ``From``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from entourage.networks.email import headers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from email.message import Message

    from entourage.networks.activity import Account
    from entourage.networks.email.mailbox import Mailbox, Row

# A mail program sends first and files its copy afterwards: with large files over a slow line that takes minutes.
FILED = timedelta(minutes=5)


class Ours:
    """Which mails of the folder that is read are told by the sent folder instead.

    ``sent`` names the sent folder, if there is one apart from the folder that is read; else it is empty. ``beside`` are
    the addresses of our other mailboxes: what they sent to others is told by their own sent folders.
    """

    def __init__(
        self, box: Mailbox, *, own: Account, beside: frozenset[str], folder: str, sent: Callable[[], str]
    ) -> None:
        self._box, self._own, self._beside, self._folder, self._sent = box, own, beside, folder, sent

    def told_there(self, heads: Mapping[int, Message]) -> set[int]:
        """Copies of what we sent, among these mails of the open folder; whatever words they bear meanwhile."""
        theirs = {uid for uid, head in heads.items() if headers.sender(head) in self._beside and not self._to_us(head)}
        named = {uid: _id(head) for uid, head in heads.items() if headers.sender(head) == self._own.id}
        if not any(named.values()) or not (sent := self._sent()):
            return theirs
        self._box.open(sent)
        there = self._box.bearing(sorted(filter(None, set(named.values()))))
        self._box.open(self._folder)
        kept = {_id(head) for head in there.values() if not self._to_us(head)} - {""}
        return theirs | {uid for uid, name in named.items() if name in kept}

    def undecided(self, rows: Sequence[Row]) -> set[int]:
        """Mails in our name to others that came just now: their copy may yet be put into the sent folder."""
        now = datetime.now(UTC)
        fresh = [row.uid for row in rows if now - FILED < row.received < now + FILED]
        heads = self._box.heads(fresh) if fresh else {}
        doubtful = {
            uid: head for uid, head in heads.items() if headers.doubtful(head, own=self._own, beside=self._beside)
        }
        return set(doubtful) - self.told_there(doubtful)

    def _to_us(self, head: Message) -> bool:
        return headers.to_us_alone(head, own=self._own, beside=self._beside)


def _id(head: Message) -> str:
    return next(iter(headers.ids(headers.raw(head, "message-id"))), "")
