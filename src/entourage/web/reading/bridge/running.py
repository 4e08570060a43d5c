"""Reading a brand's messages: streamed, a batch a transaction, so that a run killed anywhere only leaves less to do."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from entourage.web.core.jobs import defer_once
from entourage.web.core.locks import alone
from entourage.web.listen.queries import horizon_end
from entourage.web.reading.bridge.readers import reader_of
from entourage.web.reading.bridge.store import keep, show
from entourage.web.reading.bridge.teaching import up_to_date
from entourage.web.reading.bridge.waiting import read_by_another, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from entourage.engine.text.reading import Reader, Reading
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.waiting import Message, Waiting

#: How far back messages are read again with what the reader has learned: what the audit looks at.
RECENT = timedelta(weeks=13)
#: Messages read again in one turn of the worker: some seconds.
TURN = 20_000


def read_new(
    brand: Brand,
    *,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Read every message of the public that has not been read; how many were.

    Newest first, in batches that are stored as they are read: killed anywhere and run again, the rows are the same. A
    second run of the same brand waits for the first.

    Parameters
    ----------
    now : the moment of the run; where words that the reader learned from have gone since, it is taught anew first
    since, until : read only messages of this span, such as an import brought; all where they are not given
    progress : called with the messages read and the messages to read
    """
    with alone("reading.read", brand.pk):
        up_to_date(brand, now=now)
        with unread(brand, since=since, until=until) as waiting:
            kept = _read(brand, waiting, progress or _unseen) if waiting.total else 0
    if kept:
        # Search, topics and what the public teaches follow.
        defer_once("reading.index", brand_id=brand.pk)
    return kept


def read_again(brand: Brand, *, now: datetime, most: int = TURN) -> int:
    """Read the newest messages of the last quarter again that another reader read; how many were, none at the end."""
    # As of the brand's last act, like all that is asked of it: a file of last year is read again, too.
    since = horizon_end(brand, now=now) - RECENT
    with alone("reading.read", brand.pk):
        reader = reader_of(brand)
        with read_by_another(brand, reader=reader.id, since=since, most=most) as waiting:
            return _read(brand, waiting, _unseen, reader=reader) if waiting.total else 0


def _read(brand: Brand, waiting: Waiting, progress: Callable[[int, int], None], *, reader: Reader | None = None) -> int:
    reader = reader or reader_of(brand)
    done = kept = 0
    _tell(brand, progress, 0, waiting.total)
    for messages, readings in _ahead(reader, waiting):
        kept += keep(brand, messages, readings, reader=reader.id)
        done += len(messages)
        _tell(brand, progress, done, waiting.total)
    show(brand, done, None)
    return kept


def _ahead(reader: Reader, waiting: Waiting) -> Iterator[tuple[list[Message], list[Reading]]]:
    """Each batch with its readings; the next one is read while the database takes this one in."""
    with ThreadPoolExecutor(1) as thread:
        before: tuple[list[Message], Future[list[Reading]]] | None = None
        for messages in waiting.batches():
            begun = thread.submit(reader.read, [message.text for message in messages])
            if before:
                yield before[0], before[1].result()
            before = messages, begun
        if before:
            yield before[0], before[1].result()


def _tell(brand: Brand, progress: Callable[[int, int], None], done: int, total: int) -> None:
    show(brand, done, total)
    progress(done, total)


def _unseen(_done: int, _total: int) -> None: ...
