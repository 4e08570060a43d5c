"""Reading ahead: while PostgreSQL takes in one batch, a thread makes or fetches the next."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Made = TypeVar("Made")

WAITING = 1  # batches made and not yet taken: more would only hold memory
SWITCH_S = 0.0005  # a tenth of the usual: each piece of a COPY waits for the reading thread to let go
_turns = Lock()
_found: list[float] = []  # what each import that reads ahead now found set; the first of them found the usual
LOOK_S = 0.1  # how soon the thread notices that nobody wants more


class _End:
    """What the thread says last, with what went wrong if anything did."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterator[Made]) -> Iterator[Made]:
    """The items, one step ahead of whoever takes them; what the thread raises is raised here.

    Where nobody takes them any more, the thread closes ``items`` if they can be closed, and ends.
    """
    queue: Queue[Made | _End] = Queue(maxsize=WAITING)
    unwanted = Event()
    thread = Thread(target=_fill, args=(queue, unwanted, items), name="reads ahead", daemon=True)
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
    """Quicker turns for the whole process, until the last import in it has ended."""
    with _turns:
        _found.append(sys.getswitchinterval())
        sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        with _turns:
            usual, _ = _found[0], _found.pop()
            if not _found:
                sys.setswitchinterval(usual)


def _fill(queue: Queue[Made | _End], unwanted: Event, items: Iterator[Made]) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            if not _put(queue, item, unwanted):
                break
        if isinstance(items, Generator):
            items.close()
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
