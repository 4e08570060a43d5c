"""How well and how fast messages are read, beside what anybody could use instead, in one run.

``python -m bench.text [--json] [--quick | --taught]``, or ``make bench-text``. Every head learns from the train split
of ../shared/data/sentiment alone and is measured on its val split (324 tweets a language): what ships learnt from both,
so its recipe is measured. Intervals are 95 %, from resampled tweets. The fast tier's table has seen the texts of val,
not their labels. The few-shot part (alone: ``--taught``) teaches what ships with labels of messages of another kind.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # before NumPy: figures are per core

from typing import TYPE_CHECKING, Any  # noqa: E402

import numpy as np  # noqa: E402
from bench import text_taught  # noqa: E402
from bench.macro_f1 import interval, resampled  # noqa: E402
from bench.text_rivals import MB, RIVALS, Method, kept  # noqa: E402
from tools.models import corpus  # noqa: E402
from tools.models.corpus import LANGUAGES, SIGNS, Labelled  # noqa: E402

from entourage.engine.text import language, sentiment, weights  # noqa: E402
from entourage.engine.text.encoder import see  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

#: Characters of a short message, for language.
SHORT = 40


def main() -> int:
    """Measure, and say it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="no close tier and no few-shot curve")
    parser.add_argument("--taught", action="store_true", help="the few-shot curves alone")
    asked = parser.parse_args()
    if not corpus.DATA.is_dir():
        print(f"The data must be in {corpus.DATA.name} of ../shared. There is none here: nothing is measured.")
        return 3
    found = {"few_shot": text_taught.curves()} if asked.taught else measured(quick=asked.quick)
    said = curves_told if asked.taught else told
    print(json.dumps(found) if asked.json else said(found))
    return 0


def measured(*, quick: bool = False) -> dict[str, Any]:
    """All figures."""
    train, val = corpus.sentiment("train"), corpus.sentiment("val")
    makers = [make for make in RIVALS if not (quick and make.__name__ == "close_tier")]
    methods = [method for make in makers if (method := make(train)) is not None]
    return {
        "sentiment": [row(method, val) for method in methods],
        "beside TF-IDF": difference(methods, val),
        "language": languages(val),
        "speed": speeds(val.texts * 4),
        "weights_mb": sum(path.stat().st_size for path in weights.HERE.rglob("*.npy")) / MB,
        "few_shot": {} if quick else text_taught.curves(),
    }


def row(method: Method, val: Labelled) -> dict[str, Any]:
    """One method: macro-F1 by language and their mean with intervals, calibration, speed, size."""
    of = method.languages or tuple(LANGUAGES)
    kept = [i for i, code in enumerate(val.languages) if code in of]
    texts, truth = [val.texts[i] for i in kept], np.array([SIGNS.index(val.signs[i]) for i in kept])
    method.chances(texts[:50])
    started = time.process_time()
    chances = method.chances(texts)
    spent = time.process_time() - started
    codes = np.array([val.languages[i] for i in kept])
    draws = {code: resampled(truth[codes == code], chances[codes == code].argmax(axis=1)) for code in of}
    return {
        "method": method.name,
        "f1": {code: interval(draws[code]) for code in of},
        "mean": interval(np.mean([draws[code] for code in of], axis=0)) if len(of) > 1 else None,
        "ece": {code: calibration(chances[codes == code], truth[codes == code]) for code in of}
        if method.calibrated
        else None,
        "per_core_s": round(len(texts) / spent),
        "mb": round(method.megabytes, 1),
    }


def difference(methods: list[Method], val: Labelled) -> list[dict[str, Any]]:
    """How much better than TF-IDF on the same tweets: the mean over languages, paired."""
    truth, codes = np.array([SIGNS.index(sign) for sign in val.signs]), np.array(val.languages)
    whole = [method for method in methods if method.languages is None]
    judged = {method.name: method.chances(val.texts).argmax(axis=1) for method in whole}
    base = "TF-IDF + logistic"

    def mean(name: str) -> NDArray[np.float64]:
        return np.mean([resampled(truth[codes == c], judged[name][codes == c]) for c in LANGUAGES], axis=0)

    return [{"method": name, "points": interval(mean(name) - mean(base))} for name in judged if name != base]


def calibration(chances: NDArray[Any], truth: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error of the likeliest class, in ten bins of as many texts each."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == truth
    parts = np.array_split(np.argsort(sure, kind="stable"), bins)
    off = sum(len(part) * abs(sure[part].mean() - right[part].mean()) for part in parts)
    return round(float(off / len(truth)), 3)


def languages(val: Labelled) -> list[dict[str, Any]]:
    """How often the language is right, of whole tweets and of their first 40 characters, by a head fitted on train.

    Hindi is left out: its set is half English. Names and addresses are cut before, they say nothing.
    """
    from tools.models import tongues

    head = kept("language", corpus.sentiment("train"), tongues.fitted)
    clean = [(_spoken(text), code) for text, code in zip(val.texts, val.languages, strict=True) if code != "hi"]
    short = [text[: SHORT + 1].rsplit(" ", 1)[0] if len(text) > SHORT else text for text, _ in clean]
    truth = [code for _, code in clean]
    return [
        {
            "texts": name,
            "right": round(float(np.mean(np.array(language.languages(see(texts), model=head)) == truth)), 4),
        }
        for name, texts in (("whole", [text for text, _ in clean]), (f"{SHORT} characters", short))
    ]


def _spoken(text: str) -> str:
    return re.sub(r"@\w+|https?\S*", "", text).strip()


def speeds(texts: list[str]) -> dict[str, int]:
    """Messages a second on one core, each step and the whole."""
    from entourage.engine.text.reading import Reader

    seen, reader = see(texts), Reader()
    steps: dict[str, Callable[[], object]] = {
        "characters, features and vectors": lambda: see(texts),
        "sentiment head": lambda: sentiment.signs(seen),
        "language": lambda: language.languages(seen),
        "whole reading": lambda: reader.read(texts, reasons=False),
        "whole reading with reasons": lambda: reader.read(texts),
    }
    return {name: round(len(texts) / best(step)) for name, step in steps.items()}


def best(step: Callable[[], object], times: int = 3) -> float:
    """The processor's seconds of the quickest of some runs; the first one is not counted."""
    step()
    found = []
    for _ in range(times):
        started = time.process_time()
        step()
        found.append(time.process_time() - started)
    return min(found)


def told(found: dict[str, Any]) -> str:
    """The figures as text."""
    said = ["Sentiment, macro-F1 on val (95 %), calibration error (ECE), messages per core-second, MB", ""]
    for row_ in found["sentiment"]:
        mean = f"mean {_spread(row_['mean'])}  " if row_["mean"] else ""
        said.append(f"{row_['method']:<20}{mean}{row_['per_core_s']:>8,}/s {row_['mb']:>6.1f} MB")
        for code, f1 in row_["f1"].items():
            ece = f"ECE {row_['ece'][code]:.3f}" if row_["ece"] else ""
            said.append(f"    {code}  {_spread(f1)}  {ece}")
    said += [f"{d['method']} less TF-IDF: {_spread(d['points'])} points" for d in found["beside TF-IDF"]]
    said += ["", *(f"language right, {part['texts']}: {part['right']:.1%}" for part in found["language"]), ""]
    said += [f"{name}: {speed:,} messages per core-second" for name, speed in found["speed"].items()]
    said += [f"all weights that ship: {found['weights_mb']:.1f} MB", ""]
    return "\n".join(said) + curves_told(found)


def curves_told(found: dict[str, Any]) -> str:
    """The few-shot curves as text."""
    said: list[str] = []
    for name, curve in found["few_shot"].items():
        said += ["", f"taught labels of {name}, macro-F1"]
        said += [
            f"{p['labels_per_class']:>5} a class: {p['f1']:.1f} ({p['low']:.1f} to {p['high']:.1f})" for p in curve
        ]
    return "\n".join(said)


def _spread(values: list[float]) -> str:
    return f"{values[0]:5.1f} ({values[1]:.1f} to {values[2]:.1f})"


if __name__ == "__main__":
    sys.exit(main())
