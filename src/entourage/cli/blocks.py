"""A stream of lines as blocks, and processes that turn each block into an answer, in order and in bounded memory."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, cycle
from multiprocessing import get_context
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Final

from entourage.cli.frame import Failed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from typing import Protocol

    class Source(Protocol):
        """Bytes that come when they are there: a file, a pipe."""

        def read1(self, size: int, /) -> bytes:
            """At most so many bytes, without waiting for more; none at the end."""


#: Turns one block into its answer. Made in the process that uses it.
Answers = Callable[[bytes], bytes]
#: Bytes asked of the source at once: some 1,500 messages.
BLOCK: Final = 192 * 1024
#: A line is cut here: the reader looks at its first 4,000 characters only, and memory stays flat.
LONGEST: Final = 64 * 1024
#: So many bytes are answered here before other processes are started: that takes longer than to read them.
HERE: Final = 256 * 1024
#: Blocks that a process may have waiting: it never waits for us, and nothing piles up.
WAITING: Final = 2
LOST: Final = (
    "The processes that read must stay while the command works. One went away, perhaps for lack of memory. "
    "Write the command again, with --processes 1 if it happens again."
)


def blocks(source: Source) -> Iterator[bytes]:
    """Whole lines, as many as come at once; a line that is too long is cut, and still ends with its line feed."""
    rest, cutting = b"", False
    while more := source.read1(BLOCK):
        if cutting:
            _, found, more = more.partition(b"\n")
            rest, cutting = rest + found, not found
        whole, feed, tail = (rest + more).rpartition(b"\n")
        rest = tail
        if len(rest) > LONGEST:
            rest, cutting = rest[:LONGEST], True
        if feed:
            yield _cut(whole + feed)
    if rest:
        yield _cut(rest)


def _cut(block: bytes) -> bytes:
    if len(block) <= LONGEST:
        return block
    return b"\n".join(line[:LONGEST] for line in block.split(b"\n"))


def answered(
    source: Source, make: Callable[[], Answers], *, processes: int, here: Answers | None = None
) -> Iterator[tuple[int, bytes]]:
    """For each block of lines (how many bytes it had, its answer), in order, as soon as it is there.

    A short input is answered by ``here`` (made anew if not given); for a long one as many processes as asked take
    turns, each with what it makes: ``make`` must be picklable.
    """
    left = blocks(source)
    answers, used = here or make(), 0
    for block in left:
        yield len(block), answers(block)
        used += len(block)
        if used >= HERE and processes > 1:
            break
    yield from _by_crew(left, make, processes)


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def _by_crew(left: Iterator[bytes], make: Callable[[], Answers], processes: int) -> Iterator[tuple[int, bytes]]:
    first = next(left, None)
    if first is None:
        return
    crew = [_hired(make) for _ in range(processes)]
    try:
        yield from _in_turns(first, left, [connection for connection, _ in crew])
    except (EOFError, ConnectionError) as error:
        raise Failed(LOST) from error
    finally:
        for connection, process in crew:
            connection.close()
            process.terminate()
            process.join()


def _in_turns(first: bytes, left: Iterator[bytes], crew: list[Connection]) -> Iterator[tuple[int, bytes]]:
    """The answers in order, each as soon as it is there: blocks are sent beside, while we wait for more of them too."""
    sent: Queue[tuple[int, Connection] | None] = Queue(WAITING * len(crew))
    failed: list[Exception] = []
    Thread(target=_feed, args=(chain([first], left), crew, sent, failed), daemon=True).start()
    while found := sent.get():
        size, one = found
        yield size, one.recv_bytes()
    if failed:
        raise failed[0]


def _feed(
    left: Iterator[bytes], crew: list[Connection], sent: Queue[tuple[int, Connection] | None], failed: list[Exception]
) -> None:
    """Send each block to whose turn it is, and tell that it was sent; what goes wrong is kept for who reads answers."""
    try:
        for block, one in zip(left, cycle(crew), strict=False):
            sent.put((len(block), one))
            one.send_bytes(block)
    except Exception as error:  # noqa: BLE001 - raised again in the thread that reads the answers
        failed.append(error)
    sent.put(None)


def _hired(make: Callable[[], Answers]) -> tuple[Connection, SpawnProcess]:
    """A process that answers; spawned, never forked: the parent may have threads and connections."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, make), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _serve(connection: Connection, make: Callable[[], Answers]) -> None:
    """Answer block after block until the other end is closed, as it is too when the parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    waiting: Queue[bytes | None] = Queue()
    Thread(target=_receive, args=(connection, waiting), daemon=True).start()
    answers = make()
    with suppress(OSError):
        while (block := waiting.get()) is not None:
            connection.send_bytes(answers(block))


def _receive(connection: Connection, waiting: Queue[bytes | None]) -> None:
    """Take what comes at once, so that the parent never waits to send while we wait for it to receive."""
    with suppress(EOFError, OSError):
        while True:
            waiting.put(connection.recv_bytes())
    waiting.put(None)
