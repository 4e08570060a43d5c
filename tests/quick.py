"""How quick a thing is, judged alike on every machine: a busy one is asked again, and a slow one is given more."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
# A process that starts, reads and counts, as ours do; and what it takes where nothing else runs.
WORK = "import asyncio, decimal, email.message, json, ssl; sum(range(4_000_000))"
WORK_S = 0.25


def slowness() -> float:
    """How many times longer than on an idle machine of two cores a known piece of work takes here, now; at least 1."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", WORK], check=True)
    return max(1.0, (time.perf_counter() - began) / WORK_S)


def assert_quick(take: Callable[[], float], *, under_s: float) -> None:
    """Fail unless ``take``, which says how many seconds it took, comes in under that many, in one of three rounds.

    In each round the seconds are those of this machine: as much longer as it is slower just before or just after.
    """
    rounds = []
    for _ in range(ROUNDS):
        before = slowness()
        took = take()
        rounds.append((round(took, 2), round(max(before, slowness()), 1)))
        if took < under_s * rounds[-1][1]:
            return
    raise AssertionError(f"not under {under_s} s, nor as many times longer as the machine is slower: {rounds}")
