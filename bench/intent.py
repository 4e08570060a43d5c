"""How well intents are told on the simulated brand, whose sentences are in no model: a table of confusions.

    python -m bench.intent [--json]

Each of the simulator's intents is put into so many texts of each language, and read. What may be told of it stands in
``MEANT``: a follow-up is a question or a complaint. Right of told is precision; told is what was not abstained from.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Final

import numpy as np

from entourage.engine.simulate.intents import Intent
from entourage.engine.simulate.texts import bank
from entourage.engine.simulate.texts.bank import LANGUAGES
from entourage.engine.text.intent import DEPARTMENT_OF
from entourage.engine.text.reading import Reader, Reading

#: What each simulated intent may be told as; the first is the plainest.
MEANT: Final = {
    Intent.QUESTION: ("care_question",), Intent.DELIVERY: ("care_question", "complaint"),
    Intent.DEFECT: ("complaint", "care_question"), Intent.COMPLAINT: ("complaint",), Intent.IRONY: ("complaint",),
    Intent.REVIEW_BAD: ("complaint",), Intent.FOLLOWUP: ("complaint", "care_question"), Intent.PRAISE: ("praise",),
    Intent.REVIEW_GOOD: ("praise",), Intent.FLATTERY: ("praise",), Intent.TASTING: ("praise", "chatter"),
    Intent.IDEA: ("idea",), Intent.JOB: ("job_seeker",), Intent.PRESS: ("press_partner",), Intent.SPAM: ("spam",),
    Intent.PRICES: ("spam", "chatter"), Intent.ENTRY: ("contest_entry",), Intent.THANKS: ("thanks",),
    Intent.CHAT: ("chatter",), Intent.HELP: ("chatter",),
}  # fmt: skip
#: What an intent teaches, where it teaches something.
TAUGHT: Final = {Intent.DEFECT: "defect", Intent.IDEA: "idea"}
EACH: Final = 400


def texts(intent: Intent, language: int, *, seed: int = 5) -> list[str]:
    """So many texts of one intent in one language."""
    chance = np.random.default_rng(seed).integers(0, 2**63, EACH, dtype=np.uint64)
    rows = np.full(EACH, language, np.uint8), np.full(EACH, int(intent), np.uint8)
    return list(dict.fromkeys(bank().texts(*rows, chance).to_pylist()))


def measured() -> dict[str, dict[str, object]]:
    """For each language and intent: how many texts, what they were told as, how many are right."""
    reader = Reader(languages=LANGUAGES)
    found: dict[str, dict[str, object]] = {}
    for place, language in enumerate(LANGUAGES):
        for intent, meant in MEANT.items():
            read = reader.read(texts(intent, place), reasons=False)
            found[f"{language} {intent.name.lower()}"] = _judged(read, meant, TAUGHT.get(intent, ""))
    return found


def _judged(read: list[Reading], meant: tuple[str, ...], lesson: str) -> dict[str, object]:
    told = Counter(one.intent or "-" for one in read)
    department = {DEPARTMENT_OF.get(name, "") for name in meant}
    return {
        "texts": len(read),
        "told": len(read) - told["-"],
        "right": sum(told[name] for name in meant),
        "department": sum(one.department in department and bool(one.intent) for one in read),
        "lesson": sum(one.lesson == lesson for one in read) if lesson else None,
        "as": dict(told.most_common(4)),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measured()
    if asked.json:
        print(json.dumps(found))
        return
    print(f"{'simulated':16} {'texts':>5} {'told':>5} {'right of told':>13}  told as")
    for name, row in found.items():
        told, right = row["told"], row["right"]
        share = f"{right / told:13.0%}" if told else f"{'-':>13}"
        print(f"{name:16} {row['texts']:5} {told / row['texts']:5.0%} {share}  {_words(row)}")
    for language in LANGUAGES:
        own = [row for name, row in found.items() if name.startswith(language)]
        whole, told, right, heard = (sum(row[key] for row in own) for key in ("texts", "told", "right", "department"))
        shares = f"told {told / whole:.0%}, right of told {right / told:.0%}, department right {heard / told:.0%}"
        print(f"{language}: {shares}")


def _words(row: dict[str, object]) -> str:
    taught = "" if row["lesson"] is None else f"; lesson right {row['lesson'] / row['texts']:.0%}"
    return ", ".join(f"{name} {many}" for name, many in row["as"].items()) + taught


if __name__ == "__main__":
    main()
