"""Reading ahead: while PostgreSQL takes in one batch, a thread reads and prepares the next."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Made = TypeVar("Made")

WAITING = 1  # batches made and not yet taken: more would only hold memory
SWITCH_S = 0.0005  # a tenth of the usual: each piece of a COPY waits for the reading thread to let go
LOOK_S = 0.1  # how soon the thread notices that nobody wants more


class _End:
    """What the thread says last, with what went wrong if anything did."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterable[Item], make: Callable[[Item], Made]) -> Iterator[Made]:
    """``make(item)`` for each item, one step ahead of whoever takes them; what the thread raises is raised here."""
    queue: Queue[Made | _End] = Queue(maxsize=WAITING)
    unwanted = Event()
    thread = Thread(target=_fill, args=(queue, unwanted, items, make), name="reads ahead", daemon=True)
    thread.start()
    try:
        with _quick_turns():
            while not isinstance(made := queue.get(), _End):
                yield made
        if made.error is not None:
            raise made.error
    finally:
        unwanted.set()
        _empty(queue)
        thread.join()


@contextmanager
def _quick_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _fill(queue: Queue[Made | _End], unwanted: Event, items: Iterable[Item], make: Callable[[Item], Made]) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            if not _put(queue, make(item), unwanted):
                return
    except BaseException as problem:  # noqa: BLE001 - raised again in the thread that waits for it
        error = problem
    _put(queue, _End(error), unwanted)


def _put(queue: Queue[Made | _End], made: Made | _End, unwanted: Event) -> bool:
    while not unwanted.is_set():
        try:
            queue.put(made, timeout=LOOK_S)
        except Full:
            continue
        return True
    return False


def _empty(queue: Queue[Made | _End]) -> None:
    try:
        while True:
            queue.get_nowait()
    except Empty:
        return
