"""Every bench of speed in turn, each in a process of its own so that its memory is its own.

``python -m bench`` takes small sizes (minutes); ``--full`` the sizes that the README speaks of (an hour, 8 GB of disk).
How right things are is told by ``make bench-text`` and ``python -m bench.intent``, ``vehemence``, ``warmth``, ``ties``,
``meaning``: each prints the tables of its page in docs/methods.
"""

from __future__ import annotations

import subprocess
import sys

SMALL = {
    "import_": ["--rows", "100000"],
    "score": [],
    "pages": [],
    "reading": [],
    "read_lines": ["--lines", "100000"],
    "meaning": ["--messages", "50000"],
    "inbox": [],
    "service": [],
}
FULL = {
    "import_": ["--rows", "1000000"],
    "score": ["--people", "1000000", "--activities", "10000000"],
    "pages": ["--people", "1000000", "--activities", "10000000"],
    "reading": ["--people", "100000"],
    "read_lines": [],
    "meaning": ["--messages", "1000000"],
    "inbox": ["--conversations", "1000000"],
    "service": ["--conversations", "1000000"],
}


def main() -> int:
    """Run them all; the worst exit code of any."""
    worst = 0
    for name, sizes in (FULL if "--full" in sys.argv else SMALL).items():
        print(f"== {name.rstrip('_')} {' '.join(sizes)}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"bench.{name}", *sizes], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
