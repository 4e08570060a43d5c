"""Pages of a mailbox: from a number kept, bounded in mails and in bytes, our inbox first and then what we sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from entourage.networks.activity import Activity
from entourage.networks.email import headers
from entourage.networks.email.enclosed import WHOLE, may_enclose
from entourage.networks.email.mailbox import PIECE
from entourage.networks.email.naming import day_of
from entourage.networks.email.ours import Ours
from entourage.networks.email.translate import mail
from entourage.networks.email.twins import Twins
from entourage.networks.live import Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entourage.networks.activity import Account
    from entourage.networks.base import Found
    from entourage.networks.email.mailbox import Folder, Mailbox, Row

PAGE = 100  # mails
PAGE_BYTES = 4 << 20  # of a page's mails, each counted with the piece of it that is read
# Of an older mail the files stay in the mailbox: a first reading of ten years is not to copy it all.
FILES_FOR = timedelta(days=90)
FILES_BYTES = 16 << 20  # of a page's mails that are read whole for their files; a larger one has a page of its own
LISTED = 1_000  # mails looked at in one question when a stretch of time is looked for


class Place(msgspec.Struct, frozen=True):
    """How far a folder was read: its numbering, and the last number read."""

    validity: int = 0
    uid: int = 0


class Cursor(msgspec.Struct, frozen=True):
    """How far both folders were read."""

    inbox: Place = Place()
    sent: Place = Place()


def cursor_of(text: str) -> Cursor:
    """A cursor as it was kept; one that cannot be read starts anew, which does no harm."""
    try:
        return msgspec.json.decode(text, type=Cursor)
    except msgspec.MsgspecError:
        return Cursor()


def kept(cursor: Cursor) -> str:
    """The cursor as text."""
    return msgspec.json.encode(cursor).decode()


class Reader:
    """What is read of one folder: of the sent one, unless ``sent`` names it (empty: there is none apart)."""

    def __init__(
        self,
        box: Mailbox,
        *,
        folder: str,
        own: Account,
        beside: frozenset[str] = headers.ALONE,
        sent: Callable[[], str] | None = None,
    ) -> None:
        self._box, self._name, self._own, self._beside, self._outward = box, folder, own, beside, sent is None
        self._twins = Twins(box)
        self._ours = Ours(box, own=own, beside=beside, folder=folder, sent=sent) if sent else None

    def page(self, place: Place) -> tuple[tuple[Found, ...], Place, bool]:
        """The next mails, how far that is, and whether there are more."""
        folder = self._box.open(self._name)
        start = place if place.validity == folder.validity else Place(folder.validity)
        if folder.next and folder.next <= start.uid + 1:
            return (), start, False
        first = self._box.first_after(start.uid, folder.count)
        if first > folder.count:
            return (), Place(folder.validity, max(start.uid, folder.next - 1)), False
        rows = self._box.rows(first, min(folder.count, first + PAGE - 1))
        if not rows:
            raise Retry("The mailbox changed while it was read.", after=timedelta(seconds=5))
        page = _within(rows)
        more = len(page) < len(rows) or first + len(rows) <= folder.count
        undecided = self._undecided(page)
        if undecided:
            page, more = [row for row in page if row.uid < min(undecided)], False
        if not page:
            return (), start, False
        self._twins.reading_on(folder.validity, start.uid)
        found = self.translated(page, reading_on=True, files=True)
        self._twins.read_up_to(page[-1].uid)
        return found, Place(folder.validity, page[-1].uid), more

    def since(self, moment: datetime) -> Iterator[tuple[Found, ...]]:
        """All that the folder holds since then. A mail's own moment is never long after its arrival."""
        folder = self._box.open(self._name)
        # From the end down: what is thrown away meanwhile moves only places that were looked at already.
        for high in range(folder.count, 0, -LISTED):
            # Another folder may have been opened between two pieces of an iteration.
            if (count := self._box.open(self._name).count) == 0:
                return
            uids = self._box.search(f"{max(1, high - LISTED + 1)}:{min(high, count)}", "SINCE", day_of(moment))
            rows = self._box.listed(uids)
            while rows:
                page, rows = _within(rows), rows[len(_within(rows)) :]
                self._box.open(self._name)
                undecided = self._undecided(page)
                told = self.translated([row for row in page if row.uid not in undecided])
                yield tuple(one for one in told if not isinstance(one, Activity) or one.at >= moment)

    def translated(self, rows: list[Row], *, reading_on: bool = False, files: bool = False) -> tuple[Found, ...]:
        """What these mails of the open folder tell; drafts, what is thrown away and copies of ours tell nothing.

        With ``files`` large mails are read whole, for what comes with them; small ones always are.
        """
        rows = [row for row in rows if not row.draft and not row.deleted]
        content = self._box.content([row.uid for row in rows])
        twice = set() if self._outward else self._twins.among(content, reading_on=reading_on)
        elsewhere = self._told_elsewhere(content)
        found: list[Found] = []
        for row in rows:
            if row.uid in content and row.uid not in elsewhere:
                found += mail(
                    content[row.uid],
                    own=self._own,
                    received=row.received,
                    outward=self._outward,
                    size=row.size,
                    twice=row.uid in twice,
                    whole=self._whole(row, content[row.uid], files=files),
                    old=_old(row),
                    beside=self._beside,
                )
        return tuple(found)

    def _told_elsewhere(self, content: dict[int, bytes]) -> set[int]:
        """What the sent folder tells; and of that what went to ourselves alone, for the inbox tells it as it came."""
        heads = {uid: headers.only(begins) for uid, begins in content.items()}
        if self._ours is not None:
            return self._ours.told_there(heads)
        return {uid for uid, head in heads.items() if headers.to_us_alone(head, own=self._own, beside=self._beside)}

    def _undecided(self, rows: list[Row]) -> set[int]:
        return self._ours.undecided(rows) if self._ours is not None else set()

    def _whole(self, row: Row, begins: bytes, *, files: bool) -> bytes:
        """The whole mail where it is here or its files are wanted; a size that a server tells may be wrong."""
        if len(begins) < PIECE:
            return begins
        large = files and PIECE < row.size <= WHOLE and not _old(row) and may_enclose(begins)
        return self._box.whole(row.uid, size=row.size) if large else b""

    def newest(self, folder: Folder, above: int) -> tuple[tuple[Found, ...], int]:
        """The mails above a number, one page at most, and the highest number among them; undecided ones are left."""
        first = self._box.first_after(above, folder.count)
        rows = self._box.rows(first, min(folder.count, first + PAGE - 1)) if first <= folder.count else []
        page = _within(rows)
        undecided = self._undecided(page)
        ripe = [row for row in page if row.uid not in undecided]
        return self.translated(ripe, files=True), page[-1].uid if page else above


def _old(row: Row) -> bool:
    return row.received < datetime.now(UTC) - FILES_FOR


def _within(rows: list[Row]) -> list[Row]:
    """The first of these mails, as many as fit into a page; at least one."""
    size = whole = 0
    page: list[Row] = []
    for row in rows:
        size += min(row.size, PIECE)
        whole += min(row.size, PIECE) if _old(row) or row.size > WHOLE else row.size
        if page and (size > PAGE_BYTES or whole > FILES_BYTES):
            break
        page.append(row)
    return page
