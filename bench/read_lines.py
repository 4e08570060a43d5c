"""``entourage read`` on a long file, beside what its processes could do if reading were all that is done.

``python -m bench.read_lines [--lines 1000000] [--json]`` writes the tweets of ../shared/data/sentiment over and over
into a file, reads it as a user would, and prints lines a second, the memory of the largest process, and the share of
what as many readers alone would do (one is timed on 20,000 of the lines).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tools.models import corpus

from entourage.cli.blocks import cores
from entourage.engine.text.reading import Reader

ALONE = 20_000


def main() -> int:
    """Measure, and say it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not corpus.DATA.is_dir():
        print(f"The data must be in {corpus.DATA.name} of ../shared. There is none here: nothing is measured.")
        return 3
    found = measured(asked.lines)
    print(json.dumps(found) if asked.json else "\n".join(f"{name:>22} {value}" for name, value in found.items()))
    return 0


def measured(lines: int) -> dict[str, Any]:
    """All figures."""
    tweets = [" ".join(text.splitlines()) for text in corpus.sentiment("train").texts]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "messages.txt"
        with file.open("w", encoding="utf-8", errors="replace") as out:
            out.writelines(f"{text}\n" for text in islice(cycle(tweets), lines))
        seconds, answers = _read(file)
    reader = Reader()
    reader.read(tweets[:500])
    started = time.perf_counter()
    reader.read(list(islice(cycle(tweets), ALONE)))
    alone = ALONE / (time.perf_counter() - started)
    return {
        "lines": lines,
        "answers": answers,
        "seconds": round(seconds, 1),
        "lines_per_s": round(lines / seconds),
        "largest_process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "one_reader_per_s": round(alone),
        "of_readers_alone": round(lines / seconds / (alone * cores()), 2),
    }


def _read(file: Path) -> tuple[float, int]:
    """How long it takes, and how many lines it answers."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "entourage.cli", "read", str(file), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        answers = sum(block.count(b"\n") for block in iter(lambda: running.stdout.read(1 << 20), b""))  # type: ignore[union-attr]
    return time.perf_counter() - started, answers


if __name__ == "__main__":
    sys.exit(main())
