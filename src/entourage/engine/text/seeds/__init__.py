"""Our own example sentences, from which the head of intents is made: a text file a language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("fr", "en", "de", "es", "it", "pt")
_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Seed:
    """One sentence, what it is an example of (an intent, with its lesson if it has one), and its language."""

    text: str
    kind: str
    language: str


def seeds() -> list[Seed]:
    """All sentences of all languages, in the order of the files.

    Examples
    --------
    >>> sorted({seed.kind for seed in seeds()})[:3]
    ['care_question defect', 'care_question how_to', 'care_question other']
    """
    return [seed for code in LANGUAGES for seed in _read(code)]


def _read(code: str) -> list[Seed]:
    kind, found = "", []
    for line in (_HERE / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append(Seed(line, kind, code))
    return found
