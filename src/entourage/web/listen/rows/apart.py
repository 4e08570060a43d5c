"""Reading a file and making its rows in a process of its own, so that the importing one only hands them on.

``python -m entourage.web.listen.rows.apart`` is started by ``listen.bridge.apart``, never by hand. It is told its
errand on its standard input, whose end is the end of who asked, and answers on its standard output: a batch and its
rows each time, in the end `DONE` or the error that it met. It loads no Django: that alone would take it a second.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from threading import Thread
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from entourage.web.listen.rows.errand import Errand

DONE = "done"


def main() -> None:
    """Do the errand; leave without a word where nobody listens any more."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what anybody prints must not stand between the batches
    errand: Errand = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    Thread(target=_leave_with_the_other, daemon=True).start()
    try:
        _tell(out, _done(errand, out))
    except BrokenPipeError:
        os._exit(1)


def _done(errand: Errand, out: IO[bytes]) -> object:
    """What to say last: that all is done, or what went wrong."""
    try:
        for made in errand.batches(errand.opening.again()):
            _tell(out, made)
    except BrokenPipeError:
        raise
    except BaseException as error:  # noqa: BLE001 - raised again in the process that waits for it
        return _told(error)
    return DONE


def _tell(out: IO[bytes], said: object) -> None:
    pickle.dump(said, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


def _told(error: BaseException) -> BaseException:
    """The error as the other process can raise it, with the place where it happened here."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an error may refuse to travel in many ways
        return RuntimeError("".join(traceback.format_exception_only(error)).strip())
    return error


def _leave_with_the_other() -> None:
    """Wait for the end of who asked, however it comes: nothing more is said on this pipe.

    Read below Python's own files: one that is held by a thread cannot be closed at the end.
    """
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
