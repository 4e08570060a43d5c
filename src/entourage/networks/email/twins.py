"""Different mails that bear one Message-ID, as some contact forms send them: the first keeps it, none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.networks.email import headers
from entourage.networks.email.translate import identity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import Message

    from entourage.networks.email.mailbox import Mailbox

FEW = 20  # mails; the whole folder is looked through for these, where more come its last stretch
STRETCH = 2_000  # mails
REMEMBERED = 200_000  # ids, some 40 MB; beyond that the server is asked again


class Twins:
    """What is known of the ids of one folder.

    Reading on from where reading stopped, earlier mails are remembered and the server is not asked: it would have to
    look through the whole folder at every page.
    """

    def __init__(self, box: Mailbox) -> None:
        self._box = box
        self._owners: dict[str, str] = {}
        self._validity, self._start, self._end = 0, 0, -1

    def reading_on(self, validity: int, above: int) -> None:
        """The next mails are those above a number: what is remembered holds if it ends there."""
        if (validity, above) != (self._validity, self._end) or len(self._owners) > REMEMBERED:
            self._owners = {}
            self._validity, self._start = validity, above
        self._end = above

    def read_up_to(self, uid: int) -> None:
        """The mails up to this number are remembered."""
        self._end = uid

    def among(self, content: dict[int, bytes], *, reading_on: bool) -> set[int]:
        """Which of these mails of the open folder bear the id of an earlier one that says something else."""
        heads = {uid: headers.only(content[uid]) for uid in sorted(content)}
        owners = self._owners if reading_on else {}
        below = self._start + 1 if reading_on else min(heads, default=0)
        for name, owner in self._earlier([identity(head) for head in heads.values()], below, known=owners).items():
            owners[name] = _likeness(owner)
        told = {uid: (identity(head), _likeness(head)) for uid, head in heads.items()}
        return {uid for uid, (name, likeness) in told.items() if owners.setdefault(name, likeness) != likeness}

    def _earlier(self, named: Iterable[str], below: int, *, known: dict[str, str]) -> dict[str, Message]:
        """The first mail below a number that bears each of these ids, where there is one and it is not known."""
        ids = [one for one in dict.fromkeys(named) if one not in known and not one.endswith("@id.invalid")]
        first = 1 if len(ids) <= FEW else max(1, below - STRETCH)
        found: dict[str, Message] = {}
        before = self._box.bearing(ids, uids=f"{first}:{below - 1}") if below > 1 else {}
        for _, head in sorted(before.items()):
            found.setdefault(identity(head), head)
        return found


def _likeness(head: Message) -> str:
    return headers.made_id(*headers.likeness(head))
