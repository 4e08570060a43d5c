"""Standard output, whoever reads it: a terminal of few letters, a pipe that is closed, a full disk."""

from __future__ import annotations

import io
import os
import sys

from entourage.house import HouseError


def put(answer: str | bytes) -> bool:
    """Write to standard output at once; whether anybody still listens. Who reads us may stop, which is no failure.

    Raises
    ------
    HouseError: it takes no more, such as a file on a full disk.
    """
    try:
        if isinstance(answer, str):
            sys.stdout.write(answer)
        else:
            sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return False
    except OSError as error:
        _silence()
        raise HouseError(
            f"Standard output must take the answer. It does not: {error.strerror}. Make room, or send it elsewhere."
        ) from error
    return True


def _silence() -> None:
    """Let what standard output still holds go nowhere: Python would complain once more when it closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def streams_ready() -> None:
    """Have standard output and error take any text, also where they were closed, or where the terminal lacks letters.

    Closed, they would lend their numbers to the next files opened, which then took what was meant for them.
    """
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _nowhere() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")
