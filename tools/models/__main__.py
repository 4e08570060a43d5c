"""Make the models, each in seconds to minutes; with names, only those."""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Make what is named, or all."""
    from tools.models import intent, lists, signs, table, tongues, vehemence

    # Each stands on those before it.
    steps = {
        "lexicon": lists.make,
        "encoder": table.make,
        "language": tongues.make,
        "sentiment": signs.make,
        "vehemence": vehemence.make,
        "intent": intent.make,
    }
    for name in sys.argv[1:] or steps:
        started = time.perf_counter()
        steps[name]()
        print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
