"""Batches made ready by a process of its own: for a long file, on a second core."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.files.reading import Batch
    from entourage.web.listen.rows import Prepared
    from entourage.web.listen.rows.errand import Errand

# -P: a folder of the same name where we were started is not our module
COMMAND = (sys.executable, "-P", "-m", "entourage.web.listen.rows.apart")
ENDED = (
    "The process that reads the file must stay until its end. It ended early (code {code}), most likely because the "
    "machine ran out of memory. Close other programs and import the file again."
)


def apart(errand: Errand) -> Iterator[tuple[Batch, Prepared]]:
    """The errand's batches and their rows, made in another process; what goes wrong there is raised here.

    Raises
    ------
    ChildProcessError: the other process was ended by somebody else.
    """
    with _sent(errand) as child:
        while True:
            said = _heard(child)
            if isinstance(said, BaseException):
                raise said
            if isinstance(said, str):  # DONE
                return
            yield said


@contextmanager
def _sent(errand: Errand) -> Iterator[subprocess.Popen[bytes]]:
    """A process on this errand; it does not outlive its use.

    In a session of its own, so that Ctrl-C reaches us alone. Its input stays open: its end tells it that we are gone.
    """
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as child:
        try:
            assert child.stdin is not None  # noqa: S101 - for the type checker
            with suppress(BrokenPipeError):  # dead already: what it says shows it
                os.write(child.stdin.fileno(), pickle.dumps(errand))
            yield child
        finally:
            child.kill()


def _heard(child: subprocess.Popen[bytes]) -> tuple[Batch, Prepared] | BaseException | str:
    """What it says next."""
    assert child.stdout is not None  # noqa: S101 - for the type checker
    try:
        said: tuple[Batch, Prepared] | BaseException | str = pickle.load(child.stdout)  # noqa: S301 - our own child
    except (EOFError, pickle.UnpicklingError):
        raise ChildProcessError(ENDED.format(code=child.wait())) from None
    return said
