"""The texts and labels that models are made from; see ../shared/data/README.md for where they come from."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "shared" / "data"
#: Code -> folder of the sentiment set.
LANGUAGES = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi", "it": "italian",
    "pt": "portuguese",
}  # fmt: skip
SIGNS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Labelled:
    """T texts with their sign and language."""

    texts: list[str]
    signs: list[str]
    languages: list[str]

    def __add__(self, other: Labelled) -> Labelled:
        return Labelled(self.texts + other.texts, self.signs + other.signs, self.languages + other.languages)


def lines(path: Path) -> list[str]:
    """The lines of a file; only a line feed ends one (tweets hold other breaks)."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


@lru_cache(maxsize=4)
def sentiment(split: str) -> Labelled:
    """The eight languages of one split: "train" or "val"."""
    texts, signs, languages = [], [], []
    for code, folder in LANGUAGES.items():
        found = lines(DATA / "sentiment" / folder / f"{split}_text.txt")
        texts += found
        signs += [SIGNS[int(value)] for value in lines(DATA / "sentiment" / folder / f"{split}_labels.txt")]
        languages += [code] * len(found)
    return Labelled(texts, signs, languages)


def unlabelled() -> list[str]:
    """Texts whose labels are not used: customer care, posts of many languages, bank and assistant questions."""
    return [*care(), *_posts(), *questions()]


def care() -> list[str]:
    """What customers and brands wrote to each other, in English."""
    talks = (json.loads(line) for line in lines(DATA / "care_tweets" / "conversations.jsonl"))
    return [message["text"] for talk in talks for message in talk["messages"]]


def _posts() -> list[str]:
    found: dict[str, None] = {}
    for path in sorted((DATA / "x_api_v2").glob("*.jsonl")):
        for line in lines(path):
            if line.startswith("{") and line.endswith("}"):
                found.update(dict.fromkeys(_texts(json.loads(line))))
    return list(found)


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) and "created_at" in value else []
    return own + [text for item in value.values() for text in _texts(item)]


def banking() -> list[tuple[str, str]]:
    """Questions to a bank, in English, with their category."""
    with (DATA / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def questions() -> list[str]:
    """Questions to a bank, and to an assistant, in English."""
    bank = [text for text, _ in banking()]
    assistant = json.loads((DATA / "clinc150" / "train_val.json").read_text(encoding="utf-8"))
    return bank + [text for key in sorted(assistant) for text, _ in assistant[key] if key in {"train", "oos_train"}]
