"""Processes that really die, quickly made: one that has everything loaded, and a child of it for each piece of work.

A child works on connections of its own, as the web server or the live process does, and gets a SIGKILL: at a step told
beforehand, or after so many seconds. A step is a statement that the database is about to get, a transaction about to be
kept or just kept, a network about to be spoken to or that has just answered.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Fate:
    """What became of a child: whether it was killed, its steps until then, what it had said to be done, how long."""

    killed: bool
    steps: int
    done: int
    seconds: float


class Mortals:
    """Whoever has children do pieces of work, of ``tests.web.errands``, and counts those that were killed."""

    def __init__(self, mother: subprocess.Popen[str], seed: int, *, kills: int) -> None:
        self._mother, self._seed, self._most, self._began = mother, seed, kills, time.monotonic()
        self.chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self.kills = self.born = 0
        self._places: set[tuple[str, int]] = set()
        self._usual: dict[str, Fate] = {}
        self._steps: dict[str, list[int]] = {}

    def live(self, errand: str, *, step: int = 0, after_s: float = 0.0, **told: Any) -> Fate:
        """Have it done; killed at this step, or after this time, or neither."""
        order = {"errand": errand, "told": told, "step": step, "after_s": after_s}
        assert self._mother.stdin
        assert self._mother.stdout
        self._mother.stdin.write(json.dumps(order) + "\n")
        self._mother.stdin.flush()
        fate = Fate(**json.loads(self._mother.stdout.readline()))
        self.born += 1
        if fate.killed:
            self.kills += 1
            self._places.add((errand, fate.steps))
        return fate

    @property
    def enough(self) -> bool:
        """Whether as many were killed as were wanted."""
        return self.kills >= self._most

    @property
    def told(self) -> str:
        """How many were killed, at how many different steps, in how long, and the seed that does it again."""
        took = time.monotonic() - self._began
        return f"seed {self._seed}: {self.kills} of {self.born} killed, at {len(self._places)} steps, in {took:.0f} s"

    def die(self, errand: str, **told: Any) -> Fate:
        """Have it done until a moment by chance: three times of four at a step, each of them before any comes again.

        The first of its kind lives, and so tells how long such a life is; and so do all once enough were killed.
        """
        if self.enough:
            return self.live(errand, **told)
        if errand not in self._usual:
            self._usual[errand] = self.live(errand, **told)
            return self._usual[errand]
        usual, steps = self._usual[errand], self._steps.setdefault(errand, [])
        if self.chance.random() < 0.25:
            return self.live(errand, after_s=self.chance.uniform(0, usual.seconds), **told)
        if not steps:
            steps += self.chance.sample(range(1, usual.steps + 1), usual.steps)
        return self.live(errand, step=steps.pop(), **told)


@contextmanager
def mother_of_all(url: str) -> Iterator[subprocess.Popen[str]]:
    """Whoever has the children, on the database of this address; she herself never speaks to it."""
    facts = {"DATABASE_URL": url, "ENTOURAGE_HOSTILE": "1", "PYTHONPATH": ":".join(sys.path)}
    mother = subprocess.Popen(
        [sys.executable, "-c", "from tests.web.mortals import main; main()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **facts},
    )  # fmt: skip
    try:
        yield mother
    finally:
        mother.communicate(timeout=30)


def main() -> None:
    """Be the mother: an order is a line, and so is what became of it."""
    import django

    django.setup()
    from tests.web import errands

    errands.load()
    gc.freeze()
    for number, line in enumerate(sys.stdin):
        order = json.loads(line)
        board = memoryview(mmap.mmap(-1, 16)).cast("q")
        began = time.monotonic()
        child = os.fork()
        if not child:
            _work(errands, number, order, board)
        fate = _end(child, order["after_s"])
        told = {**fate, "steps": board[0], "done": board[1], "seconds": time.monotonic() - began}
        print(json.dumps(told), flush=True)  # noqa: T201 - the answer
    os._exit(0)


def _end(child: int, after_s: float) -> dict[str, Any]:
    if after_s:
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"A child failed with {status}."
    return {"killed": os.WIFSIGNALED(status)}


def _work(errands: Any, number: int, order: dict[str, Any], board: Any) -> None:
    """Be the child; this never returns."""

    def step() -> None:
        board[0] += 1
        if order["step"] and board[0] >= order["step"]:
            os.kill(os.getpid(), signal.SIGKILL)

    def done() -> None:
        board[1] += 1

    code = 1
    try:
        _count(step)
        errands.born(number)
        getattr(errands, order["errand"])(done, **order["told"])
        code = 0
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _count(step: Callable[[], None]) -> None:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.signals import connection_created
    from psycopg import AsyncCursor
    from tests.web.outbox.ledger import Network as Ledger

    from entourage.networks.hostile.network import Network as Hostile

    def counted(execute: Any, *asked: Any) -> Any:
        step()
        return execute(*asked)

    def count(connection: Any, **_: Any) -> None:
        connection.execute_wrappers.append(counted)

    connection_created.connect(count, weak=False)
    for where, names in {BaseDatabaseWrapper: ["_commit"], Ledger: ["send", "find"], Hostile: ["read", "send"]}.items():
        for name in names:
            _around(where, name, step)
    heard = AsyncCursor.execute

    # The queue's own dealings with the database: a job is taken, is done, is gone.
    async def asked(self: Any, *told: Any, **how: Any) -> Any:
        step()
        value = await heard(self, *told, **how)
        step()
        return value

    AsyncCursor.execute = asked  # type: ignore[method-assign]


def _around(where: Any, name: str, step: Callable[[], None]) -> None:
    does = getattr(where, name)

    def stepped(*told: Any, **how: Any) -> Any:
        step()
        value = does(*told, **how)
        step()
        return value

    setattr(where, name, stepped)
