"""Files for the tests of imports, and the command line to take them in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 6, 1, tzinfo=UTC)
HEADER = "network,id,at,act,actor_id,actor_handle,to_id,text\n"


def table(path: Path, rows: str) -> Path:
    lines = [line.strip() for line in rows.strip().splitlines()]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def many(path: Path, acts: int) -> Path:
    """A table of so many acts by a tenth as many people."""
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for n in range(acts):
            day, minute = n % 28 + 1, n % 1440
            at = f"2024-03-{day:02}T{minute // 60:02}:{minute % 60:02}:00Z"
            out.write(f"x,{n},{at},comment,p{n % (acts // 10)},h{n % (acts // 10)},tea,act {n}\n")
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "entourage.cli", *map(str, arguments)]


def environment(url: str, data: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "ENTOURAGE_DATA": str(data), "PYTHONPATH": "src", "COLUMNS": "400"}


def entourage(*arguments: str | Path, url: str, data: Path) -> tuple[int, dict[str, Any], str]:
    done = subprocess.run(command(*arguments), env=environment(url, data), capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr
