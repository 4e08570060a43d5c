"""Where a hundred real messages of customer care are brought, beside where a person who read them would bring them.

    python -m bench.routing [--texts] [--json]

The sample is drawn by a seed from ``../shared/data/care_tweets``; the verdicts of whoever read it are ids and
departments in ``tests/truth/routing.csv``, without a text. ``--texts`` prints each message with both, so that it can be
read again. docs/methods/routing.md
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from entourage.engine.intervals import wilson
from entourage.engine.text.intent import DEPARTMENT_OF
from entourage.engine.text.reading import Reader
from entourage.networks.activity import Activity
from entourage.networks.care.translate import conversation

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data" / "care_tweets" / "conversations.jsonl"
VERDICTS: Final = ROOT / "tests" / "truth" / "routing.csv"
SEED: Final = 20260322
SAMPLE: Final = 100


def drawn(path: Path = DATA) -> list[tuple[str, str]]:
    """The sample: ids and texts, in the order of the ids."""
    found = sorted({one.id: one.text for one in _asked(path)}.items())
    places = np.sort(np.random.default_rng(SEED).choice(len(found), SAMPLE, replace=False))
    return [found[place] for place in places.tolist()]


def _asked(path: Path) -> list[Activity]:
    """What customers wrote."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    acts = [(document, act) for document in documents for act in conversation(document) if isinstance(act, Activity)]
    return [act for document, act in acts if act.actor.id != document["brand"] and act.text.strip()]


def routed(texts: list[str]) -> list[str]:
    """The department of each, as a brand without rules has it; empty where the reader abstains or nobody must hear."""
    return [DEPARTMENT_OF.get(one.intent or "", "") for one in Reader().read(texts, reasons=False)]


def verdicts() -> dict[str, set[str]]:
    """Where each should go, as judged by hand; of several, each will do; "-" is nobody."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        return {row[0]: {one.strip("-") for one in row[1].split("|")} for row in rows}


def measured(path: Path = DATA) -> dict[str, Any]:
    """How many are right, of all and of those that were told a department, each with its 95 % interval."""
    sample, meant = drawn(path), verdicts()
    told = dict(zip([one for one, _ in sample], routed([text for _, text in sample]), strict=True))
    right = [one for one, department in told.items() if department in meant[one]]
    sent = [one for one, department in told.items() if department]
    sent_right = [one for one in sent if one in set(right)]
    return {
        "messages": len(told),
        "right": len(right),
        "right_range": wilson(len(right), len(told), level=0.95),
        "sent": len(sent),
        "sent_right": len(sent_right),
        "sent_right_range": wilson(len(sent_right), max(len(sent), 1), level=0.95),
        "missed": sum(not told[one] and "" not in meant[one] for one in told),
        # The rule that the guide writes first: what is not told for certain goes to care.
        "with_rule_right": sum((department or "care") in meant[one] for one, department in told.items()),
        "care_alone_right": sum("care" in meant[one] for one in told),
        "wrong": {one: [told[one], sorted(meant[one])] for one in told if one not in set(right)},
    }


def main() -> None:
    """Print the sample or the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.texts:
        meant = verdicts() if VERDICTS.exists() else {}
        sample = drawn()
        for (one, text), department in zip(sample, routed([text for _, text in sample]), strict=True):
            judged = "|".join(sorted(meant.get(one, {"?"})))
            print(f"{one}\t{department or '-'}\t{judged or '-'}\t{' '.join(text.split())}")
        return
    told = measured()
    print(json.dumps(told) if asked.json else "\n".join(f"{name}: {value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
