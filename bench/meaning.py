"""What messages mean: how well topics, search, copies and the territory work, and how fast at any size.

``python -m bench.meaning --json`` measures the quality on ../shared/data and on the simulated brand, with each encoder
that is installed. ``python -m bench.meaning --messages 1000000 --json`` measures speed in a database of its own: from
readings to an index, to topics, to the answer of a search; the floor of a search is one look at all vectors in memory.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

SHOWN = {
    "territory": ("from", "against", "auc", "median_about", "median_against"),
    "topics": ("of", "topics", "covered", "purity"),
    "planted": ("planted", "found", "of_them", "in_vain"),
    "search": ("of", "p_at_10", "by_words"),
    "copies": ("pairs", "found", "joined", "per_s"),
}


def main() -> None:
    """Measure, and print tables or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=0, help="measure speed over so many messages instead")
    parser.add_argument("--searches", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if asked.messages:
        from bench.meaning_speed import measured

        found = measured(asked.messages, asked.searches)
    else:
        from bench.meaning_quality import measured as judged

        found = judged()
    print(json.dumps(found) if asked.json else _text(found))


def _text(found: dict[str, Any]) -> str:
    if "encoders" not in found:
        return "\n".join(f"{name}: {value:,}" for name, value in found.items())
    return "\n\n".join(_table(part, rows) for part, rows in found.items() if part in SHOWN)


def _table(part: str, rows: list[dict[str, Any]]) -> str:
    head = ("encoder", *SHOWN[part])
    lines = [[str(row.get(name, "")) for name in head] for row in rows]
    return "\n".join([f"**{part}**\n", _line(list(head)), _line(["---"] * len(head)), *map(_line, lines)])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
